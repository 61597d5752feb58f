"""The 件号 of a sealed volume: what was given once, to whatever became of it, is not given again."""

from collections.abc import Iterator

from yidang.holdings.models import Alias, Item, PendingVersion, Tombstone, Volume


def codes_in(volume: Volume) -> set[str]:
    """Every 档号 that an item of this volume bears or bore."""
    return set(_codes(f"{volume.reference_code}-"))


def _codes(start: str) -> Iterator[str]:
    for bearers in (Item.objects, Alias.objects, PendingVersion.objects, Tombstone.objects):
        rows = bearers.filter(reference_code__startswith=start).values_list("reference_code", flat=True)
        yield from (code for code in rows if code)
    yield from (code for code, _ in former_codes_of(start))


def former_codes_of(start: str) -> Iterator[tuple[str, str]]:
    """Codes that destroyed items bore before they were moved, each with the number of its destruction list."""
    moved = Tombstone.objects.exclude(former_codes=[]).values_list("former_codes", "list_number")
    for codes, number in moved:
        yield from ((code, number) for code in codes if code.startswith(start))


def next_number(volume: Volume) -> int:
    given = (int(code.rpartition("-")[2]) for code in codes_in(volume))
    return max(given, default=0) + 1
