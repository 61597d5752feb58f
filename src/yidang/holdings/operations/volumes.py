"""案卷: opened, filled with drafts, and sealed; sealing numbers the volume and its items and files them."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings import numbering
from yidang.holdings.arranging.rules import longest_term
from yidang.holdings.columns import security_class
from yidang.holdings.description import Description, Field, check
from yidang.holdings.models import SET_ASIDE, Item, ItemState, Page, Series, Volume
from yidang.holdings.operations.drafting import DRAFT_STATES, lock_draft
from yidang.holdings.operations.filing import file_items
from yidang.holdings.operations.placing import check_year
from yidang.holdings.operations.volume_steps import forget_steps, lay, lock_items, lock_open, lock_volumes, remember
from yidang.holdings.sealing import open_description, open_volume_description, seal_volume_description
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

LAID_IN, TAKEN_OUT = "laid_in", "taken_out"


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
    volume = lock_open([volume_id])[volume_id]
    items = [item for item in lock_fitting(volume, item_ids) if item.volume_id != volume.pk]
    if not items:
        return
    remember(grant, LAID_IN, [volume])
    lay(volume, [*lock_items(volume), *items])
    append(action="volume.laid_in", actor=grant.actor, subject=volume.pk, facts={"items": len(items)})


def lock_fitting(volume: Volume, item_ids: Sequence[UUID]) -> list[Item]:
    """Drafts in the order given. Raises Conflict as `add_to_volume`."""
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids).order_by("pk")
    items = {item.pk: item for item in rows}
    for item in items.values():
        if item.state not in DRAFT_STATES:
            raise Conflict("item_not_draft", item=item.working_number)
        if (item.series_id, item.year) != (volume.series_id, volume.year):
            raise Conflict("item_of_other_series", item=item.working_number)
    return [items[pk] for pk in dict.fromkeys(item_ids) if pk in items]


@transaction.atomic
def take_from_volume(grant: Grant, *, volume_id: UUID, item_ids: Sequence[UUID]) -> None:
    """Lays drafts out of an open volume again; they wait as before. Raises Conflict `volume_sealed`."""
    grant.require(Permission.DESCRIBE)
    volume = lock_open([volume_id])[volume_id]
    items = lock_items(volume)
    going = [item for item in items if item.pk in set(item_ids) and item.state in DRAFT_STATES]
    if not going:
        return
    remember(grant, TAKEN_OUT, [volume])
    lay(None, going)
    lay(volume, [item for item in items if item not in going])
    append(action="volume.taken_out", actor=grant.actor, subject=volume.pk, facts={"items": len(going)})


@transaction.atomic
def leave_for_volume(grant: Grant, *, item_id: UUID) -> None:
    """Leaves a draft that is described for whoever arranges volumes. Raises Conflict `item_not_draft`."""
    grant.require(Permission.CONFIRM)
    item = lock_draft(item_id)
    item.volume, item.volume_position = None, SET_ASIDE
    item.save(update_fields=["volume", "volume_position"])
    append(action="item.set_aside", actor=grant.actor, subject=item.pk)


def seal_volume(grant: Grant, *, volume_id: UUID, note: str = "") -> list[Item]:
    """Numbers the volume and its items, as arranged, and files them all; a repeated call finishes it.

    `note` is what the reference sheet 备考表 says of the volume's state.

    Raises:
        Conflict: `volume_empty`, `volume_unready` with how many items are unread or without a title.
    """
    grant.require(Permission.DESCRIBE)
    with transaction.atomic(durable=True):
        volume = lock_volumes([volume_id])[volume_id]
        items = lock_items(volume)
        if volume.sealed_at is None:
            check_ready(items)
            _note(volume, note)
            _number(grant, volume, items)
            forget_steps(volume)
    return file_items(grant, [item.pk for item in items])


def _note(volume: Volume, note: str) -> None:
    if note.strip():
        described = open_volume_description(volume.pk, volume.description)
        described = described.with_fields({"note": Field(note.strip(), source="person")})
        check(described)
        volume.description = seal_volume_description(volume.pk, described)


def check_ready(items: Sequence[Item]) -> None:
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
    volume.term = longest_term([item.term for item in items])
    prefix = reference_code.class_prefix(
        fonds=volume.series.fonds_id,
        class_code=volume.series.class_prefix,
        year=volume.year,
        term=volume.term,
    )
    (code,) = numbering.take(prefix, 1, code_of=reference_code.volume_code)
    volume.reference_code, volume.sealed_at = code, clock.now()
    volume.save(update_fields=["reference_code", "sealed_at", "term", "description"])
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
