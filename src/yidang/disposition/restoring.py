"""Holds after a lost database: what the ledger was told of the orders and of the records they cover."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from yidang.crypto.fields import seal_json
from yidang.disposition.holding import COVERED, ROOM, TABLE, spread_one
from yidang.disposition.models import HoldOrder
from yidang.holdings.models import Hold, Item
from yidang.identity.models import Staff
from yidang.ledger.queries import Event, events_of, unended

RESTORED = ("disposition_holdorder",)


@transaction.atomic
def restore() -> dict[str, int]:
    """Into an empty table. The orders' words went with the database, their numbers and records come back."""
    if HoldOrder.objects.exists():
        return {}
    orders = {order.id: order for order in _orders()}
    HoldOrder.objects.bulk_create(orders.values())
    _hold(orders)
    if orders:
        with connection.cursor() as cursor:
            sequence = "SELECT setval(pg_get_serial_sequence('disposition_holdorder', 'number'), %s)"
            cursor.execute(sequence, [max(order.number for order in orders.values())])
    return dict(zip(RESTORED, [len(orders)], strict=True))


def _orders() -> Iterator[HoldOrder]:
    """Of a person's order the person is not known any more: the ledger names nobody. What it covered is."""
    people, covered = set(Staff.objects.values_list("pk", flat=True)), _covered()
    for told in unended("hold.placed", "hold.lifted"):
        if told.subject and UUID(told.actor) in people and _has_scope(told, covered):
            yield _order(told.subject, told)


def _covered() -> set[UUID | None]:
    return {told.subject for told in events_of(COVERED)}


def _has_scope(told: Event, covered: set[UUID | None]) -> bool:
    """An entry from before scopes were entered holds a count alone."""
    if told.facts["kind"] == HoldOrder.Kind.PERIOD:
        return "series" in told.facts
    return told.facts["kind"] == HoldOrder.Kind.PERSON or told.subject in covered


def _order(order_id: UUID, told: Event) -> HoldOrder:
    facts = told.facts
    return HoldOrder(
        number=int(facts["number"].rpartition("-")[2]),
        id=order_id,
        kind=facts["kind"],
        series_id=facts.get("series"),
        first_year=facts.get("first_year"),
        last_year=facts.get("last_year"),
        sealed=seal_json({"about": "", "reason": ""}, table=TABLE, row=str(order_id), field="words"),
        placed_by_id=UUID(told.actor),
        placed_at=told.at,
    )


def _hold(orders: dict[UUID, HoldOrder]) -> None:
    for told in events_of(COVERED):
        order = orders.get(told.subject) if told.subject else None
        if order is not None:
            standing = Item.objects.filter(pk__in=told.facts["records"]).exclude(holds__reference=order.id)
            values = {"room": ROOM, "reason_code": order.kind, "placed_at": told.at, "reference": order.id}
            Hold.objects.bulk_create(Hold(item=item, **values) for item in standing)
    for order in orders.values():
        spread_one(order)


def unsure() -> list[str]:
    """Numbers of what keeps records by the ledger and, here, may not keep all that it should."""
    whole = set(HoldOrder.objects.exclude(kind=HoldOrder.Kind.PERSON).values_list("id", flat=True))
    orders = [told.facts["number"] for told in unended("hold.placed", "hold.lifted") if told.subject not in whole]
    transfers = unended("transfer.proposed", "transfer.withdrawn", "transfer.received")
    return [*orders, *(told.facts["number"] for told in transfers)]


def gone() -> list[str]:
    """Numbers of orders, lifted ones too, that have no row any more."""
    known = set(HoldOrder.objects.values_list("id", flat=True))
    return [told.facts["number"] for told in events_of("hold.placed") if told.subject not in known]
