"""The confirm desk: a person says what the machine was not sure of, and the item is filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.holdings.columns import described_columns
from yidang.holdings.description import Description, Field, Value, check, specs
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import add_to_volume, describe, discard_drafts, leave_for_volume, place_draft
from yidang.holdings.queries import description as description_of
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import CatalogueRow, ReceivedFile
from yidang.intake.operations.filing import file_batch
from yidang.intake.operations.quarantining import set_aside
from yidang.intake.unfold import values as cells
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append


@dataclass(frozen=True)
class Place:
    """Where a person says the item belongs; `volume`: laid into this open volume instead of being filed by itself.

    `is_later`: neither now; it is left for whoever arranges volumes.
    """

    series: str
    year: int
    volume: UUID | None = None
    is_later: bool = False


def confirm_item(
    *,
    grant: Grant,
    item_id: UUID,
    values: Mapping[str, Value | None],
    document_type: str | None = None,
    place: Place | None = None,
) -> Item:
    """Takes the person's word for every field in `values` (None clears one) and files the item.

    Never inside the caller's transaction: the 档号 must be durable before it is used.

    Raises:
        Conflict: `item_not_waiting`, `legacy_code_taken`. Invalid: `field_unknown`, `field_malformed`,
        `item_lacks_title`, `state_secret_refused`, `item_year_implausible`.
    """
    saved = save_confirmed(grant=grant, item_id=item_id, values=values, document_type=document_type, place=place)
    if saved.volume_id or (place and place.is_later):
        return saved
    filed = file_batch(grant, [item_id])
    if not filed:
        raise Conflict("legacy_code_taken")
    return filed[0]


@transaction.atomic
def save_confirmed(
    *,
    grant: Grant,
    item_id: UUID,
    values: Mapping[str, Value | None],
    document_type: str | None = None,
    place: Place | None = None,
) -> Item:
    """The person's word without filing yet: to be gone on with later. Raises as `confirm_item`."""
    grant.require(Permission.CONFIRM)
    item = _waiting(item_id)
    full = confirmed(description_of(item), values)
    if not full.title.strip():
        raise Invalid("item_lacks_title", item=item.working_number)
    check(full)
    described_columns(full)
    if place:
        place_draft(grant, item_id=item_id, series=place.series, year=place.year)
        if place.volume:
            add_to_volume(grant, volume_id=place.volume, item_ids=[item_id])
        elif place.is_later:
            leave_for_volume(grant, item_id=item_id)
    return describe(item_id=item.pk, description=full, by=grant.actor, document_type=document_type, confidence=1.0)


def confirmed(known: Description, values: Mapping[str, Value | None]) -> Description:
    """A value left as it was keeps its place on the page; one that was changed lost it."""
    fields: dict[str, Field | None] = {}
    for key, value in values.items():
        before = known.fields.get(key)
        clean = _clean(key, value)
        if clean is None:
            fields[key] = None
        elif before is not None and before.value == clean:
            fields[key] = Field(clean, page=before.page, box=before.box, source="person")
        else:
            fields[key] = Field(clean, source="person")
    return known.with_fields(fields)


def _clean(key: str, value: Value | None) -> Value | None:
    """Forms send text: dates as people write them, amounts in yuan. An int is fen or a count already."""
    if key not in specs():
        raise Invalid("field_unknown", field=key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int):
        return value
    converted = cells.convert(key, value)
    if converted is None:
        raise Invalid("field_malformed", field=key, kind=specs()[key].kind)
    return converted


def _waiting(item_id: UUID) -> Item:
    item = Item.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise NotFound("item_not_found")
    if item.state != ItemState.WAITING:
        raise Conflict("item_not_waiting", item=item.reference_code or item.working_number)
    return item


@transaction.atomic
def send_back(*, grant: Grant, item_id: UUID, reason: str) -> None:
    """Rejects a waiting item: its file goes to quarantine with the reason, to be replaced.

    Raises:
        Conflict: `item_not_waiting`, `item_not_sendable` for a piece of a file that other drafts share.
        Invalid: `reason_missing`.
    """
    grant.require(Permission.CONFIRM)
    if not reason.strip():
        raise Invalid("reason_missing")
    item = _waiting(item_id)
    files = list(ReceivedFile.objects.filter(item=item))
    locators = [file.locator for file in item.files.all()]
    is_shared = item.files.model.objects.filter(locator__in=locators).exclude(item=item).exists()
    if is_shared or (locators and not files):
        raise Conflict("item_not_sendable", item=item.working_number)
    set_aside([(file, "sent_back", {"reason": reason.strip()}) for file in files])
    CatalogueRow.objects.filter(item=item).update(item=None, group=None, code="row_sent_back")
    append(
        action="item.sent_back",
        actor=grant.actor,
        subject=item.pk,
        facts={"working_number": item.working_number},
        private={"reason": reason.strip()},
    )
    discard_drafts(grant, [item.pk])
