"""Showing an item to a person: what may stand on the screen, and the ledger row that says it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.holdings.description import Description, Field, FieldSpec, specs
from yidang.holdings.models import Item
from yidang.holdings.queries import description, get_item
from yidang.holdings.veil import COVERED_FIELDS, MASKS, Veil, is_in_clear, masked, veil_of
from yidang.holdings.visibility import purpose_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotFound
from yidang.kernel.money import format_yuan
from yidang.ledger.operations import append

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
    append(action="item.viewed", actor=grant.actor, subject=item.id, facts=circumstances(grant, item))
    veil = veil_of(grant, item, described)
    return Opened(item, veil.over(described.title), shown_fields(described, veil))


def circumstances(grant: Grant, item: Item, page: int | None = None) -> dict[str, object]:
    """What the ledger keeps of a showing: the version, whether in clear, for which purpose beyond the post."""
    facts: dict[str, object] = {"version": item.version}
    if page is not None:
        facts["page"] = page
    if is_in_clear(grant, item, page):
        facts["in_clear"] = True
    if purpose := purpose_of(grant, item):
        facts["purpose"] = purpose
    return facts


def shown_fields(described: Description, veil: Veil) -> list[ShownField]:
    """In the order of forms; fields without a value are left out."""
    found = ((spec, described.fields.get(key)) for key, spec in specs().items())
    return [_shown(spec, field, veil) for spec, field in found if field is not None]


def _shown(spec: FieldSpec, field: Field, veil: Veil) -> ShownField:
    text = text_of(spec, field)
    shown = masked(spec.key, text, veil)
    return ShownField(spec, field, shown, is_masked=shown != text)


def text_of(spec: FieldSpec, field: Field) -> str:
    return format_yuan(int(field.value)) if spec.kind == "amount" else str(field.value)


@transaction.atomic
def unmask(*, grant: Grant, item_id: UUID, key: str, reason: str) -> str:
    """One masked value in full, for a reason that the ledger keeps.

    Raises:
        NotFound: `item_not_found`, `field_not_found`. Invalid: `unmasking_reason_missing`.
    """
    grant.require(Permission.UNMASK)
    item = get_item(grant, item_id)
    if key not in (*MASKS, *COVERED_FIELDS) or not (value := description(item).text(key)):
        raise NotFound("field_not_found", field=key)
    record_unmasking(grant, item, what=key, reason=reason, facts={})
    return value


def record_unmasking(grant: Grant, item: Item, *, what: str, reason: str, facts: Mapping[str, object]) -> None:
    """Raises Invalid `unmasking_reason_missing`."""
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("unmasking_reason_missing")
    append(
        action=f"{what}.unmasked",
        actor=grant.actor,
        subject=item.id,
        facts={**circumstances(grant, item), **facts},
        private={"reason": reason.strip()},
    )
