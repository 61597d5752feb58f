"""Every way of ranking the rows of a labelled table, each row by what was learnt without it.

The one column is the best of all by hindsight, unless one was named: it is flattered, the models are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.evaluation.labelled.table import Labelled
from yidang.oversight.scores import calibration
from yidang.oversight.scores.estimators import Estimator, digest_of, learnt, read, unlearnt
from yidang.oversight.scores.features import Matrix, Table
from yidang.oversight.scores.figures import average_precision
from yidang.oversight.scores.levels import Level
from yidang.oversight.scores.models import UNLEARNT, ModelKind
from yidang.oversight.scores.peers import Standing, standing
from yidang.oversight.scores.registry import SEED
from yidang.oversight.scores.training import Judged, folds, unseen_scores

LEARNT = (ModelKind.LOGISTIC.value, ModelKind.LIGHTGBM.value)
_TRAINED = 0.6  # of the rows in order of time
_ALL = -1  # the fold of what has no label: it is scored by what was learnt from every label
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ranked:
    """`rows` are those that count; scores and chances are of every row, NaN where none was given.

    `estimators`: by fold; `fold`: of every row.
    """

    name: str
    scores: Matrix
    chances: Matrix | None
    estimators: dict[int, Estimator]
    fold: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ground:
    """The table as the models see it: distances from peers, of values drawn together by their logarithm."""

    table: Table
    standing: Standing
    answers: Matrix
    groups: NDArray[Any]
    known: Rows

    @property
    def z(self) -> Matrix:
        return self.standing.z

    def judged(self, rows: Rows) -> Judged:
        return Judged(self.z[rows], self.answers[rows], np.ones(len(rows)), self.groups[rows])


def ground(told: Labelled, baseline: str) -> Ground:
    level = _level(told, baseline)
    rows = len(told.answers)
    peers = told.peers if told.peers is not None else np.full(rows, "all")
    about = {"peer": peers, "wider": np.full(rows, "all"), "widest": np.full(rows, "all")}
    raw = standing(Table(level, "", told.values, about))
    drawn = np.sign(told.values) * np.log1p(np.abs(told.values))
    z = standing(Table(level, "", drawn, about)).z
    table = Table(level, "", told.values, about)
    return Ground(table, replace(raw, z=z), told.answers, told.groups, np.flatnonzero(told.known))


def _level(told: Labelled, baseline: str) -> Level:
    return Level(
        name="labelled",
        titles={"zh": "该行", "en": "Row"},
        peers=[
            {"zh": "同组" if told.peers is not None else "全表", "en": "its peers"},
            *[{"zh": "全表", "en": "all"}] * 2,
        ],
        finding="provider",
        baseline=baseline,
        propose=0,
        features={name: {"zh": name, "en": name} for name in told.names},
        sql="",
    )


def best_column(told: Labelled) -> tuple[str, float]:
    """The one that ranks the labelled rows best, and whether high (1) or low (-1) speaks against a row."""
    known = np.flatnonzero(told.known)
    found = [
        (average_precision(one_column(told.values[known, at], way), told.answers[known]), name, way)
        for at, name in enumerate(told.names)
        for way in (1.0, -1.0)
    ]
    _ap, name, way = max(found, key=lambda one: one[0])
    return name, way


def one_column(column: Matrix, way: float) -> Matrix:
    """What is missing stands last."""
    ranked = column * way
    return np.asarray(np.where(np.isnan(ranked), np.nanmin(ranked) - 1, ranked))


def by_groups(base: Ground) -> Iterator[Ranked]:
    """Each fifth of the groups by what the other four say."""
    fold = np.full(len(base.answers), _ALL)
    fold[base.known] = folds(base.groups[base.known])
    for name in map(str, UNLEARNT):
        yield _unlearnt(base, name, fold)
    for name in LEARNT if is_enough(base) else ():
        yield _learnt(base, name, fold)


def is_enough(base: Ground) -> bool:
    return base.judged(base.known).is_enough


def _unlearnt(base: Ground, name: str, fold: NDArray[np.intp]) -> Ranked:
    estimator = unlearnt(name, SEED)
    scores = estimator.scores(base.z)
    chances = np.full(len(fold), np.nan)
    for at in _every(fold):
        known = base.known[fold[base.known] != at]
        chances[fold == at] = _calibrated(scores[known], base.judged(known), scores[fold == at])
    return Ranked(name, scores, _told(chances), dict.fromkeys(_every(fold), estimator), fold)


def _learnt(base: Ground, name: str, fold: NDArray[np.intp]) -> Ranked:
    """Each fifth is scored, and its chances are calibrated, by models that knew none of its groups."""
    scores, chances = np.full(len(fold), np.nan), np.full(len(fold), np.nan)
    estimators: dict[int, Estimator] = {}
    for at in _every(fold):
        inside, known = fold == at, base.known[fold[base.known] != at]
        if np.unique(base.answers[known]).size > 1:
            estimators[at] = taught(base, name, known)
            scores[inside] = estimators[at].scores(base.z[inside])
            judged = base.judged(known)
            chances[inside] = _calibrated(unseen_scores(name, judged), judged, scores[inside])
    return Ranked(name, scores, _told(chances), estimators, fold)


def taught(base: Ground, name: str, rows: Rows) -> Estimator:
    body = learnt(name, base.z[rows], base.answers[rows], np.ones(len(rows)), SEED)
    return read(name, body, digest_of(body), SEED)


def _every(fold: NDArray[np.intp]) -> list[int]:
    return [int(at) for at in np.unique(fold)]


def _calibrated(seen: Matrix, judged: Judged, scores: Matrix) -> Matrix:
    """NaN where too little was judged for a calibration."""
    found = calibration.chances(calibration.fitted(seen, judged.answers, judged.weights), scores)
    return np.full(len(scores), np.nan) if found is None else found


def _told(chances: Matrix) -> Matrix | None:
    """All of them or none: a figure of some folds alone would flatter."""
    return None if np.isnan(chances).any() else chances


def by_time(base: Ground, times: Matrix) -> tuple[Rows, list[Ranked]]:
    """The later rows, and each ranking of them by what the earlier ones say. What has one time is not torn apart."""
    cut = np.quantile(times[base.known], _TRAINED)
    before, after = base.known[times[base.known] < cut], base.known[times[base.known] >= cut]
    fold = np.full(len(base.answers), _ALL)
    found = [_over_time(base, name, (before, after), fold) for name in map(str, UNLEARNT)]
    if base.judged(before).is_enough:
        found += [_over_time(base, name, (before, after), fold) for name in LEARNT]
    return after, found


def _over_time(base: Ground, name: str, sides: tuple[Rows, Rows], fold: NDArray[np.intp]) -> Ranked:
    before, after = sides
    judged = base.judged(before)
    if name in LEARNT:
        estimator = taught(base, name, before)
        seen = unseen_scores(name, judged)
    else:
        estimator = unlearnt(name, SEED)
        seen = estimator.scores(judged.z)
    scores = np.full(len(base.answers), np.nan)
    scores[after] = estimator.scores(base.z[after])
    chances = calibration.chances(calibration.fitted(seen, judged.answers, judged.weights), scores)
    return Ranked(name, scores, chances, {_ALL: estimator}, fold)
