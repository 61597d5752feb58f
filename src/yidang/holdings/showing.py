"""Showing an item to a person: what may stand on the screen, and the ledger row that says it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.holdings.description import Description, Field, FieldSpec, specs
from yidang.holdings.models import Item
from yidang.holdings.queries import description, get_item
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotFound
from yidang.kernel.masking import mask_id_number, mask_phone
from yidang.kernel.money import format_yuan
from yidang.ledger.operations import append

MASKS = {"id_number": mask_id_number, "phone": mask_phone}
SHORTEST_REASON = 2
LONGEST_REASON = 400


@dataclass(frozen=True)
class ShownField:
    """`text` is what may be shown at once; the rest of a masked one is asked for with a reason."""

    spec: FieldSpec
    field: Field
    text: str
    is_masked: bool

    @property
    def box(self) -> str:
        return ",".join(f"{edge:.4f}" for edge in self.field.box or ())


@dataclass(frozen=True)
class Opened:
    item: Item
    title: str
    fields: Sequence[ShownField]


@transaction.atomic
def open_item(grant: Grant, item_id: UUID) -> Opened:
    """The item as its reader sees it. Raises NotFound `item_not_found`."""
    item = get_item(grant, item_id)
    described = description(item)
    append(action="item.viewed", actor=grant.actor, subject=item.id, facts={"version": item.version})
    return Opened(item, described.title, shown_fields(described))


def shown_fields(described: Description) -> list[ShownField]:
    """In the order of forms; fields without a value are left out."""
    found = ((spec, described.fields.get(key)) for key, spec in specs().items())
    return [_shown(spec, field) for spec, field in found if field is not None]


def _shown(spec: FieldSpec, field: Field) -> ShownField:
    mask = MASKS.get(spec.key)
    text = text_of(spec, field)
    return ShownField(spec, field, mask(text) if mask else text, is_masked=mask is not None)


def text_of(spec: FieldSpec, field: Field) -> str:
    return format_yuan(int(field.value)) if spec.kind == "amount" else str(field.value)


@transaction.atomic
def unmask(*, grant: Grant, item_id: UUID, key: str, reason: str) -> str:
    """One masked value in full, for a reason that the ledger keeps.

    Raises:
        NotFound: `item_not_found`, `field_not_found`. Invalid: `unmasking_reason_missing`.
    """
    grant.require(Permission.VIEW_RECORDS)
    item = get_item(grant, item_id)
    if key not in MASKS or not (value := description(item).text(key)):
        raise NotFound("field_not_found", field=key)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("unmasking_reason_missing")
    append(
        action=f"{key}.unmasked",
        actor=grant.actor,
        subject=item.id,
        facts={"version": item.version},
        private={"reason": reason.strip()},
    )
    return value
