"""How likely a doubt was to be judged at all, so that what was judged can stand for what was not.

A doubt enters the desk surely, or by lot among all that were scored. One in ten takes a place by lot; the others
stand by expected money. So: chance = entry x (lot x judged share of those by lot + (1 - lot) x judged share of its
like), where alike are doubts of the same fifth of expected money.
"""

from collections.abc import Sequence
from typing import NamedTuple

FIFTHS = 5
MOST_WEIGHT = 50.0  # one lucky draw must not outweigh a month


class Drawn(NamedTuple):
    """`expected`: money that ordered it; `is_lot`: whether it took its place by lot."""

    subject: str
    entry: float
    lot: float
    expected: int
    is_lot: bool
    is_judged: bool


def chances(doubts: Sequence[Drawn]) -> list[float]:
    """Of each doubt to be judged, between 0 and 1."""
    by_lot = _share([one for one in doubts if one.is_lot])
    placed = list(zip(doubts, _fifths(doubts), strict=True))
    shares = [_share([one for one, at in placed if at == fifth and not one.is_lot]) for fifth in range(FIFTHS)]
    return [one.entry * (one.lot * by_lot + (1 - one.lot) * shares[at]) for one, at in placed]


def weights(doubts: Sequence[Drawn]) -> dict[str, float]:
    """Subject → 1 / chance that any of its doubts was judged; of the judged subjects only."""
    missed: dict[str, float] = {}
    for one, chance in zip(doubts, chances(doubts), strict=True):
        missed[one.subject] = missed.get(one.subject, 1.0) * (1 - chance)
    judged = {one.subject for one in doubts if one.is_judged}
    return {subject: weight(1 - missed[subject]) for subject in judged}


def weight(chance: float) -> float:
    return MOST_WEIGHT if chance <= 1 / MOST_WEIGHT else 1 / chance


def _share(doubts: Sequence[Drawn]) -> float:
    """One more judged and one more not: nothing is quite sure and nothing quite impossible."""
    return (sum(one.is_judged for one in doubts) + 1) / (len(doubts) + 2)


def _fifths(doubts: Sequence[Drawn]) -> list[int]:
    order = sorted(range(len(doubts)), key=lambda at: doubts[at].expected)
    fifth = [0] * len(doubts)
    for place, at in enumerate(order):
        fifth[at] = place * FIFTHS // len(doubts)
    return fifth
