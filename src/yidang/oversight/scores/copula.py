"""COPOD: how far out a row lies by the tails of every column, each by the empirical distribution alone.

Li et al. 2020 (COPOD) and 2022 (ECOD): per column the chance of a value as small, and of one as large; the columns as
if independent, so logs add up. Nothing is drawn by lot and nothing is tuned.
"""

import numpy as np

from yidang.oversight.scores.features import Matrix

_SYMMETRIC = 1e-9


class Copula:
    """The rows first asked about are those the tails are taken from."""

    def __init__(self) -> None:
        self._sorted: Matrix | None = None
        self._skew = np.zeros(0)

    def scores(self, z: Matrix) -> Matrix:
        """The largest of: sum over low tails, over high tails, over the tail each column is skewed to."""
        low, high = self._tails(z)
        sums = [one.sum(axis=1) for one in (low, high, self._skewed(low, high))]
        return np.asarray(np.max(sums, axis=0))

    def contributions(self, z: Matrix) -> Matrix:
        """What each column brings to the sum that decided."""
        low, high = self._tails(z)
        candidates = np.stack([low, high, self._skewed(low, high)])
        decided = candidates.sum(axis=2).argmax(axis=0)
        return np.asarray(candidates[decided, np.arange(len(z))])

    def _tails(self, z: Matrix) -> tuple[Matrix, Matrix]:
        """Minus the log of the share of rows with as little or less, and with as much or more."""
        if self._sorted is None:
            self._learn(z)
        known = np.asarray(self._sorted)
        rows = len(known)
        if not rows:
            return np.zeros_like(z), np.zeros_like(z)
        low, high = np.empty_like(z), np.empty_like(z)
        for at in range(z.shape[1]):
            low[:, at] = np.searchsorted(known[:, at], z[:, at], side="right")
            high[:, at] = rows - np.searchsorted(known[:, at], z[:, at], side="left")
        return _surprise(low / rows, rows), _surprise(high / rows, rows)

    def _learn(self, z: Matrix) -> None:
        self._sorted = np.sort(z, axis=0)
        middle = z - z.mean(axis=0) if len(z) else z
        spread = np.sqrt((middle**2).mean(axis=0)) if len(z) else np.zeros(z.shape[1])
        cubes = (middle**3).mean(axis=0) if len(z) else np.zeros(z.shape[1])
        self._skew = np.divide(cubes, spread**3, out=np.zeros_like(spread), where=spread > _SYMMETRIC)

    def _skewed(self, low: Matrix, high: Matrix) -> Matrix:
        return np.asarray(np.where(self._skew < 0, low, np.where(self._skew > 0, high, low + high)))


def _surprise(share: Matrix, rows: int) -> Matrix:
    return np.asarray(-np.log(np.maximum(share, 1.0 / (rows + 1))))
