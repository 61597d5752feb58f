"""What stays of destroyed items, held against the ledger and built again from it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from yidang.crypto import keyring_backup
from yidang.holdings.comparing import about
from yidang.holdings.models import Tombstone
from yidang.holdings.witness import Ending, endings
from yidang.kernel import clock
from yidang.kernel.difference import Difference
from yidang.preservation import repository
from yidang.preservation.places import places

TOLD = (
    "reference_code",
    "is_legacy_code",
    "former_codes",
    "series_id",
    "year",
    "term",
    "document_type",
    "page_count",
    "list_number",
)


def buried() -> set[UUID]:
    return set(Tombstone.objects.values_list("item", flat=True))


def unerased() -> list[UUID]:
    """Ended in the catalogue, and their keys and bytes not yet known to be gone."""
    return list(Tombstone.objects.filter(erased_at__isnull=True).values_list("item", flat=True))


def last_complete_end() -> datetime | None:
    """When the last of those was erased of which by now nothing opens any more, copies of the keys included."""
    complete = Tombstone.objects.filter(complete_at__lte=clock.now())
    at: datetime | None = complete.aggregate(at=Max("erased_at"))["at"]
    return at


def facts_of(stone: Tombstone) -> dict[str, Any]:
    return {name: getattr(stone, name) for name in TOLD}


def differences() -> Iterator[Difference]:
    """Stones without their entry, entries without their stone, and what a stone should have ended."""
    stones = {stone.item: stone for stone in Tombstone.objects.all().iterator()}
    for ending in endings():
        stone = stones.pop(ending.item, None)
        if stone is None:
            yield about("tombstone_gone", item=ending.item, reference_code=ending.facts["reference_code"])
        elif facts_of(stone) != dict(ending.facts) or stone.ledger_entry != ending.entry:
            yield about("tombstone_changed", item=stone.item, reference_code=stone.reference_code)
        elif stone.erased_at and _keys_of(stone.item):
            yield about("tombstone_has_keys", item=stone.item, reference_code=stone.reference_code)
    for stone in stones.values():
        yield about("tombstone_unknown", item=stone.item, reference_code=stone.reference_code)


def _keys_of(item: UUID) -> list[str]:
    return [key for place in places() for key in place.keys.ids_below(f"{item}/v")]


def restore() -> set[UUID]:
    """For an empty catalogue: every stone from its entry. What still lies in the store is erased before it is read."""
    told = {ending.item: ending for ending in endings()}
    for item in told:
        repository.purge(item)
    complete = keyring_backup.latest_expiry() or clock.now()
    Tombstone.objects.bulk_create([_stone(one, complete) for one in told.values()], batch_size=2000)
    return set(told)


def _stone(ending: Ending, complete: Any) -> Tombstone:
    return Tombstone(
        item=ending.item,
        destroyed_at=ending.at,
        ledger_entry=ending.entry,
        erased_at=clock.now(),
        complete_at=complete,
        **ending.facts,
    )
