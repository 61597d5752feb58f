"""Every change to a filed item is a version that can be compared and taken back."""

import pytest

from yidang.holdings import operations, queries
from yidang.holdings.models import Alias, Item, PendingVersion
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.models import LedgerEntry

from .records import describing, reading

pytestmark = pytest.mark.django_db


def change_title(item: Item, title: str, **more) -> Item:
    return operations.save_description(
        SYSTEM, item_id=item.pk, description=describing(title), reason="更正题名", **more
    )


def test_a_saved_description_is_a_new_version_with_its_reason(file_one):
    item = change_title(file_one(), "李四参保登记表")
    assert item.version == 2
    assert queries.description(item).title == "李四参保登记表"
    first, second = queries.versions(item)
    assert (first.kind, second.kind, second.reason) == ("filed", "described", "更正题名")
    assert queries.version_description(item, 1).title == "张三参保登记表"


def test_a_diff_names_field_before_and_after(file_one):
    item = change_title(file_one(), "李四参保登记表")
    diff = queries.version_diff(SYSTEM, item, 1, 2)
    assert [(c.key, c.before, c.after) for c in diff.fields] == [("title", "张三参保登记表", "李四参保登记表")]
    assert not diff.pages


def test_two_people_at_once_do_not_overwrite_each_other(file_one):
    item = change_title(file_one(), "李四参保登记表", expected_version=1)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        change_title(item, "王五参保登记表", expected_version=1)


def test_a_change_without_a_reason_is_refused(file_one):
    with pytest.raises(Invalid, match="reason_missing"):
        operations.save_description(SYSTEM, item_id=file_one().pk, description=describing(), reason=" ")


def test_an_earlier_version_comes_back_as_a_new_one(file_one):
    item = change_title(file_one(), "李四参保登记表")
    item = operations.restore_version(SYSTEM, item_id=item.pk, number=1, reason="误改")
    assert item.version == 3
    assert queries.description(item).title == "张三参保登记表"
    assert not queries.version_diff(SYSTEM, item, 1, 3)


def test_a_moved_item_has_a_new_code_and_answers_to_the_old(file_one):
    item = file_one(series="CBGR")
    old = item.reference_code
    item = operations.move_item(SYSTEM, item_id=item.pk, to_series="CBDW", year=2025, reason="归错类")
    assert item.reference_code == "J001-ZY·YB·CBDW·2025·Y-000001"
    assert item.term == "Y"
    assert queries.get_item(SYSTEM, old).pk == item.pk
    assert file_one(series="CBGR").reference_code != old


def test_pages_change_order_and_turn_with_their_text(file_one):
    item = file_one(pages=[reading("一"), reading("二"), reading("三")])
    one, two, three = item.pages.values_list("id", flat=True)
    item = operations.arrange_pages(
        SYSTEM, item_id=item.pk, order=[three, one, two], turns={three: 90}, reason="页序颠倒"
    )
    assert [page.text() for page in queries.page_readings(item)] == ["三", "一", "二"]
    turned = item.pages.get(number=1)
    assert (turned.rotation, turned.width, turned.height) == (90, 2339, 1654)
    assert queries.page_reading(item, 1).lines[0].box == pytest.approx([0.85, 0.1, 0.9, 0.9])
    kinds = [(c.kind, c.before, c.after) for c in queries.version_diff(SYSTEM, item, 1, 2).pages]
    assert kinds == [("moved", 3, 1), ("turned", 3, 1), ("moved", 1, 2), ("moved", 2, 3)]


def test_every_version_leaves_one_ledger_entry_without_a_word_of_the_record(file_one):
    item = change_title(file_one(), "李四参保登记表")
    entries = LedgerEntry.objects.filter(subject=item.pk).order_by("id")
    assert [entry.action for entry in entries] == ["item.filed", "item.described"]
    assert "李四" not in bytes(entries[1].entry).decode()


def test_a_version_interrupted_before_the_catalogue_is_finished_later(file_one, monkeypatch):
    item = file_one()
    with monkeypatch.context() as broken:
        broken.setattr("yidang.holdings.operations.writing.project", _crash)
        with pytest.raises(KeyboardInterrupt):
            change_title(item, "李四参保登记表")
    assert PendingVersion.objects.count() == 1
    assert operations.finish_interrupted() == 1
    item.refresh_from_db()
    assert (item.version, queries.description(item).title) == (2, "李四参保登记表")
    assert not PendingVersion.objects.exists()


def _crash(*_args, **_more):
    raise KeyboardInterrupt


def test_aliases_stay_through_later_versions(file_one):
    item = file_one()
    operations.move_item(SYSTEM, item_id=item.pk, to_series="CBDW", year=2026, reason="归错类")
    operations.move_item(SYSTEM, item_id=item.pk, to_series="CBTS", year=2026, reason="再移")
    assert Alias.objects.filter(item=item).count() == 2
