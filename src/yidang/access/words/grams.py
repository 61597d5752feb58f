"""The grams of a row of units: what the index holds of a text.

Neighbouring units, two and three at a time, at least one of them an ideograph; and every word or number of two
characters and more. Short words join grams (`B超`, `10月`), long ones and amounts only stand for themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from yidang.access.words.canonical import Canonical, code_head, is_ideograph

_SHORT = 4
_WIDEST = 3


def grams(row: Canonical) -> set[str]:
    found: set[str] = set()
    for segment in segments(row):
        text = "".join(segment)
        if len(text) == len(segment) and all(map(is_ideograph, segment)):
            found.update(map("".join, pairwise(text)))
            found.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
        else:
            found.update(_mixed(segment))
    for unit in row.units:
        found.update(words_of(unit))
    return found


def words_of(unit: str) -> Iterator[str]:
    if len(unit) > 1:
        yield unit
        if (head := code_head(unit)) is not None:
            yield head


def segments(row: Canonical) -> Iterator[list[str]]:
    """Stretches without a break and without a long word."""
    stretch: list[str] = []
    for place, unit in enumerate(row.units):
        is_long = len(unit) > _SHORT or "." in unit
        if (is_long or place in row.breaks) and stretch:
            yield stretch
            stretch = []
        if not is_long:
            stretch.append(unit)
    if stretch:
        yield stretch


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
    stretches = list(segments(phrase))
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
