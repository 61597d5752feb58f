"""The grams of a row of units: what the index holds of a text.

Neighbouring units, two and three at a time, at least one of them an ideograph; and every word or number of two
characters and more. Short words join grams (`B超`, `10月`), long ones and amounts only stand for themselves.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from yidang.access.words.canonical import Canonical, code_head, is_ideograph

_SHORT = 4
_WIDEST = 3


def grams(row: Canonical) -> set[str]:
    found: set[str] = set()
    for start, end in segments(row):
        if bisect_left(row.words, start) == bisect_left(row.words, end):  # no word in between
            text = "".join(row.units[start:end])
            found.update([text[place : place + 2] for place in range(len(text) - 1)])
            found.update([text[place : place + 3] for place in range(len(text) - 2)])
        else:
            found.update(_mixed(row.units[start:end]))
    for place in row.words:
        found.update(words_of(row.units[place]))
    return found


def words_of(unit: str) -> Iterator[str]:
    if len(unit) > 1:
        yield unit
        if (head := code_head(unit)) is not None:
            yield head


def segments(row: Canonical) -> Iterator[tuple[int, int]]:
    """Start and end of the stretches without a break and without a long word."""
    long = {place for place in row.words if _is_long(row.units[place])}
    start = 0
    for cut in sorted({*row.breaks, *long, *(place + 1 for place in long), len(row.units)}):
        if cut > start and start not in long:
            yield start, cut
        start = cut


def _is_long(unit: str) -> bool:
    return len(unit) > _SHORT or "." in unit


def _mixed(segment: list[str]) -> Iterator[str]:
    for width in (2, 3):
        for start in range(len(segment) - width + 1):
            gram = segment[start : start + width]
            if any(map(is_ideograph, gram)):
                yield spell(gram)


def spell(units: list[str]) -> str:
    """The units as one string; two words side by side keep a blank, so that no two grams are spelt alike."""
    spelt = units[0]
    for former, unit in pairwise(units):
        spelt += unit if is_ideograph(former) or is_ideograph(unit) else " " + unit
    return spelt


@dataclass(frozen=True)
class Demand:
    """What a text must hold to hold a phrase. When `is_proof`, holding the grams is holding the phrase."""

    grams: frozenset[str]
    is_proof: bool


def demand(phrase: Canonical) -> Demand:
    """The fewest grams that a phrase cannot be without; none when the phrase is one single character."""
    found: set[str] = {unit for unit in phrase.units if len(unit) > 1}
    stretches = [phrase.units[start:end] for start, end in segments(phrase)]
    for stretch in stretches:
        found.update(_cover(stretch))
    return Demand(frozenset(found), _is_proof(phrase, stretches))


def _cover(stretch: list[str]) -> Iterator[str]:
    covered_to = 0
    for start in range(len(stretch) - 2):
        gram = stretch[start : start + 3]
        if any(map(is_ideograph, gram)):
            yield spell(gram)
            covered_to = start + 2
    for start in range(covered_to, len(stretch) - 1):
        pair = stretch[start : start + 2]
        if any(map(is_ideograph, pair)):
            yield spell(pair)


def _is_proof(phrase: Canonical, stretches: list[list[str]]) -> bool:
    units = phrase.units
    if len(units) == 1:
        return len(units[0]) > 1
    return len(stretches) == 1 and len(units) == len(stretches[0]) <= _WIDEST and any(map(is_ideograph, units))
