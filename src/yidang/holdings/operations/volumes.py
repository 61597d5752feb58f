"""案卷: opened, filled with drafts, and sealed; sealing numbers the volume and its items and files them."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings import numbering
from yidang.holdings.columns import security_class
from yidang.holdings.description import Description, check
from yidang.holdings.models import Item, ItemState, Page, Series, Volume
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.holdings.operations.filing import file_items
from yidang.holdings.operations.placing import check_year
from yidang.holdings.sealing import open_description, seal_volume_description
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append


@transaction.atomic
def create_volume(grant: Grant, *, series: str, year: int, description: Description) -> Volume:
    """Raises NotFound `series_not_found`, Conflict `series_by_item`, Invalid `item_year_implausible`.

    A description that is wrong raises as `description.check`.
    """
    grant.require(Permission.DESCRIBE)
    check(description)
    check_year(year)
    found = Series.objects.select_related("retention_rule").filter(code=series).first()
    if found is None:
        raise NotFound("series_not_found", series=series)
    if found.arrangement != Series.Arrangement.BY_VOLUME:
        raise Conflict("series_by_item", series=series)
    volume = Volume(series=found, year=year, term=found.term, created_at=clock.now())
    volume.description = seal_volume_description(volume.pk, description)
    volume.save(force_insert=True)
    append(action="volume.opened", actor=grant.actor, subject=volume.pk, facts={"series": series, "year": year})
    return volume


@transaction.atomic
def add_to_volume(grant: Grant, *, volume_id: UUID, item_ids: Sequence[UUID]) -> None:
    """Lays drafts of the same series and year into an open volume, after those that lie in it.

    Raises:
        Conflict: `volume_sealed`, `item_not_draft`, `item_of_other_series`.
    """
    grant.require(Permission.DESCRIBE)
    volume = _lock_open(volume_id)
    items = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids)
    for item in items:
        if item.state not in DRAFT_STATES:
            raise Conflict("item_not_draft", item=item.working_number)
        if (item.series_id, item.year) != (volume.series_id, volume.year):
            raise Conflict("item_of_other_series", item=item.working_number)
    items.update(volume=volume)


@transaction.atomic
def take_from_volume(grant: Grant, *, volume_id: UUID, item_id: UUID) -> None:
    """Lays a draft out of an open volume again; it waits as before. Raises Conflict `volume_sealed`."""
    grant.require(Permission.DESCRIBE)
    volume = _lock_open(volume_id)
    Item.objects.filter(pk=item_id, volume=volume, state__in=DRAFT_STATES).update(volume=None)


def seal_volume(grant: Grant, *, volume_id: UUID) -> list[Item]:
    """Numbers the volume and its items, in order of receipt, and files them all; a repeated call finishes it.

    Raises:
        Conflict: `volume_empty`, `volume_unready` with how many items are unread or without a title.
    """
    grant.require(Permission.DESCRIBE)
    with transaction.atomic(durable=True):
        volume = _lock(volume_id)
        items = list(_items(volume))
        if volume.sealed_at is None:
            _check_ready(items)
            _number(grant, volume, items)
    return file_items(grant, [item.pk for item in items])


def _lock(volume_id: UUID) -> Volume:
    volumes = Volume.objects.select_for_update(of=("self",)).select_related("series")
    volume = volumes.filter(pk=volume_id).first()
    if volume is None:
        raise NotFound("volume_not_found")
    return volume


def _lock_open(volume_id: UUID) -> Volume:
    volume = _lock(volume_id)
    if volume.sealed_at is not None:
        raise Conflict("volume_sealed", reference_code=volume.reference_code)
    return volume


def _items(volume: Volume) -> Sequence[Item]:
    return list(Item.objects.select_for_update(of=("self",)).filter(volume=volume).order_by("working_number"))


def _check_ready(items: Sequence[Item]) -> None:
    if not items:
        raise Conflict("volume_empty")
    unread = set(Page.objects.filter(item__in=items, is_read=False).values_list("item_id", flat=True))
    unready = [item for item in items if item.pk in unread or not _is_described(item)]
    if unready:
        raise Conflict("volume_unready", items=len(unready), first=unready[0].working_number)


def _is_described(item: Item) -> bool:
    description = open_description(item.pk, item.description)
    try:
        check(description)
        security_class(description)
    except Invalid:
        return False
    return bool(description.title)


def _number(grant: Grant, volume: Volume, items: Sequence[Item]) -> None:
    prefix = reference_code.class_prefix(
        fonds=volume.series.fonds_id,
        class_code=volume.series.class_prefix,
        year=volume.year,
        term=volume.term,
    )
    (code,) = numbering.take(prefix, 1, code_of=reference_code.volume_code)
    volume.reference_code, volume.sealed_at = code, clock.now()
    volume.save(update_fields=["reference_code", "sealed_at"])
    for number, item in enumerate(items, start=1):
        item.reference_code = reference_code.item_code_in_volume(code, number)
        item.state, item.filed_at, item.filed_by = ItemState.FILING, volume.sealed_at, grant.actor
    Item.objects.bulk_update(items, ["reference_code", "state", "filed_at", "filed_by"], batch_size=500)
    append(
        action="volume.sealed",
        actor=grant.actor,
        subject=volume.pk,
        facts={"reference_code": code, "items": len(items)},
    )
