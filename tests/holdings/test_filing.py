"""Filing: the 档号, the store, the catalogue and the ledger, all or none."""

import pytest

from yidang.holdings import operations, queries
from yidang.holdings.models import Change, Item, ItemState, ItemVersion, NumberSequence
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.preservation import repository
from yidang.preservation.content import open_content

from .grants import SYSTEM_ADMIN
from .records import describing, draft, draft_file, ids, reading
from .test_verify import clear_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(scheme) -> list[Item]:
    clear_store()
    return operations.create_drafts(SYSTEM, [draft(), draft(), draft()])


class Killed(BaseException):
    """Stands for kill -9: nothing handles it."""


def killed(*_args, **_more):
    raise Killed


def test_files_get_running_numbers_in_the_order_given(drafts):
    filed = operations.file_items(SYSTEM, [drafts[2].pk, drafts[0].pk, drafts[1].pk])
    assert [item.reference_code for item in filed] == [f"J001-ZY·YB·CBGR·2026·D100-{n:06d}" for n in (1, 2, 3)]
    assert ids(filed)[0] == drafts[2].pk


def test_a_filed_item_stands_in_store_catalogue_ledger_and_outbox(scheme):
    (item,) = operations.create_drafts(SYSTEM, [draft(data=b"bytes as received", pages=[reading("一"), reading("二")])])
    (item,) = operations.file_items(SYSTEM, [item.pk])
    assert repository.names(item.pk) == ["description", "original/1", "provenance", "text"]
    with open_content(item.files.get().locator) as original:
        assert original.read() == b"bytes as received"
    assert queries.page_reading(item, 2).text() == "二"
    assert not item.pages.exclude(reading=None).exists()
    assert Change.objects.filter(item=item.pk).exists()
    entry = LedgerEntry.objects.get(subject=item.pk)
    assert ItemVersion.objects.get(item=item).ledger_entry == entry.id


def test_a_draft_with_unread_pages_or_no_title_waits_for_a_person(scheme):
    unread, untitled = operations.create_drafts(SYSTEM, [draft(pages=[None]), draft(describing(title=""))])
    assert operations.file_items(SYSTEM, [unread.pk, untitled.pk]) == []
    assert set(Item.objects.values_list("state", flat=True)) == {ItemState.WAITING}
    assert not NumberSequence.objects.exists()


def test_a_legacy_number_is_kept_verbatim_and_once(scheme):
    both = operations.create_drafts(SYSTEM, [draft(describing(legacy_code=" 旧.1998-永久-17号 ")) for _ in range(2)])
    (item,) = operations.file_items(SYSTEM, ids(both))
    assert (item.reference_code, item.is_legacy_code) == ("旧.1998-永久-17号", True)
    assert queries.get_item(SYSTEM, "旧.1998-永久-17号").pk == item.pk


def test_a_counter_steps_over_a_number_brought_in_verbatim(file_one):
    clear_store()
    file_one(describing(legacy_code="J001-ZY·YB·CBGR·2026·D100-000002"))
    assert [file_one().reference_code[-6:] for _ in range(2)] == ["000001", "000003"]
    assert verify().differences == []


def test_a_paper_only_item_needs_no_file(scheme):
    paper = draft(describing(pages=12), is_paper_only=True)
    paper = type(paper)(**vars(paper) | {"files": ()})
    (item,) = operations.create_drafts(SYSTEM, [paper])
    (item,) = operations.file_items(SYSTEM, [item.pk])
    assert (item.page_count, item.is_paper_only) == (12, True)
    assert verify([item.reference_code]).differences == []


def test_filing_twice_files_once(drafts):
    first = operations.file_items(SYSTEM, ids(drafts))
    again = operations.file_items(SYSTEM, ids(drafts))
    assert [item.reference_code for item in again] == [item.reference_code for item in first]
    assert LedgerEntry.objects.filter(action="item.filed", subject__in=ids(drafts)).count() == 3


@pytest.mark.parametrize("step", ["write_objects", "append_many", "_mark_filed", "note_changes"])
def test_killed_at_any_step_it_is_finished_with_the_same_numbers(drafts, monkeypatch, step):
    with monkeypatch.context() as broken:
        broken.setattr(f"yidang.holdings.operations.filing.{step}", killed)
        with pytest.raises(Killed):
            operations.file_items(SYSTEM, ids(drafts))
    reserved = dict(Item.objects.values_list("pk", "reference_code"))
    assert set(Item.objects.values_list("state", flat=True)) == {ItemState.FILING}
    assert operations.finish_interrupted() == 3
    assert dict(Item.objects.values_list("pk", "reference_code")) == reserved
    assert verify().differences == []
    assert LedgerEntry.objects.filter(action="item.filed", subject__in=ids(drafts)).count() == 3


def test_numbers_reserved_by_a_killed_filing_are_not_given_to_others(drafts, monkeypatch, file_one):
    with monkeypatch.context() as broken:
        broken.setattr("yidang.holdings.operations.filing.write_objects", killed)
        with pytest.raises(Killed):
            operations.file_items(SYSTEM, [drafts[0].pk])
    assert file_one().reference_code.endswith("-000002")
    (late,) = operations.file_items(SYSTEM, [drafts[0].pk])
    assert late.reference_code.endswith("-000001")


def test_one_bytes_twice_is_recognised_by_its_code(scheme):
    file = draft_file(b"the same scan", reading("一"))
    (item,) = operations.create_drafts(SYSTEM, [draft(files=[file])])
    operations.file_items(SYSTEM, [item.pk])
    found = queries.find_by_digest([file.digest, b"unknown"])
    assert found[file.digest].reference_code.endswith("-000001")
    assert list(found) == [file.digest]


def test_who_may_not_confirm_cannot_file(drafts):
    with pytest.raises(NotAllowed):
        operations.file_items(SYSTEM_ADMIN, ids(drafts))


def test_a_filed_item_is_no_draft_any_more(file_one):
    item = file_one()
    with pytest.raises(Conflict, match="item_not_draft"):
        operations.describe(item_id=item.pk, description=describing(), by="system:test")
    with pytest.raises(Conflict, match="item_not_draft"):
        operations.discard_drafts(SYSTEM, [item.pk])


def test_no_column_holds_a_word_of_the_record_in_clear(scheme):
    words = ("张三", "11010519491231002X", "13812345678", "高血压", "扫描 001.jpg", "姓名")
    described = describing(
        person_name=words[0], id_number=words[1], phone=words[2], diagnosis=words[3], legacy_code="旧1"
    )
    items = operations.create_drafts(SYSTEM, [draft(described), draft(described)])
    operations.file_items(SYSTEM, [items[0].pk])
    from django.apps import apps

    rows = [
        repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
        for model in apps.get_models()
        if model._meta.app_label in {"holdings", "ledger"}
        for row in model.objects.values_list()
    ]
    for word in words:
        spellings = (word, repr(word.encode())[2:-1])
        assert not [row for row in rows if any(spelling in row for spelling in spellings)]
