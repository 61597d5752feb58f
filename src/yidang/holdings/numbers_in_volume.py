"""The 件号 of a sealed volume: what was given once, to whatever became of it, is not given again."""

from collections.abc import Iterator

from django.db.models import Q

from yidang.holdings.models import Alias, Item, PendingVersion, Tombstone, Volume


def codes_in(volume: Volume) -> set[str]:
    """Every 档号 that an item of this volume bears or bore."""
    return set(_codes(f"{volume.reference_code}-"))


def _codes(start: str) -> Iterator[str]:
    for bearers in (Item.objects, Alias.objects, PendingVersion.objects, Tombstone.objects):
        rows = bearers.filter(reference_code__startswith=start).values_list("reference_code", flat=True)
        yield from (code for code in rows if code)
    for former in Tombstone.objects.filter(_had_former()).values_list("former_codes", flat=True):
        yield from (code for code in former if code.startswith(start))


def _had_former() -> Q:
    return ~Q(former_codes=[])


def next_number(volume: Volume) -> int:
    given = (int(code.rpartition("-")[2]) for code in codes_in(volume))
    return max(given, default=0) + 1
