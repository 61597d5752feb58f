"""Holds against the ledger: one slipped in keeps what should go, one taken away lets go what must stay."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from yidang.disposition.holding import ROOM
from yidang.disposition.models import HoldOrder
from yidang.holdings import doubt
from yidang.holdings.models import Hold
from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import events_of

Facts = Mapping[str, Any]
PLACED, LIFTED = "hold.placed", "hold.lifted"


def verify_holds() -> list[Difference]:
    """Codes: `hold_inserted`, `hold_order_changed`, `hold_order_lost`, `holds_missing`."""
    found = list(_differences())
    return [one for one in _differences() if one in found] if found else []


def _differences() -> Iterator[Difference]:
    placed, lifted = dict(_told(PLACED)), dict(_told(LIFTED))
    gone, standing = _went_with_the_database(), set(HoldOrder.objects.values_list("id", flat=True))
    placed = {order: facts for order, facts in placed.items() if order in standing or facts["number"] not in gone}
    yield from _of_orders(placed, lifted)
    yield from _inserted(placed.keys() - lifted.keys())
    yield from _missing({order: facts for order, facts in placed.items() if order not in lifted})


def _told(action: str) -> Iterator[tuple[UUID, Facts]]:
    return ((told.subject, told.facts) for told in events_of(action) if told.subject)


def _went_with_the_database() -> set[str]:
    """Numbers that a rebuild named as gone; two people confirm afterwards what must be held."""
    return {number for _, facts in _told(doubt.RAISED) for number in facts["gone"]}


def _of_orders(placed: dict[UUID, Facts], lifted: dict[UUID, Any]) -> Iterator[Difference]:
    orders = {order.id: order for order in HoldOrder.objects.all()}
    for known, facts in placed.items():
        order = orders.pop(known, None)
        if order is None:
            yield difference("hold_order_lost", number=facts["number"])
        elif (order.name, order.kind, order.lifted_at is not None) != (facts["number"], facts["kind"], known in lifted):
            yield difference("hold_order_changed", number=facts["number"])
    yield from (difference("hold_order_changed", number=order.name) for order in orders.values())


def _inserted(standing: set[UUID]) -> Iterator[Difference]:
    """Of this room only with a standing order; of any other only with something the ledger knows of."""
    own = Hold.objects.filter(room=ROOM).exclude(reference__in=standing)
    known = LedgerEntry.objects.filter(subject=OuterRef("reference"))
    others = Hold.objects.exclude(room=ROOM).filter(~Exists(known), reference__isnull=False)
    for some in (own, others):
        for hold in some.select_related("item").order_by("pk"):
            code = hold.item.reference_code or hold.item.working_number
            yield difference("hold_inserted", reference_code=code, room=hold.room)


def _missing(standing: dict[UUID, Facts]) -> Iterator[Difference]:
    """An order upon named records never loses one; those by person and period are looked up anew each time."""
    counted = Hold.objects.filter(reference__in=standing).values_list("reference").annotate(n=Count("pk"))
    held = dict(counted)
    cases = HoldOrder.objects.filter(id__in=standing, kind=HoldOrder.Kind.CASE)
    for order in cases:
        expected = standing[order.id]
        said = int(expected["items"])
        if held.get(order.id, 0) < said:
            yield difference("holds_missing", number=order.name, said=said, found=held.get(order.id, 0))
