"""Holds by case, person and period: placed by one person, lifted by two."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yidang.crypto.fields import blind_forms, open_json, seal_json
from yidang.disposition.models import HoldOrder
from yidang.holdings import identifiers
from yidang.holdings.models import Hold, Identifier, Item
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code, resident_id
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

ROOM, COVERED = "disposition", "hold.covered"
TABLE = "disposition_hold_order"
_LONGEST = 400
_PER_ENTRY = 1000  # so that an entry of the ledger holds them


@transaction.atomic
def place_on_person(grant: Grant, *, person: str, reason: str) -> HoldOrder:
    """By ID number, or by name. Raises Invalid: `hold_words_missing`."""
    grant.require(Permission.HOLD_RECORDS)
    _require(person, reason)
    digest, *_former = _forms(person)
    return _place(grant, HoldOrder(kind=HoldOrder.Kind.PERSON, digest=digest), about=person, reason=reason)


def forms_of(order: HoldOrder) -> list[bytes]:
    """What the person of an order may stand under on records, the newest first; none of an order on no person."""
    about = words_of(order)["about"] if order.kind == HoldOrder.Kind.PERSON else ""
    known = [bytes(order.digest)] if order.digest else []
    return list(dict.fromkeys([*(_forms(about) if about else []), *known]))


def _forms(person: str) -> list[bytes]:
    kind = identifiers.ID_NUMBER if resident_id.is_valid(person.strip()) else identifiers.NAME
    return blind_forms(kind, identifiers.normalise(kind, person.strip()))


@transaction.atomic
def place_on_period(grant: Grant, *, series: str, first_year: int, last_year: int, reason: str) -> HoldOrder:
    """Raises Invalid: `hold_words_missing`, `hold_years_wrong`."""
    grant.require(Permission.HOLD_RECORDS)
    _require(series, reason)
    if not 1900 <= first_year <= last_year <= 2200:  # noqa: PLR2004 - years that a 档号 can hold
        raise Invalid("hold_years_wrong")
    order = HoldOrder(kind=HoldOrder.Kind.PERIOD, series_id=series, first_year=first_year, last_year=last_year)
    return _place(grant, order, about="", reason=reason)


@transaction.atomic
def place_on_case(grant: Grant, *, case: str, codes: Sequence[str], reason: str) -> HoldOrder:
    """The records named, by 档号. Raises Invalid: `hold_words_missing`; NotFound: `item_not_found`."""
    grant.require(Permission.HOLD_RECORDS)
    _require(case, reason)
    items = [_named(grant, code) for code in codes if code.strip()]
    if not items:
        raise Invalid("hold_words_missing")
    return _place(grant, HoldOrder(kind=HoldOrder.Kind.CASE), about=case, reason=reason, items=items)


def _named(grant: Grant, code: str) -> UUID:
    found = (
        visible_items(grant).filter(reference_code__in={code.strip(), reference_code.completed(code.strip())}).first()
    )
    if found is None:
        raise NotFound("item_not_found", item=code.strip()[:120])
    return found.pk


def _require(*words: str) -> None:
    if not all(word.strip() for word in words):
        raise Invalid("hold_words_missing")


def _place(grant: Grant, order: HoldOrder, *, about: str, reason: str, items: Sequence[UUID] = ()) -> HoldOrder:
    words = {"about": about.strip()[:_LONGEST], "reason": reason.strip()[:_LONGEST]}
    order.placed_by_id, order.placed_at = grant.person, clock.now()
    order.sealed = seal_json(words, table=TABLE, row=str(order.id), field="words")
    order.save()
    count = spread_one(order) + _hold(order, items)
    facts = {"number": order.name, "kind": order.kind, "items": count} | _scope(order)
    append(action="hold.placed", actor=grant.actor, subject=order.id, facts=facts, private=words)
    return order


def _scope(order: HoldOrder) -> dict[str, str | int | None]:
    """What a lost database needs to hold the same again; never a person."""
    if order.kind != HoldOrder.Kind.PERIOD:
        return {}
    return {"series": order.series_id, "first_year": order.first_year, "last_year": order.last_year}


def words_of(order: HoldOrder) -> dict[str, str]:
    found: dict[str, str] = open_json(bytes(order.sealed), table=TABLE, row=str(order.id), field="words")
    return found


def spread() -> int:
    """What was filed since falls under the orders that stand; how many items."""
    return sum(spread_one(order) for order in standing().exclude(kind=HoldOrder.Kind.CASE))


@transaction.atomic
def spread_one(order: HoldOrder) -> int:
    if order.kind == HoldOrder.Kind.CASE:
        return 0
    wanted = _matching(order, Item.objects.all()).exclude(holds__reference=order.id)
    return _hold(order, list(wanted.values_list("pk", flat=True)))


def _hold(order: HoldOrder, items: Sequence[UUID]) -> int:
    at = clock.now()
    rows = [Hold(item_id=item, room=ROOM, reason_code=order.kind, placed_at=at, reference=order.id) for item in items]
    Hold.objects.bulk_create(rows, batch_size=2000)
    if order.kind != HoldOrder.Kind.PERIOD:
        _tell_covered(order, items)
    return len(rows)


def _tell_covered(order: HoldOrder, items: Sequence[UUID]) -> None:
    """The ledger says which records, so that a lost database holds them again."""
    for start in range(0, len(items), _PER_ENTRY):
        facts = {"number": order.name, "records": [str(item) for item in items[start : start + _PER_ENTRY]]}
        append(action=COVERED, actor="system:disposition", subject=order.id, facts=facts)


def _matching(order: HoldOrder, items: QuerySet[Item]) -> QuerySet[Item]:
    if order.kind == HoldOrder.Kind.PERSON:
        return items.filter(pk__in=Identifier.objects.filter(digest__in=forms_of(order)).values("item"))
    return items.filter(series=order.series_id, year__range=(order.first_year, order.last_year))


def held_by_orders(items: Sequence[UUID]) -> set[UUID]:
    """Those that a standing order covers, whether its hold was written down yet or not."""
    some = Item.objects.filter(pk__in=items)
    orders = standing().exclude(kind=HoldOrder.Kind.CASE)
    return {pk for order in orders for pk in _matching(order, some).values_list("pk", flat=True)}


def standing() -> QuerySet[HoldOrder]:
    return HoldOrder.objects.filter(lifted_at__isnull=True)


def find_order(order_id: UUID, *, lock: bool = False) -> HoldOrder:
    """Raises NotFound: `hold_not_found`."""
    orders = HoldOrder.objects.select_for_update() if lock else HoldOrder.objects
    found = orders.filter(Q(id=order_id)).first()
    if found is None:
        raise NotFound("hold_not_found")
    return found


@transaction.atomic
def lift(*, order_id: UUID, asked_by: UUID, allowed_by: UUID) -> None:
    """Carried out by the approval. Raises Conflict: `hold_lifted`."""
    order = find_order(order_id, lock=True)
    if order.lifted_at:
        raise Conflict("hold_lifted", number=order.name)
    order.lifted_at, order.lift_asked_by_id, order.lift_allowed_by_id = clock.now(), asked_by, allowed_by
    order.save()
    count, _ = Hold.objects.filter(reference=order.id).delete()
    append(action="hold.lifted", actor=str(allowed_by), subject=order.id, facts={"number": order.name, "items": count})
