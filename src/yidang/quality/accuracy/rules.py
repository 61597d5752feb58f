"""Drawing a sample anybody can draw again, and what it says of the whole. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lgamma, log, log1p, sqrt
from uuid import UUID

Z_95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution
ALPHA = 0.05
_STEPS = 80  # of halving: beyond the precision of a float


@dataclass(frozen=True)
class PlanRow:
    lot_from: int
    lot_to: int | None  # None: without end
    size: int
    widened: int


def size_for(lot: int, plan: Sequence[PlanRow], *, is_widened: bool = False) -> int:
    """How many of `lot` records are compared; never more than there are."""
    for row in plan:
        if row.lot_from <= lot and (row.lot_to is None or lot <= row.lot_to):
            return min(lot, row.widened if is_widened else row.size)
    return lot


def rank(seed: str, item: UUID) -> bytes:
    """SHA-256 of `seed:item`, the id in its usual lower-case form with hyphens."""
    return hashlib.sha256(f"{seed}:{item}".encode()).digest()


def draw(frame: Iterable[UUID], seed: str, size: int) -> list[UUID]:
    """The `size` records of lowest rank, in that order. A larger size of the same seed holds the smaller sample."""
    return sorted(set(frame), key=lambda item: rank(seed, item))[:size]


def frame_digest(frame: Iterable[UUID]) -> str:
    """SHA-256 over the ids in order, one a line."""
    return hashlib.sha256("".join(f"{item}\n" for item in sorted(set(frame))).encode()).hexdigest()


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def wilson(wrong: int, compared: int, z: float = Z_95) -> Interval:
    if not compared:
        return Interval(0.0, 1.0)
    p, square = wrong / compared, z * z / compared
    middle = (p + square / 2) / (1 + square)
    half = z * sqrt(p * (1 - p) / compared + square / (4 * compared)) / (1 + square)
    return Interval(
        0.0 if wrong == 0 else max(0.0, middle - half), 1.0 if wrong == compared else min(1.0, middle + half)
    )


def clopper_pearson(wrong: int, compared: int, alpha: float = ALPHA) -> Interval:
    """The exact interval: never covers less than it says."""
    if not compared:
        return Interval(0.0, 1.0)
    low = 0.0 if wrong == 0 else _solve(lambda p: 1 - _at_most(wrong - 1, compared, p), alpha / 2)
    high = 1.0 if wrong == compared else 1 - _solve(lambda q: _at_most(wrong, compared, 1 - q), alpha / 2)
    return Interval(low, high)


def _solve(rising: Callable[[float], float], wanted: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def _at_most(count: int, of: int, p: float) -> float:
    """The binomial distribution up to `count`."""
    if p <= 0:
        return 1.0
    if p >= 1:
        return 1.0 if count >= of else 0.0
    return min(1.0, sum(exp(_log_chance(k, of, p)) for k in range(count + 1)))


def _log_chance(k: int, of: int, p: float) -> float:
    return lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(p) + (of - k) * log1p(-p)


@dataclass(frozen=True)
class Result:
    """`compared` and `wrong` count fields; a record is wrong with its first wrong field."""

    records: int
    compared: int
    wrong: int
    wrong_records: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.wrong, self.compared) if self.compared else None

    @property
    def wilson(self) -> Interval:
        return wilson(self.wrong, self.compared)

    @property
    def exact(self) -> Interval:
        return clopper_pearson(self.wrong, self.compared)


def is_over(result: Result, threshold: Fraction) -> bool:
    return result.rate is not None and result.rate > threshold
