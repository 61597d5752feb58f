"""Running numbers under one prefix: gap-free because the counter and its user change in one transaction."""

from collections.abc import Callable, Sequence

from django.db import connection

from yidang.holdings.models import Alias, Item, NumberSequence, PendingVersion, Tombstone, Volume


def take(prefix: str, count: int, *, code_of: Callable[[str, int], str]) -> list[str]:
    """The next `count` codes under `prefix`; the row lock is held until the caller's transaction ends.

    A code that stands already, brought in verbatim from an older archive, is stepped over.
    """
    sequence = _locked(prefix)
    codes: list[str] = []
    number = sequence.next_number
    while len(codes) < count:
        fresh = [code_of(prefix, number + step) for step in range(count - len(codes))]
        number += len(fresh)
        standing = taken(fresh)
        codes += [code for code in fresh if code not in standing]
    sequence.next_number = number
    sequence.save(update_fields=["next_number"])
    return codes


def _locked(prefix: str) -> NumberSequence:
    NumberSequence.objects.bulk_create([NumberSequence(prefix=prefix)], ignore_conflicts=True)
    return NumberSequence.objects.select_for_update().get(prefix=prefix)


def taken(codes: Sequence[str]) -> set[str]:
    """Those of `codes` that an item, a volume, a former place or a move under way bears, or what is destroyed bore."""
    found: set[str] = set()
    for bearers in (Item.objects, Volume.objects, Alias.objects, PendingVersion.objects, Tombstone.objects):
        rows = bearers.filter(reference_code__in=codes).values_list("reference_code", flat=True)
        found.update(code for code in rows if code)
    for former in Tombstone.objects.filter(former_codes__overlap=list(codes)).values_list("former_codes", flat=True):
        found.update(set(former) & set(codes))
    return found


def working_numbers(count: int) -> list[str]:
    """For items not yet filed; gaps are no matter here, so no lock is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('holdings_working_number') FROM generate_series(1, %s)", [count])
        return [f"W{row[0]:09d}" for row in cursor.fetchall()]
