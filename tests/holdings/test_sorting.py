"""Scanned stacks taken apart and put together by hand before filing."""

import pytest

from yidang.holdings import operations, queries
from yidang.holdings.drafts import PageProperties
from yidang.holdings.models import Item, ItemFile, ItemState
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed

from .grants import reader
from .records import describing, draft, draft_file, ids, reading

pytestmark = pytest.mark.django_db


def texts(item: Item) -> list[str]:
    return [page.text() for page in queries.page_readings(item)]


@pytest.fixture
def stack(scheme) -> Item:
    files = [draft_file(b"scan one", reading("一"), reading("二")), draft_file(b"scan two", reading("三"))]
    (item,) = operations.create_drafts(SYSTEM, [draft(files=files)])
    return item


def test_a_stack_is_cut_where_asked(stack):
    first, second, third = operations.split_item(SYSTEM, item_id=stack.pk, starts=[2, 3])
    assert first.pk == stack.pk
    assert [texts(item) for item in (first, second, third)] == [["一"], ["二"], ["三"]]
    assert [item.page_count for item in (first, second, third)] == [1, 1, 1]
    assert [item.files.count() for item in (first, second, third)] == [1, 1, 1]


def test_pieces_can_be_filed_with_the_bytes_as_received(stack):
    pieces = operations.split_item(SYSTEM, item_id=stack.pk, starts=[2])
    for piece in pieces[1:]:
        operations.describe(item_id=piece.pk, description=describing("第二件"), by="system:test")
    filed = operations.file_items(SYSTEM, ids(pieces))
    assert [item.reference_code[-6:] for item in filed] == ["000001", "000002"]
    assert [queries.file_name(filed[1], ordinal) for ordinal in (1, 2)] == ["扫描 001.jpg"] * 2
    assert verify([item.reference_code for item in filed]).differences == []


@pytest.mark.parametrize("starts", [[], [1], [4], [3, 2], [2, 2]])
def test_a_cut_outside_the_stack_is_refused(stack, starts):
    with pytest.raises(Invalid, match="split_wrong"):
        operations.split_item(SYSTEM, item_id=stack.pk, starts=starts)


def test_what_was_cut_can_be_joined_again(stack):
    pieces = operations.split_item(SYSTEM, item_id=stack.pk, starts=[2, 3])
    whole = operations.join_items(SYSTEM, item_ids=ids(pieces))
    assert texts(whole) == ["一", "二", "三"]
    assert ItemFile.objects.filter(item=whole).count() == 2
    assert Item.objects.count() == 1


def test_items_of_other_series_are_not_joined(scheme):
    items = operations.create_drafts(SYSTEM, [draft(series="CBGR"), draft(series="DYJS")])
    with pytest.raises(Conflict, match="item_of_other_series"):
        operations.join_items(SYSTEM, item_ids=ids(items))


def test_joining_takes_two(stack):
    with pytest.raises(Invalid, match="join_wrong"):
        operations.join_items(SYSTEM, item_ids=[stack.pk, stack.pk])


def test_pages_of_a_draft_change_order_and_turn(stack):
    one, two, three = stack.pages.values_list("id", flat=True)
    operations.arrange_draft_pages(SYSTEM, item_id=stack.pk, order=[two, one, three], turns={one: 180})
    assert texts(stack) == ["二", "一", "三"]
    assert queries.page_reading(stack, 2).lines[0].box == pytest.approx([0.1, 0.85, 0.9, 0.9])


def test_filed_items_are_neither_cut_nor_joined(file_one, stack):
    filed = file_one()
    with pytest.raises(Conflict, match="item_not_draft"):
        operations.split_item(SYSTEM, item_id=filed.pk, starts=[2])
    with pytest.raises(Conflict, match="item_not_draft"):
        operations.join_items(SYSTEM, item_ids=[stack.pk, filed.pk])


def test_a_reader_sorts_nothing(stack):
    with pytest.raises(NotAllowed):
        operations.split_item(reader("cbg"), item_id=stack.pk, starts=[2])


def test_the_last_page_read_tells_that_all_are(scheme):
    (item,) = operations.create_drafts(SYSTEM, [draft(pages=[None, None])])
    one, two = item.pages.values_list("id", flat=True)
    sealed = PageProperties(width=10, height=20, has_seal=True, text_origin="ocr")
    assert operations.save_reading(page_id=two, reading=reading("二"), properties=sealed) is False
    assert operations.save_reading(page_id=one, reading=reading("一"), properties=PageProperties()) is True
    item.refresh_from_db()
    assert texts(item) == ["一", "二"]
    assert item.has_seal


def test_a_draft_described_by_a_person_leaves_a_trace(stack):
    from yidang.ledger.models import LedgerEntry

    operations.describe(
        item_id=stack.pk,
        description=describing("改过的题名", institution="H110105", security_class="敏感"),
        by="a-person",
        document_type="invoice",
        state=ItemState.WAITING,
    )
    stack.refresh_from_db()
    assert (stack.institution, stack.security_class, stack.document_type) == ("H110105", "sensitive", "invoice")
    assert LedgerEntry.objects.get(subject=stack.pk).actor == "a-person"


def test_discarded_drafts_are_gone(stack):
    operations.discard_drafts(SYSTEM, [stack.pk])
    assert not Item.objects.exists()
