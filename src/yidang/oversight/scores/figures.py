"""Honest figures of a ranking: average precision, precision at capacity, money found, calibration, with intervals.

Arrays of one length: score, answer (1 confirmed), weight (inverse chance of having been judged). No django here.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.scores.features import Matrix
from yidang.oversight.scores.gate import Figures

_BINS = 10


def average_precision(scores: Matrix, answers: Matrix, weights: Matrix | None = None) -> float:
    """Ties share their place: their order would be chance. 0 where nothing was confirmed."""
    found, seen = _ranked(scores, answers, weights)
    total = found[-1] if len(found) else 0.0
    if total <= 0:
        return 0.0
    gained = np.diff(found, prepend=0.0)
    return float(np.sum(gained / total * (found / seen)))


def precision_at(scores: Matrix, answers: Matrix, capacity: float, weights: Matrix | None = None) -> float:
    """Share confirmed of the `capacity` (weighted) rows ranked first; ties count by their mean."""
    if not len(scores) or capacity <= 0:
        return 0.0
    found, seen = _ranked(scores, answers, weights)
    room = min(float(capacity), float(seen[-1]))
    return float(np.interp(room, np.concatenate([[0.0], seen]), np.concatenate([[0.0], found])) / room)


def money_recall(scores: Matrix, money: Matrix, capacity: int) -> float:
    """Share of all planted money among the `capacity` rows ranked first."""
    total = float(money.sum())
    first = np.argsort(-scores, kind="stable")[:capacity]
    return float(money[first].sum()) / total if total else 0.0


def figures(scores: Matrix, answers: Matrix, weights: Matrix, capacity: float) -> Figures:
    return {
        "judged": len(answers),
        "confirmed": int(answers.sum()),
        "ap": average_precision(scores, answers, weights),
        "precision": precision_at(scores, answers, capacity, weights),
    }


def brier(chances: Matrix, answers: Matrix, weights: Matrix | None = None) -> float:
    return float(np.average((chances - answers) ** 2, weights=weights))


def calibration_bins(chances: Matrix, answers: Matrix, weights: Matrix | None = None) -> list[list[float]]:
    """[mean of what was said, share that came true, weight] of each tenth that holds anything."""
    weights = np.ones(len(answers)) if weights is None else weights
    tenth = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    bins = []
    for at in range(_BINS):
        inside = tenth == at
        if weights[inside].sum() > 0:
            said = float(np.average(chances[inside], weights=weights[inside]))
            came = float(np.average(answers[inside], weights=weights[inside]))
            bins.append([said, came, float(weights[inside].sum())])
    return bins


def calibration_error(bins: list[list[float]]) -> float:
    """ECE: mean distance of what was said from what came true."""
    total = sum(weight for _, _, weight in bins)
    return sum(abs(said - came) * weight for said, came, weight in bins) / total if total else 0.0


def interval(
    measure: Callable[[NDArray[np.intp]], float], rows: int, *, draws: int = 200, seed: int = 1
) -> tuple[float, float]:
    """95 % by bootstrap: `measure` of rows drawn with replacement."""
    chance = np.random.default_rng(seed)
    told = [measure(chance.integers(0, rows, rows)) for _ in range(draws)]
    low, high = np.percentile(told, [2.5, 97.5])
    return float(low), float(high)


def _ranked(scores: Matrix, answers: Matrix, weights: Matrix | None) -> tuple[Matrix, Matrix]:
    """Weight confirmed and weight seen down to the end of each rank."""
    weights = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    order = np.argsort(-scores, kind="stable")
    sorted_scores: Any = scores[order]
    ends = np.append(np.flatnonzero(np.diff(sorted_scores)), len(order) - 1) if len(order) else np.array([], dtype=int)
    return np.cumsum((answers * weights)[order])[ends], np.cumsum(weights[order])[ends]
