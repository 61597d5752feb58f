"""One model over one month of one level: scores, chances, and the reasons of the rows asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from yidang.oversight.scores.calibration import chances
from yidang.oversight.scores.estimators import Estimator
from yidang.oversight.scores.features import Matrix, Table
from yidang.oversight.scores.peers import Standing
from yidang.oversight.scores.reasons import Reason

_SHOWN = 5


class Row(NamedTuple):
    """`chance` is none while the model is not calibrated. `place`: 1 is the highest score."""

    at: int
    score: float
    chance: float | None
    place: int
    peers: int
    ring: int
    reasons: Sequence[Reason]
    baseline: Reason


@dataclass(frozen=True, slots=True)
class Rated:
    table: Table
    standing: Standing
    estimator: Estimator
    scores: Matrix
    chances: Matrix | None

    def first(self, count: int) -> list[int]:
        """Highest scores first; of equals, who stands first in the table."""
        return [int(at) for at in np.argsort(-self.scores, kind="stable")[:count]]

    def rows(self, wanted: Sequence[int]) -> list[Row]:
        if not wanted:
            return []
        brought = self.estimator.contributions(self.standing.z[list(wanted)])
        return [self._row(at, brought[n]) for n, at in enumerate(wanted)]

    def _row(self, at: int, brought: Matrix) -> Row:
        percentiles = self.standing.percentile(at, self.table.values)
        order = [int(column) for column in np.argsort(-brought, kind="stable")[:_SHOWN] if brought[column] > 0]
        return Row(
            at=at,
            score=float(self.scores[at]),
            chance=None if self.chances is None else float(self.chances[at]),
            place=int((self.scores > self.scores[at]).sum()) + 1,
            peers=len(self.standing.members[self.standing.groups[at]]),
            ring=self.standing.rings[self.standing.groups[at]],
            reasons=[self._reason(at, column, percentiles, brought) for column in order],
            baseline=self._reason(at, self._baseline, percentiles, brought),
        )

    @property
    def _baseline(self) -> int:
        return self.table.level.columns.index(self.table.level.baseline)

    def _reason(self, at: int, column: int, percentiles: Matrix, brought: Matrix) -> Reason:
        value = float(self.table.values[at, column])
        return Reason(
            feature=self.table.level.columns[column],
            value=None if np.isnan(value) else round(value, 4),
            median=round(float(self.standing.median(at)[column]), 4),
            percentile=round(float(percentiles[column]), 4),
            contribution=round(float(brought[column]), 4),
        )


def rated(table: Table, standing: Standing, estimator: Estimator, calibration: dict[str, Any] | None) -> Rated:
    scores = estimator.scores(standing.z)
    return Rated(table, standing, estimator, scores, chances(calibration, scores))
