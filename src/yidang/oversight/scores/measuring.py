"""A model's figures of a month, against what persons said of it, beside the one column."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.scores.features import Matrix
from yidang.oversight.scores.figures import brier, calibration_bins, calibration_error, figures
from yidang.oversight.scores.gate import Figures, Month
from yidang.oversight.scores.rating import Rated
from yidang.oversight.scores.verdicts import Answer


def month_of(rated: Rated, answers: Sequence[Answer], capacity: int) -> Month | None:
    """None where nothing of the month was judged."""
    rows, said, weights = matched(rated.table.about["subject"], answers)
    if not len(rows):
        return None
    scores, column = rated.scores[rows], np.nan_to_num(rated.table.column(rated.table.level.baseline)[rows])
    chances = None if rated.chances is None else rated.chances[rows]
    houses = rated.table.about["house_level"][rows]
    bins = [] if chances is None else calibration_bins(chances, said, weights)
    return {
        "capacity": capacity,
        "overall": figures(scores, said, weights, capacity),
        "groups": _by_group(houses, scores, said, weights, capacity),
        "baseline": figures(column, said, weights, capacity),
        "baseline_groups": _by_group(houses, column, said, weights, capacity),
        "brier": None if chances is None else brier(chances, said, weights),
        "ece": calibration_error(bins) if bins else None,
        "bins": bins,
    }


def matched(subjects: NDArray[Any], answers: Sequence[Answer]) -> tuple[NDArray[np.intp], Matrix, Matrix]:
    """Rows of the table that were judged, what was said of each, and its weight."""
    place = {str(subject): at for at, subject in enumerate(subjects)}
    known = [one for one in answers if one.subject in place]
    rows = np.asarray([place[one.subject] for one in known], dtype=np.intp)
    said = np.asarray([one.confirmed for one in known], dtype=float)
    return rows, said, np.asarray([one.weight for one in known], dtype=float)


def _by_group(houses: NDArray[Any], scores: Matrix, said: Matrix, weights: Matrix, capacity: int) -> dict[str, Figures]:
    """By level of the institution; each has its part of the capacity."""
    total = float(weights.sum())
    told = {}
    for house in sorted({int(one) for one in houses}):
        inside = np.asarray(houses == house)
        part = capacity * float(weights[inside].sum()) / total
        told[str(house)] = figures(scores[inside], said[inside], weights[inside], part)
    return told
