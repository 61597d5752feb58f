"""With the database lost, the ledger tells again where all paper lies."""

import pytest

from yidang.storeroom import operations, queries, restoring
from yidang.storeroom.keeping import making, moving
from yidang.storeroom.models import Box, Keeping, Outgoing, Place

from .records import file

pytestmark = pytest.mark.django_db


def picture() -> tuple:
    return (
        list(Place.objects.values_list("id", "kind", "parent", "zone", "code", "name", "capacity")),
        list(Box.objects.order_by("number").values_list("number", "place__code", "is_closed")),
        sorted(Keeping.objects.values_list("thing", "kind", "box__number", "is_ended")),
        list(Outgoing.objects.order_by("taken_at").values_list("thing", "reason_code", "taken_by", "back_by")),
    )


def test_places_boxes_and_what_is_out_come_back(store):
    first, second, third = making.make_boxes(store.keeper, count=3)
    one, two, three = file(3)
    moving.move_box(store.keeper, box=first.code, place="K1-01-01")
    moving.put_into_box(store.keeper, box=first.code, things=[one.reference_code, two.reference_code])
    moving.put_into_box(store.keeper, box=second.code, things=[two.reference_code, three.reference_code])
    moving.take_from_box(store.keeper, thing=three.pk, code=three.reference_code)
    making.close_box(store.keeper, box=third.code)
    operations.take_out(store.keeper, item_id=one.pk)
    operations.put_back(store.keeper, item_id=one.pk)
    operations.take_out(store.keeper, item_id=two.pk)
    before = picture()
    for model in (Outgoing, Keeping, Box):
        model.objects.all().delete()
    Place.objects.filter(kind="shelf").delete()
    Place.objects.filter(kind="row").delete()
    Place.objects.all().delete()
    back = restoring.restore()
    assert picture() == before
    assert back["storeroom_keeping"] == 2
    assert queries.place_of(two.pk).is_out
    (box,) = making.make_boxes(store.keeper, count=1)
    assert box.number > third.number
