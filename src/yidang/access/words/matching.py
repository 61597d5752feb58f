"""Where a phrase stands in a text: the exact answer, of which the grams are only a sieve."""

import re
from collections.abc import Iterator
from functools import lru_cache

from yidang.access.words.canonical import Canonical, Traced, code_head


def places(phrase: Canonical, text: Traced) -> Iterator[tuple[int, int]]:
    """Start and end of every occurrence in `text.plain`; occurrences may overlap."""
    if not phrase.words and not _inner(phrase):
        found = ((match.start(1), match.end(1)) for match in _pattern("".join(phrase.units)).finditer(text.folded))
    else:
        starts, ends, count = text.row.starts, text.row.ends, len(phrase.units)
        found = ((starts[first], ends[first + count - 1]) for first in occurrences(phrase, text.row))
    for start, end in found:
        yield text.place(start, end)


def stands_in(phrase: Canonical, text: Traced) -> bool:
    """Whether there is a place at all; where, costs as much again."""
    if not phrase.words and not _inner(phrase):
        return _spelling("".join(phrase.units)).search(text.folded) is not None
    return next(occurrences(phrase, text.row), None) is not None


@lru_cache(maxsize=256)
def _spelling(ideographs: str) -> re.Pattern[str]:
    """Ideographs are units wherever they stand, so a phrase of nothing else need not be taken apart to be found."""
    return re.compile(r"\s*".join(ideographs))


@lru_cache(maxsize=256)
def _pattern(ideographs: str) -> re.Pattern[str]:
    """The same, where occurrences may overlap."""
    return re.compile(f"(?=({_spelling(ideographs).pattern}))")


def occurrences(phrase: Canonical, row: Canonical) -> Iterator[int]:
    """The unit places at which the phrase begins."""
    wanted = phrase.units
    if len(wanted) == 1:
        yield from _single(wanted[0], row)
        return
    inner = _inner(phrase)
    limit = len(row.units) - len(wanted) + 1
    start = _next(row.units, wanted[0], 0, limit)
    while start is not None:
        if row.units[start : start + len(wanted)] == wanted and _breaks(row, start, len(wanted)) == inner:
            yield start
        start = _next(row.units, wanted[0], start + 1, limit)


def _inner(phrase: Canonical) -> set[int]:
    return {place for place in phrase.breaks if 0 < place < len(phrase.units)}


def _single(wanted: str, row: Canonical) -> Iterator[int]:
    for place, unit in enumerate(row.units):
        if unit == wanted or code_head(unit) == wanted:
            yield place


def _next(units: list[str], wanted: str, start: int, limit: int) -> int | None:
    if start >= limit:
        return None
    try:
        return units.index(wanted, start, limit)
    except ValueError:
        return None


def _breaks(row: Canonical, start: int, count: int) -> set[int]:
    return {place - start for place in range(start + 1, start + count) if place in row.breaks}
