"""With the database lost, everything sealed comes back from store, keyring and ledger."""

import pytest
from django.db import connection

from yidang.holdings import operations, queries
from yidang.holdings.models import Item, NumberSequence
from yidang.holdings.rebuild import rebuild
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.identity.reach import as_owner
from yidang.kernel.errors import Conflict
from yidang.ledger.models import LedgerEntry
from yidang.preservation import repository

from .records import describing, draft, reading
from .test_verify import clear_store

pytestmark = pytest.mark.django_db

_TABLES = [
    "change",
    "hold",
    "itemscope",
    "identifier",
    "alias",
    "itemversion",
    "pendingversion",
    "page",
    "itemfile",
    "numbersequence",
]


def lose_catalogue():
    """All rows of holdings, though not the ledger's: those come back from its own files."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {','.join('holdings_' + table for table in [*_TABLES, 'item', 'volume'])} CASCADE")
        cursor.execute("ALTER SEQUENCE holdings_working_number RESTART")


def picture(item: Item) -> tuple:
    """What a user would miss."""
    return (
        item.reference_code,
        item.version,
        item.working_number,
        item.term,
        item.filed_at,
        item.page_count,
        queries.description(item),
        [reading.text() for reading in queries.page_readings(item)],
        [(v.number, v.at, v.actor, v.kind, v.reason, v.ledger_entry) for v in queries.versions(item)],
        sorted(item.aliases.values_list("reference_code", "is_legacy_code", "since")),
        sorted(item.scopes.values_list("kind", "value")),
        sorted((kind, bytes(digest)) for kind, digest in item.identifiers.values_list("kind", "digest")),
        list(item.pages.values_list("id", "number", "rotation", "file__ordinal", "file__locator")),
        queries.file_name(item, 1),
    )


@pytest.fixture
def items(file_one) -> list[Item]:
    clear_store()
    described = describing(person_name="张三、李四", id_number="11010519491231002X", department="心内科")
    one = file_one(described, pages=[reading("一"), reading("二")])
    pages = list(one.pages.values_list("id", flat=True))
    operations.arrange_pages(SYSTEM, item_id=one.pk, order=pages[::-1], turns={pages[0]: 180}, reason="页序")
    operations.move_item(SYSTEM, item_id=one.pk, to_series="CBDW", year=2025, reason="归错类")
    two = file_one(describing(legacy_code="旧-1998-永久-17"))
    operations.move_item(SYSTEM, item_id=two.pk, to_series="CBTS", year=2026, reason="归错类")
    volume = operations.create_volume(SYSTEM, series="CWPZ", year=2026, description=describing("三月凭证"))
    drafts = operations.create_drafts(SYSTEM, [draft(series="CWPZ"), draft(series="CWPZ")])
    operations.add_to_volume(SYSTEM, volume_id=volume.pk, item_ids=[item.pk for item in drafts])
    operations.seal_volume(SYSTEM, volume_id=volume.pk)
    return list(Item.objects.order_by("pk"))


def test_everything_comes_back_as_it_was(items):
    before = [picture(item) for item in items]
    sequences = set(NumberSequence.objects.values_list("prefix", "next_number"))
    lose_catalogue()
    report = rebuild()
    assert (report.items, report.differences) == (4, [])
    assert [picture(item) for item in Item.objects.order_by("pk")] == before
    assert set(NumberSequence.objects.values_list("prefix", "next_number")) == sequences
    assert verify().differences == []


def test_numbers_given_before_the_loss_are_never_given_again(items, file_one):
    former = items[0].aliases.get().reference_code if items[0].aliases.exists() else items[0].reference_code
    used = set(Item.objects.values_list("reference_code", flat=True)) | {former}
    lose_catalogue()
    rebuild()
    fresh = [file_one(series=series).reference_code for series in ("CBGR", "CBDW", "CBTS")]
    assert not used & set(fresh)
    assert Item.objects.values("working_number").distinct().count() == len(items) + 3


def test_a_number_whose_object_is_gone_stays_given(items, file_one):
    last = file_one(series="DYJS")
    repository.purge(last.pk)
    lose_catalogue()
    report = rebuild()
    assert [(loss.code, loss.facts["reference_code"]) for loss in report.differences] == [
        ("item_gone_from_store", last.reference_code)
    ]
    assert file_one(series="DYJS").reference_code.endswith("-000002")


def test_a_version_the_ledger_lost_is_named_and_told_again(items):
    entry = LedgerEntry.objects.filter(subject=items[0].pk).order_by("id").last()
    entry.delete()
    lose_catalogue()
    report = rebuild()
    assert [loss.code for loss in report.differences] == ["ledger_entry_lost"]
    assert verify().differences == []


def test_a_catalogue_with_items_is_left_alone(items):
    with pytest.raises(Conflict, match="catalogue_not_empty"):
        rebuild()
