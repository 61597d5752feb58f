"""Holds changed behind the system's back are named."""

from uuid import uuid4

import pytest

from yidang.disposition import holding, kinds
from yidang.disposition.audit import verify_holds
from yidang.disposition.models import HoldOrder
from yidang.holdings.models import Hold
from yidang.kernel import clock

from .records import PERSON, file

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return [one.code for one in verify_holds()]


@pytest.fixture
def orders(bureau):
    items = file(count=2, id_number=PERSON)
    by_case = holding.place_on_case(bureau.archivist, case="甲", codes=[items[0].reference_code], reason="案件")
    by_person = holding.place_on_person(bureau.archivist, person=PERSON, reason="举报核查")
    assert codes() == []
    return by_case, by_person, items


def test_holds_placed_and_lifted_agree_with_the_ledger(bureau, orders):
    bureau.sanction(kinds.LIFT, {"order": str(orders[1].id)})
    assert codes() == []


@pytest.mark.parametrize("room", ["disposition", "access"])
def test_a_hold_slipped_in(orders, room):
    item = orders[2][1]
    Hold.objects.create(item=item, room=room, reason_code="case", placed_at=clock.now(), reference=uuid4())
    (found,) = verify_holds()
    assert (found.code, found.facts["reference_code"]) == ("hold_inserted", item.reference_code)


def test_a_hold_taken_away(orders):
    Hold.objects.filter(reference=orders[0].id).delete()
    assert codes() == ["holds_missing"]


def test_an_order_lifted_or_deleted_from_outside(bureau, orders):
    by = {"lift_asked_by": bureau.archivist.staff_id, "lift_allowed_by": bureau.head.staff_id}
    HoldOrder.objects.filter(pk=orders[1].pk).update(lifted_at=clock.now(), **by)
    assert codes() == ["hold_order_changed"]
    HoldOrder.objects.filter(pk=orders[1].pk).delete()
    assert "hold_order_lost" in codes()
