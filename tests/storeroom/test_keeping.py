"""Rooms, boxes, what lies in them, and where it went."""

from uuid import uuid4

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.storeroom import operations, queries
from yidang.storeroom.keeping import labels, making, moving
from yidang.storeroom.keeping.reference import reference_sheet
from yidang.storeroom.keeping.rules import Tag, place_code, read_tag
from yidang.storeroom.models import Keeping, Place

from .records import file


@pytest.fixture
def boxes(store):
    return making.make_boxes(store.keeper, count=2, place="K1-01-01")


def entries(action):
    return LedgerEntry.objects.filter(action=action).count()


def test_places_are_made_once_each_and_only_by_who_keeps_the_store(store):
    assert list(Place.objects.values_list("code", flat=True)) == ["K1", "K1-01", "K1-01-01", "K1-01-02"]
    assert making.make_parts(store.keeper, parent="k1-01", first=1, last=3)[0].code == "K1-01-03"
    with pytest.raises(Conflict, match="place_taken"):
        making.make_room(store.keeper, code="k1", name="", zone="store")
    with pytest.raises(Conflict, match="place_has_no_parts"):
        making.make_parts(store.keeper, parent="K1-01-01", first=1, last=1)
    for other in (store.head, store.doctor):
        with pytest.raises(NotAllowed):
            making.make_room(other, code="K9", name="", zone="store")


def test_a_record_goes_into_a_box_by_its_code_and_moves_with_one_row_each(store, boxes):
    (item,) = file()
    first, second = boxes
    moving.put_into_box(store.keeper, box=first.code, things=[item.reference_code])
    moving.put_into_box(store.keeper, box=first.code, things=[f"yd:item:{item.pk}"])
    assert queries.place_of(item.pk) == queries.Whereabouts(first.code, "K1-01-01", "K1", is_out=False)
    assert entries("paper.boxed") == 1
    moving.put_into_box(store.keeper, box=second.code, things=[item.reference_code])
    moving.move_box(store.keeper, box=second.code, place="K1-01-02")
    assert queries.place_of(item.pk).place == "K1-01-02"
    assert (entries("paper.boxed"), entries("box.moved")) == (2, 1)
    assert queries.place_of(uuid4()) is None


def test_the_reference_sheet_of_a_box_says_what_lies_in_it(store, boxes):
    first, last = file(2)
    moving.put_into_box(store.keeper, box=boxes[0].code, things=[first.reference_code, last.reference_code])
    boxes[0].refresh_from_db()
    document = pypdfium2.PdfDocument(reference_sheet(boxes[0], "zh"))
    text = document[0].get_textpage().get_text_bounded()
    for said in (
        "盒内备考表",
        boxes[0].code,
        "本盒共 2 件、0 卷",
        first.reference_code,
        "K1-01-01",
        "整理人",
        "检查人",
    ):
        assert said in text


def test_a_shelf_holds_what_it_holds(store, boxes):
    making.make_boxes(store.keeper, count=1, place="K1-01-01")
    with pytest.raises(Conflict, match="shelf_is_full"):
        making.make_boxes(store.keeper, count=1, place="K1-01-01")
    with pytest.raises(Conflict, match="place_holds_no_boxes"):
        moving.move_box(store.keeper, box=boxes[0].code, place="K1")


def test_what_is_out_is_not_moved_and_comes_back_once(store, boxes):
    (item,) = file()
    moving.put_into_box(store.keeper, box=boxes[0].code, things=[item.reference_code])
    operations.take_out(store.keeper, item_id=item.pk, reference=uuid4())
    assert queries.place_of(item.pk).is_out
    with pytest.raises(Conflict, match="thing_is_out"):
        operations.take_out(store.keeper, item_id=item.pk)
    with pytest.raises(Conflict, match="thing_is_out"):
        moving.put_into_box(store.keeper, box=boxes[1].code, things=[item.reference_code])
    operations.put_back(store.keeper, item_id=item.pk)
    with pytest.raises(Conflict, match="thing_not_out"):
        operations.put_back(store.keeper, item_id=item.pk)
    with pytest.raises(NotFound, match="paper_not_kept"):
        operations.take_out(store.keeper, item_id=uuid4())


def test_the_paper_of_a_destroyed_record_is_still_in_its_box_and_says_so(store, boxes):
    (item,) = file()
    moving.put_into_box(store.keeper, box=boxes[0].code, things=[item.reference_code])
    operations.forget([item.pk])
    assert Keeping.objects.get().is_ended
    assert queries.place_of(item.pk) is None
    with pytest.raises(Conflict, match="box_not_empty"):
        making.close_box(store.keeper, box=boxes[0].code)
    moving.take_from_box(store.keeper, thing=item.pk, code=item.reference_code)
    assert making.close_box(store.keeper, box=boxes[0].code).is_closed


def test_a_shelf_has_no_name_and_says_whose_it_is():
    room = Place(code="K1", name="一号库房")
    shelf = Place(code="K1-01-02", parent=Place(code="K1-01", parent=room))
    assert labels.of_place(shelf).line == "一号库房"


def test_labels_are_read_back_from_the_sheet(store, boxes):
    import pypdfium2
    import zxingcpp

    (item,) = file()
    moving.put_into_box(store.keeper, box=boxes[0].code, things=[item.reference_code])
    made = [labels.of_place(store.room), *map(labels.of_box, boxes), *labels.of_contents(boxes[0])] * 7
    for form, pages, on_page in (("sheet", 2, 24), ("single", 28, 1)):
        document = pypdfium2.PdfDocument(labels.draw(made, form))
        assert len(document) == pages
        picture = document[0].render(scale=3).to_pil()
        read = [found.text for found in zxingcpp.read_barcodes(picture)]
        assert sorted(read) == sorted(one.tag.label for one in made[:on_page])
        document.close()


@given(st.sampled_from(["place", "box", "item", "volume"]), st.uuids(), st.integers(0, 999_999))
def test_a_label_says_again_what_was_put_on_it(kind, some, number):
    value = {"place": "K1-02-03", "box": f"H{number:06d}"}.get(kind, str(some))
    tag = Tag(kind, value)
    assert read_tag(tag.label) == read_tag(str(tag)) == tag


@given(st.text(max_size=60))
def test_any_other_text_is_no_label(text):
    try:
        tag = read_tag(text)
    except Invalid:
        return
    assert text.strip().removeprefix("yd:") == str(tag)


@given(st.text(max_size=12))
def test_codes_of_places_stay_readable(text):
    try:
        code = place_code("K1", text)
    except Invalid:
        return
    assert code.startswith("K1-")
    assert read_tag(f"place:{code}").value == code


def test_the_counter_of_loans_has_its_paper_carried(store, boxes):
    from yidang.access.lending import ports

    (kept, unkept), loan = file(2), uuid4()
    moving.put_into_box(store.keeper, box=boxes[0].code, things=[kept.reference_code])
    for item in (kept, unkept):
        ports.store().take_out(store.keeper, item_id=item.pk, reference=loan)
        ports.store().take_out(store.keeper, item_id=item.pk, reference=loan)
    assert ports.store().place_of(kept.pk) == f"K1-01-01 · {boxes[0].code}"
    assert ports.store().place_of(unkept.pk) == ""
    for item in (kept, unkept):
        ports.store().put_back(store.keeper, item_id=item.pk)
        ports.store().put_back(store.keeper, item_id=item.pk)
    assert (entries("paper.taken_out"), entries("paper.put_back")) == (1, 1)
