"""Holds against the ledger: one slipped in keeps what should go, one taken away lets go what must stay."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from yidang.disposition.holding import ROOM
from yidang.disposition.models import HoldOrder
from yidang.holdings.models import Hold
from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerEntry

PLACED, LIFTED, REBUILT = "hold.placed", "hold.lifted", "ledger.rebuilt"


def verify_holds() -> list[Difference]:
    """Codes: `hold_inserted`, `hold_order_changed`, `hold_order_lost`, `holds_missing`."""
    found = list(_differences())
    return [one for one in _differences() if one in found] if found else []


def _differences() -> Iterator[Difference]:
    placed, lifted = dict(_told(PLACED)), dict(_told(LIFTED))
    placed = {order: facts for order, facts in placed.items() if not _went_with_the_database(order)}
    yield from _of_orders(placed, lifted)
    yield from _inserted(placed.keys() - lifted.keys())
    yield from _missing({order: facts for order, facts in placed.items() if order not in lifted})


def _told(action: str) -> Iterator[tuple[UUID, dict[str, Any]]]:
    for entry in LedgerEntry.objects.filter(action=action, subject__isnull=False).order_by("id").iterator():
        assert entry.subject is not None  # noqa: S101 - the filter above
        yield entry.subject, json.loads(bytes(entry.entry))["facts"]


def _went_with_the_database(order: UUID) -> bool:
    """Lost with everything else before the last rebuild, which said so."""
    rebuilt = LedgerEntry.objects.filter(action=REBUILT).order_by("-id").first()
    placed = LedgerEntry.objects.filter(action=PLACED, subject=order).order_by("-id").first()
    is_older = rebuilt is not None and placed is not None and placed.id < rebuilt.id
    return is_older and not HoldOrder.objects.filter(id=order).exists()


def _of_orders(placed: dict[UUID, dict[str, Any]], lifted: dict[UUID, Any]) -> Iterator[Difference]:
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


def _missing(standing: dict[UUID, dict[str, Any]]) -> Iterator[Difference]:
    """An order upon named records never loses one; those by person and period are looked up anew each time."""
    counted = Hold.objects.filter(reference__in=standing).values_list("reference").annotate(n=Count("pk"))
    held = dict(counted)
    cases = HoldOrder.objects.filter(id__in=standing, kind=HoldOrder.Kind.CASE)
    for order in cases:
        expected = standing[order.id]
        said = int(expected["items"])
        if held.get(order.id, 0) < said:
            yield difference("holds_missing", number=order.name, said=said, found=held.get(order.id, 0))
