"""A reader of one department learns nothing of the others: no item, no count, no number."""

import pytest

from yidang.holdings import operations, queries
from yidang.holdings.models import Hold
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotAllowed, NotFound

from .grants import ARCHIVIST, MISCONFIGURED_ADMIN, SYSTEM_ADMIN, reader
from .records import describing, draft

pytestmark = pytest.mark.django_db


def counts(grant) -> dict[str, int]:
    return {
        leaf.series.code: leaf.items
        for fonds in queries.tree(grant)
        for category in fonds.categories
        for leaf in category.children
        if leaf.items
    }


@pytest.fixture
def items(file_one):
    return {"dyg": file_one(series="DYJS"), "cbg": file_one(series="CBGR"), "jhg": file_one(series="XYDA")}


def test_a_reader_sees_the_items_of_the_own_section(items):
    assert list(queries.visible_items(reader("dyg"))) == [items["dyg"]]


def test_nothing_of_another_section_can_be_asked_for(items):
    other = items["cbg"]
    for asked in (other.pk, other.reference_code, other.working_number, str(other.pk)):
        with pytest.raises(NotFound, match="item_not_found"):
            queries.get_item(reader("dyg"), asked)
    with pytest.raises(NotFound, match="item_not_found"):
        queries.version_diff(reader("dyg"), other, 1, 1)
    with pytest.raises(NotFound, match="item_not_found"):
        queries.page_proof(reader("dyg"), other, 1)


def test_the_answer_is_the_same_for_what_is_hidden_and_what_is_not_there(items):
    answers = []
    for asked in (items["cbg"].reference_code, "J001-ZY·YB·CBGR·2026·D100-000999"):
        with pytest.raises(NotFound) as refused:
            queries.get_item(reader("dyg"), asked)
        answers.append((refused.value.code, sorted(refused.value.facts)))
    assert answers[0] == answers[1]


def test_the_tree_counts_only_what_is_visible(items):
    assert counts(reader("dyg")) == {"DYJS": 1}
    assert counts(ARCHIVIST) == {"DYJS": 1, "CBGR": 1, "XYDA": 1}


@pytest.mark.parametrize("grant", [SYSTEM_ADMIN, MISCONFIGURED_ADMIN], ids=["admin", "admin of all departments"])
def test_the_system_administrator_reads_nothing(items, grant):
    assert not queries.visible_items(grant).exists()
    assert counts(grant) == {}


def test_a_clinical_department_sees_its_own_patients_records(file_one):
    mine = file_one(describing(department="心内科二病区"), series="DYJS")
    file_one(describing(department="骨科"), series="DYJS")
    assert list(queries.visible_items(reader("k-xxg"))) == [mine]


def test_drafts_are_seen_by_archivists_only(scheme):
    (item,) = operations.create_drafts(SYSTEM, [draft(series="DYJS")])
    assert not queries.visible_items(reader("dyg")).exists()
    assert queries.get_item(ARCHIVIST, item.working_number) == item


def test_a_moved_item_changes_hands(items):
    item = items["cbg"]
    operations.move_item(ARCHIVIST, item_id=item.pk, to_series="DYMZ", year=2026, reason="归错类")
    assert queries.get_item(reader("dyg"), item.reference_code).pk == item.pk
    with pytest.raises(NotFound):
        queries.get_item(reader("cbg"), item.reference_code)


def test_a_reader_changes_nothing(items):
    with pytest.raises(NotAllowed):
        operations.save_description(reader("dyg"), item_id=items["dyg"].pk, description=describing(), reason="试试")


def test_an_item_on_hold_stays_where_it_is(items):
    Hold.objects.create(item=items["cbg"], room="claims", reason_code="dispute", placed_at=clock.now())
    with pytest.raises(Conflict, match="item_on_hold"):
        operations.move_item(ARCHIVIST, item_id=items["cbg"].pk, to_series="DYMZ", year=2026, reason="归错类")


@pytest.mark.parametrize(
    "spelling",
    [
        "J001-ZY·YB·DYJS·2026·D30-000001",
        " j001-zy.yb.dyjs.2026.d30-000001 ",
        "Ｊ００１－ＺＹ・ＹＢ・ＤＹＪＳ・２０２６・Ｄ３０－０００００１",
        "J001—ZY•YB•DYJS•2026•D30—000001",
    ],
)
def test_a_code_is_found_however_it_is_typed(items, spelling):
    assert queries.get_item(reader("dyg"), spelling) == items["dyg"]
