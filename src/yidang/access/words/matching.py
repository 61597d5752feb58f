"""Where a phrase stands in a text: the exact answer, of which the grams are only a sieve."""

from collections.abc import Iterator

from yidang.access.words.canonical import Canonical, code_head


def occurrences(phrase: Canonical, row: Canonical) -> Iterator[int]:
    """The unit places at which the phrase begins."""
    wanted = phrase.units
    if len(wanted) == 1:
        yield from _single(wanted[0], row)
        return
    inner = {place for place in phrase.breaks if 0 < place < len(wanted)}
    limit = len(row.units) - len(wanted) + 1
    start = _next(row.units, wanted[0], 0, limit)
    while start is not None:
        if row.units[start : start + len(wanted)] == wanted and _breaks(row, start, len(wanted)) == inner:
            yield start
        start = _next(row.units, wanted[0], start + 1, limit)


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
