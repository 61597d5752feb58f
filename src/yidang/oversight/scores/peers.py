"""How far each row stands from its peers: robust z by median and MAD, and its percentile among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.scores.features import RINGS, Matrix, Table

LEAST = 20  # peers; fewer, and the next ring is asked. The last is asked however few they are
FARTHEST = 20.0
_MAD, _MEAN = 1.4826, 1.2533  # of a normal distribution's deviation
_NOTHING = 1e-9
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Standing:
    """`z`: rows by features. `groups`: for each row which list of rows are its peers, itself among them.

    `rings`: of each group, how far around it was drawn.
    """

    z: Matrix
    groups: NDArray[np.intp]
    members: Sequence[Rows]
    rings: Sequence[int]
    medians: Matrix

    def median(self, row: int) -> Matrix:
        found: Matrix = self.medians[self.groups[row]]
        return found

    def percentile(self, row: int, values: Matrix) -> Matrix:
        """Share of the peers that have as much or less."""
        peers = values[self.members[self.groups[row]]]
        return np.asarray((peers <= values[row]).mean(axis=0))


def standing(table: Table) -> Standing:
    groups, members, rings = grouped([table.about[ring] for ring in RINGS])
    z = np.zeros_like(table.values)
    medians = np.zeros((len(members), table.values.shape[1]))
    for at, rows in enumerate(members):
        block = table.values[rows]
        medians[at] = _median(block)
        own = groups[rows] == at
        z[rows[own]] = robust_z(block)[own]
    return Standing(z, groups, members, rings, medians)


def robust_z(block: Matrix) -> Matrix:
    """Of one group. Where more than half are equal MAD is 0 and the mean deviation is asked; where all are, z is 0."""
    if not len(block):
        return block
    middle = _median(block)
    deviation = np.abs(block - middle)
    spread = _MAD * _median(deviation)
    mean = _MEAN * _mean(deviation)
    floor = _NOTHING * np.maximum(1.0, np.abs(middle))
    spread = np.where(spread > floor, spread, mean)
    z = np.divide(block - middle, spread, out=np.zeros_like(block), where=spread > floor)
    return np.asarray(np.clip(np.nan_to_num(z), -FARTHEST, FARTHEST))


def _median(block: Matrix) -> Matrix:
    """By column, of what is known; 0 where nothing is."""
    if not np.isnan(block).any():
        return np.asarray(np.median(block, axis=0))
    return np.asarray([_middle(column[~np.isnan(column)]) for column in block.T])


def _middle(known: Matrix) -> float:
    return float(np.median(known)) if len(known) else 0.0


def _mean(block: Matrix) -> Matrix:
    known = ~np.isnan(block)
    return np.asarray(np.where(known, block, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def grouped(labels: Sequence[NDArray[Any]]) -> tuple[NDArray[np.intp], list[Rows], list[int]]:
    """Each row in the nearest ring around it that holds enough: its group, the rows of each group, its ring."""
    groups = np.zeros(len(labels[0]), dtype=np.intp)
    is_placed = np.zeros(len(labels[0]), dtype=bool)
    members: list[Rows] = []
    rings: list[int] = []
    for ring, column in enumerate(labels):
        for rows in _rows_by(column):
            waiting = rows[~is_placed[rows]]
            if len(waiting) and (len(rows) >= LEAST or ring == len(labels) - 1):
                groups[waiting] = len(members)
                members.append(rows)
                rings.append(ring)
                is_placed[waiting] = True
    return groups, members, rings


def _rows_by(labels: NDArray[Any]) -> list[Rows]:
    if not len(labels):
        return []
    _, codes = np.unique(np.asarray(np.ma.filled(labels, ""), dtype=str), return_inverse=True)
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
