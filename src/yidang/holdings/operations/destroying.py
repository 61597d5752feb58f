"""The end of items: first in the catalogue, in one transaction; then their keys and bytes, again until it is done.

Killed between the two, `erase_unerased` goes on; nobody sees the record from the first moment on.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.crypto import keyring_backup
from yidang.holdings import doubt
from yidang.holdings.changes import note_changes
from yidang.holdings.description import Description
from yidang.holdings.models import Alias, Hold, Item, ItemState, PendingVersion, Tombstone, Volume
from yidang.holdings.sealing import seal_volume_description
from yidang.holdings.tombstones import facts_of, unerased
from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many, forget_private
from yidang.preservation import cache, repository


def lock_for_end(items: Sequence[UUID]) -> list[Item]:
    """The rows, locked until the transaction ends: no hold can be placed on them meanwhile, it waits and then fails."""
    found = Item.objects.select_for_update(of=("self",)).filter(pk__in=items, state=ItemState.FILED)
    return list(found.select_related("series").order_by("pk"))


@transaction.atomic
def bury(grant: Grant, *, items: Sequence[UUID], list_number: str) -> list[Tombstone]:
    """Ends these items in the catalogue. Whoever calls this has the right to. What is buried already stays as it is.

    Raises:
        Conflict: `item_on_hold`, `version_under_way`, `holds_in_doubt`.
    """
    if items:
        doubt.require_certain()
    locked = lock_for_end(items)
    ids = [item.pk for item in locked]
    _refuse(Hold.objects.filter(item__in=ids), "item_on_hold")
    _refuse(PendingVersion.objects.filter(item__in=ids), "version_under_way")
    at = clock.now()
    stones = _stones(locked, list_number, at)
    events = [
        NewEvent(action="item.destroyed", actor=grant.actor, subject=stone.item, facts=facts_of(stone))
        for stone in stones
    ]
    for stone, entry in zip(stones, append_many(events), strict=True):
        stone.ledger_entry = entry
    Tombstone.objects.bulk_create(stones, batch_size=2000)
    forget_private(ids)
    Item.objects.filter(pk__in=ids).delete()
    _empty_volumes({item.volume_id for item in locked if item.volume_id})
    note_changes(ids)
    return stones


def _refuse(blockers: QuerySet[Hold] | QuerySet[PendingVersion], code: str) -> None:
    found = blockers.select_related("item").first()
    if found is not None:
        raise Conflict(code, item=found.item.reference_code)


def _stones(items: Sequence[Item], list_number: str, at: datetime) -> list[Tombstone]:
    former: dict[UUID, list[str]] = {}
    for alias in Alias.objects.filter(item__in=items).order_by("since"):
        former.setdefault(alias.item_id, []).append(alias.reference_code)
    return [
        Tombstone(
            item=item.pk,
            reference_code=item.reference_code or "",
            is_legacy_code=item.is_legacy_code,
            former_codes=former.get(item.pk, []),
            series_id=item.series_id,
            year=item.year,
            term=item.term,
            document_type=item.document_type,
            page_count=item.page_count,
            destroyed_at=at,
            list_number=list_number,
        )
        for item in items
    ]


def _empty_volumes(volumes: set[UUID]) -> None:
    """The title of a volume tells of its items; when the last has gone, the number alone stays."""
    for volume in Volume.objects.filter(pk__in=volumes, items__isnull=True):
        volume.description = seal_volume_description(volume.pk, Description({}))
        volume.save(update_fields=["description"])


def erase_unerased(limit: int = 500) -> int:
    """Keys out of the live keyring, then the bytes, then everything drawn from them; how many items."""
    waiting = unerased()[:limit]
    for item in waiting:
        repository.purge(item)
    if waiting:
        cache.clear_to(0)
        # After the keys are gone: a copy begun from now on holds none of them.
        complete = keyring_backup.latest_expiry() or clock.now()
        stones = Tombstone.objects.filter(item__in=waiting, erased_at__isnull=True)
        stones.update(erased_at=clock.now(), complete_at=complete)
    return len(waiting)
