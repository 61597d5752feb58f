"""Whatever is changed behind the system's back is named."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from yidang.holdings import operations
from yidang.holdings.models import Fonds, Identifier, Item, ItemScope, ItemVersion, Page, RetentionRule, Series
from yidang.holdings.sealing import seal_description
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.ledger.models import LedgerEntry
from yidang.preservation import repository

from .records import describing, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(file_one) -> Item:
    clear_store()
    item = file_one(
        describing(person_name="张三", id_number="11010519491231002X", department="心内科", legacy_code=""),
        pages=[reading("一"), reading("二")],
    )
    operations.save_description(SYSTEM, item_id=item.pk, description=describing(person_name="李四"), reason="更正")
    item = operations.move_item(SYSTEM, item_id=item.pk, to_series="CBDW", year=2026, reason="归错类")
    assert verify().differences == []
    return item


def clear_store():
    """Other tests' objects outlive their rows."""
    for object_id in list(repository.object_ids()):
        repository.purge(object_id)


def codes() -> set[str]:
    return {difference.code for difference in verify().differences}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("term", "D10"),
        ("year", 2020),
        ("document_type", "invoice"),
        ("security_class", "public"),
        ("is_paper_only", True),
        ("page_count", 9),
        ("filed_by", "someone"),
    ],
)
def test_a_changed_column_is_named(item, column, value):
    Item.objects.filter(pk=item.pk).update(**{column: value})
    (difference,) = verify().differences
    assert (difference.code, difference.facts["column"]) == ("column_changed", column)
    assert difference.facts["reference_code"] == item.reference_code


def test_a_description_swapped_for_another_items_is_found(item, file_one):
    other = file_one()
    Item.objects.filter(pk=item.pk).update(description=other.description)
    assert codes() == {"description_row_damaged"}


def test_an_older_description_put_back_is_found(item):
    Item.objects.filter(pk=item.pk).update(description=seal_description(item.pk, describing("别的题名")))
    assert codes() == {"description_row_changed"}


def test_an_item_removed_from_the_catalogue_is_found(item):
    item.delete()
    assert "item_gone" in codes()


def test_an_object_removed_from_the_store_is_found(item):
    repository.purge(item.pk)
    assert codes() == {"object_missing_from_store"}


def test_an_object_that_no_row_knows_is_found(item):
    stranger = repository.NewVersion(
        object_id=uuid4(), number=1, content={"a": b"b"}, created=clock.now(), actor="x", action="y"
    )
    repository.write_objects([stranger])
    assert codes() >= {"object_unexpected"}


def test_another_version_number_is_found(item):
    Item.objects.filter(pk=item.pk).update(version=2)
    assert "version_wrong" in codes()


def test_scope_identifier_alias_and_page_rows_are_held_against_the_store(item):
    ItemScope.objects.create(item=item, kind="department", value="dyg")
    assert codes() == {"scopes_changed"}
    Identifier.objects.filter(item=item).delete()
    assert codes() == {"scopes_changed", "identifiers_changed"}
    item.aliases.all().delete()
    assert codes() >= {"aliases_changed"}
    Page.objects.filter(item=item, number=1).update(rotation=90)
    assert codes() >= {"page_rows_changed"}


def test_scopes_of_other_rooms_are_theirs(item):
    ItemScope.objects.create(item=item, kind="loan", value="1")
    assert not codes()


def test_history_rows_are_held_against_the_store(item):
    ItemVersion.objects.filter(item=item, number=2).update(actor="someone else")
    assert codes() == {"version_row_changed", "ledger_entry_differs"}
    ItemVersion.objects.filter(item=item, number=1).delete()
    assert "history_differs" in codes()


def test_a_ledger_entry_removed_or_altered_is_found(item):
    entry = LedgerEntry.objects.filter(subject=item.pk, action="item.filed").get()
    entry.delete()
    assert codes() >= {"ledger_entry_missing"}


def test_a_department_given_another_series_is_found(item):
    Series.objects.filter(code="CBGR").update(department_id="dyg")
    assert codes() == {"series_changed"}


def test_a_changed_retention_rule_or_fonds_is_found(item):
    RetentionRule.objects.filter(code=RetentionRule.objects.earliest("pk").code).update(term="D1")
    assert codes() == {"retention_rule_changed"}
    Fonds.objects.filter(code="J002").update(name_zh="别的")
    assert codes() == {"retention_rule_changed", "fonds_changed"}


def test_a_number_that_vanished_is_found(item, file_one):
    second = file_one(series="DYJS")
    file_one(series="DYJS")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE holdings_item SET reference_code = 'X001-1' WHERE id = %s", [second.pk])
    assert codes() >= {"number_missing", "column_changed"}


def test_bytes_flipped_in_the_store_are_found(item):
    (newest, *_) = sorted((settings.YIDANG.home / "store").rglob("v3/content/*"))
    data = bytearray(newest.read_bytes())
    data[-1] ^= 1
    newest.chmod(0o600)
    newest.write_bytes(bytes(data))
    assert codes() == {"content_altered"}
    assert {found.facts["reference_code"] for found in verify([item.reference_code]).differences} == {
        item.reference_code
    }


def test_an_original_replaced_by_another_is_found(item):
    (original, *_) = sorted((settings.YIDANG.home / "store").rglob("v1/content/*-0"))
    original.chmod(0o600)
    original.write_bytes(b"another scan")
    assert codes() == {"content_altered"}


def test_a_version_in_the_making_is_no_damage(item, monkeypatch):
    def crash(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("yidang.holdings.operations.writing.project", crash)
        with pytest.raises(KeyboardInterrupt):
            operations.save_description(SYSTEM, item_id=item.pk, description=describing(), reason="更正")
    assert codes() == {"version_unfinished"}
    operations.finish_interrupted()
    assert not codes()
