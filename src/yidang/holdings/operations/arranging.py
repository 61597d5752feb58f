"""Open volumes put in order, split and merged. Nothing here is numbered: 档号 come with the seal."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings.description import Description
from yidang.holdings.models import Volume
from yidang.holdings.operations.volume_steps import lay, lock_items, lock_open, remember
from yidang.holdings.operations.volumes import create_volume
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append

ORDERED, SPLIT, MERGED = "ordered", "split", "merged"


@transaction.atomic
def order_volume(grant: Grant, *, volume_id: UUID, order: Sequence[UUID]) -> None:
    """Raises Invalid `volume_order_wrong` unless `order` names every item of the volume once."""
    grant.require(Permission.DESCRIBE)
    volume = lock_open([volume_id])[volume_id]
    items = {item.pk: item for item in lock_items(volume)}
    if len(order) != len(items) or set(order) != items.keys():
        raise Invalid("volume_order_wrong")
    if list(order) == list(items):
        return
    remember(grant, ORDERED, [volume])
    lay(volume, [items[pk] for pk in order])
    append(action="volume.ordered", actor=grant.actor, subject=volume.pk, facts={"items": len(order)})


@transaction.atomic
def split_volume(grant: Grant, *, volume_id: UUID, item_ids: Sequence[UUID], description: Description) -> Volume:
    """The items chosen become a volume of their own, in their order.

    Raises Invalid `volume_split_wrong` unless some go and some stay.
    """
    grant.require(Permission.DESCRIBE)
    volume = lock_open([volume_id])[volume_id]
    items = lock_items(volume)
    going = [item for item in items if item.pk in set(item_ids)]
    if not going or len(going) == len(items):
        raise Invalid("volume_split_wrong")
    made = create_volume(grant, series=volume.series_id, year=volume.year, description=description)
    made.dissolved_at = clock.now()  # what the step finds, so that undoing it lets the new one go
    remember(grant, SPLIT, [volume, made])
    made.dissolved_at = None
    lay(made, going)
    lay(volume, [item for item in items if item not in going])
    facts = {"into": str(made.pk), "items": len(going)}
    append(action="volume.split", actor=grant.actor, subject=volume.pk, facts=facts)
    return made


@transaction.atomic
def merge_volumes(grant: Grant, *, volume_id: UUID, others: Sequence[UUID]) -> None:
    """The others' items come after those of the first, and the others are no more.

    Raises:
        Invalid: `volume_merge_wrong` without another. Conflict: `volume_sealed`, `volume_of_other_series`.
    """
    grant.require(Permission.DESCRIBE)
    if not others or volume_id in others:
        raise Invalid("volume_merge_wrong")
    found = lock_open([volume_id, *others])
    into, rest = found[volume_id], [found[pk] for pk in dict.fromkeys(others)]
    if any((one.series_id, one.year) != (into.series_id, into.year) for one in rest):
        raise Conflict("volume_of_other_series")
    remember(grant, MERGED, [into, *rest])
    coming = [item for one in rest for item in lock_items(one)]
    lay(into, [*lock_items(into), *coming])
    Volume.objects.filter(pk__in=[one.pk for one in rest]).update(dissolved_at=clock.now())
    facts = {"from": [str(one.pk) for one in rest], "items": len(coming)}
    append(action="volume.merged", actor=grant.actor, subject=into.pk, facts=facts)
