"""Once a month, from verdicts: a boosted model and its challenger, both on trial. Below 200 nothing is learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.kernel.clock import CHINA, now
from yidang.oversight.scores.calibration import fitted
from yidang.oversight.scores.estimators import data_digest, digest_of, learnt, read
from yidang.oversight.scores.features import Matrix
from yidang.oversight.scores.levels import Level
from yidang.oversight.scores.measuring import matched
from yidang.oversight.scores.models import UNLEARNT, ModelKind, ScoreModel
from yidang.oversight.scores.registry import SEED, enter
from yidang.oversight.scores.verdicts import Answer, answers_of

ENOUGH = 200
_LEAST_OF_EACH = 10
_MONTHS = 12
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Judged rows of several months; `houses`: institution of each, so that no fold knows an institution of another."""

    z: Matrix
    answers: Matrix
    weights: Matrix
    houses: NDArray[Any]

    def __len__(self) -> int:
        return len(self.answers)

    @property
    def is_enough(self) -> bool:
        rarer = min(self.answers.sum(), len(self) - self.answers.sum())
        return len(self) >= ENOUGH and rarer >= _LEAST_OF_EACH


def is_due(level: Level) -> bool:
    """Once in a calendar month."""
    last = ScoreModel.objects.filter(level=level.name).exclude(kind__in=UNLEARNT).order_by("-number").first()
    return last is None or _month(last.trained_at) < _month(now())


def _month(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m}"


def months_to_learn(level: Level, months: Sequence[str]) -> list[str]:
    """Judged months before the newest; none where they hold too few verdicts to begin with."""
    told = answers_of(level, months[-_MONTHS - 1 : -1])
    known = [month for month, answers in told.items() if answers]
    return known if sum(len(told[month]) for month in known) >= ENOUGH else []


def retrain(level: Level, parts: Sequence[Judged], window: tuple[str, str]) -> list[ScoreModel]:
    """Both kinds anew, or nothing while verdicts are too few or all alike."""
    judged = joined(parts)
    if not judged.is_enough:
        return []
    return [_made(level, kind, judged, window) for kind in (ModelKind.LIGHTGBM, ModelKind.LOGISTIC)]


def judged_rows(table: Any, z: Matrix, answers: Sequence[Answer]) -> Judged:
    rows, said, weights = matched(table.about["subject"], answers)
    houses = np.asarray(np.ma.filled(table.about["provider"], ""), dtype=str)
    return Judged(z[rows], said, weights, houses[rows])


def joined(parts: Sequence[Judged]) -> Judged:
    return Judged(
        np.concatenate([one.z for one in parts]),
        np.concatenate([one.answers for one in parts]),
        np.concatenate([one.weights for one in parts]),
        np.concatenate([one.houses for one in parts]),
    )


def _made(level: Level, kind: str, judged: Judged, window: tuple[str, str]) -> ScoreModel:
    body = learnt(kind, judged.z, judged.answers, judged.weights, SEED)
    unseen = unseen_scores(kind, judged)
    return enter(
        level,
        kind=kind,
        window=window,
        seed=SEED,
        trained_on=len(judged),
        data_digest=data_digest(judged.z, judged.answers, judged.weights),
        body=(body, digest_of(body)),
        calibration=fitted(unseen, judged.answers, judged.weights),
        metrics={"judged": len(judged), "confirmed": int(judged.answers.sum())},
    )


def unseen_scores(kind: str, judged: Judged) -> Matrix:
    """Of each row by a model that knows nothing of its institution: what a calibration may be fitted on."""
    fold = folds(judged.houses)
    scores = np.zeros(len(judged))
    for at in range(_FOLDS):
        inside = fold == at
        known = ~inside
        if inside.any() and np.unique(judged.answers[known]).size > 1:
            body = learnt(kind, judged.z[known], judged.answers[known], judged.weights[known], SEED)
            scores[inside] = read(kind, body, digest_of(body), SEED).scores(judged.z[inside])
    return scores


def folds(houses: NDArray[Any]) -> NDArray[np.intp]:
    """Whole institutions, the largest dealt out first to the smallest fold."""
    names, codes, counts = np.unique(houses, return_inverse=True, return_counts=True)
    fold_of = np.zeros(len(names), dtype=np.intp)
    room = np.zeros(_FOLDS)
    for at in np.argsort(-counts, kind="stable"):
        fold_of[at] = int(np.argmin(room))
        room[fold_of[at]] += counts[at]
    return np.asarray(fold_of[codes])
