"""The register of use, its statistics, and the analysis of a quarter."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from people import employ
from yidang.access.lending import analysing, analysis_rules
from yidang.access.lending.counter import hand_over_loan
from yidang.access.lending.effects import register_of
from yidang.access.lending.models import UseAnalysis
from yidang.access.lending.opening import end_reading
from yidang.access.lending.statistics import statistics
from yidang.identity.policy import grant_for
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry

from .lending_people import agreed, asked, crew, foreign_record
from .records import ask
from .visitors import visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


@pytest.fixture
def used(people, record):
    """Read once for three persons, and its paper taken out once."""
    agreed(people, asked(people, record, persons=3, purpose="personal"), "section")
    out = agreed(people, asked(people, record, form="out"), "section", "head")
    return hand_over_loan(people.grant("storekeeper"), loan_id=out.id, condition="intact")


def this_year():
    today = clock.today()
    return {"first": today - timedelta(days=1), "last": today}


def test_persons_volumes_items_purpose_and_effect_are_counted(people, record, used):
    found = statistics(people.grant("archivist"), **this_year())
    assert found.total.numbers == (2, 4, 0, 2, 2 * record.page_count)
    assert {row.key: row.persons for row in found.tables["purpose"]} == {"personal": 3, "work": 1}
    assert {row.key for row in found.tables["kind"]} == {"screen", "out"}
    assert [row.key for row in found.tables["effect"]] == [""]


def test_the_sheet_says_the_same(people, used):
    desk = visiting(people.archivist)
    book = load_workbook(BytesIO(desk.get("/use/statistics.xlsx").content))
    assert book.sheetnames == ["利用方式", "用途", "利用效果", "股室"]
    rows = [[cell.value for cell in row] for row in book["用途"].iter_rows()]
    assert rows[2][:5] == ["个人凭证", 1, 3, 0, 1] or rows[2][:5] == ["工作查考", 1, 1, 0, 1]
    assert rows[-1][:3] == ["∑", 2, 4]
    assert [cell.value for cell in book["利用效果"][3]][:2] == ["尚未登记", 2]
    assert LedgerEntry.objects.filter(action="use.exported").count() == 1


def test_others_see_what_they_used_themselves(people, used):
    stranger = grant_for(employ("bieren", "reader", "dyg"))
    assert register_of(people.grant("borrower"), **this_year()).count() == 2
    assert not register_of(stranger, **this_year()).exists()


def test_a_search_leaves_its_time_in_the_entry_it_writes_anyway(people, record):
    before = LedgerEntry.objects.count()
    ask("登记表", people.grant("archivist"))
    assert LedgerEntry.objects.count() == before + 1
    assert b'"ms":' in bytes(LedgerEntry.objects.get(action="search.performed").entry)


def test_refused_and_failed_searches_are_kept_sealed(people, record):
    desk = visiting(people.borrower)
    assert desk.post("/search/", {"q": "11010519491231002X"}).status_code == 403
    assert desk.post("/search/", {"q": "药"}).status_code == 422
    rows = {row.action: bytes(row.entry) for row in LedgerEntry.objects.filter(action__startswith="search.")}
    assert set(rows) == {"search.refused", "search.failed"}
    assert not any(b"11010519491231002X" in entry or "药".encode() in entry for entry in rows.values())


def test_the_quarter_is_analysed_with_proposals(people, record, used):
    for _ in range(2):
        ask("个人参保登记变更", people.grant("archivist"))
        visiting(people.borrower).post("/search/", {"q": "11010519491231002X"})
    year, quarter = analysis_rules.quarter_of(clock.today())
    made = analysing.analyse_use(people.grant("head"), year=year, quarter=quarter)
    _, body = analysing.get_analysis(people.grant("archivist"), made.id)
    assert body["figures"]["empty"] == 2
    assert body["figures"]["refused"] == 2
    assert body["empty"] == [["个人参保登记变更", 2]]
    assert {"refused_id_number_search_not_allowed"} < {one["kind"] for one in body["proposals"]}
    assert "个人参保".encode() not in bytes(UseAnalysis.objects.get().sealed)
    page = visiting(people.archivist).get(f"/use/analyses/{made.id}/").content.decode()
    assert "按身份证号检索被拒绝 2 次" in page
    assert "个人参保登记变更" in page


def test_only_the_archive_analyses_and_only_what_has_begun(people):
    with pytest.raises(NotAllowed):
        analysing.analyse_use(people.grant("section"), year=2026, quarter=1)
    with pytest.raises(Invalid, match="use_quarter_wrong"):
        analysing.analyse_use(people.grant("head"), year=2999, quarter=1)


def test_the_pages_open(people, used):
    end = agreed(people, asked(people, foreign_record_of(used)), "section")
    end_reading(people.grant("borrower"), loan_id=end.id)
    paths = ["/loans/", "/loans/new/", "/use/", "/use/statistics/", f"/loans/{used.id}/", f"/loans/{end.id}/"]
    for name, more in (
        ("archivist", ["/loans/desk/", "/loans/counter/", "/loans/overdue/", "/copies/", "/use/analyses/"]),
        ("head", ["/loans/desk/"]),
        ("section", ["/loans/desk/"]),
    ):
        desk = visiting(getattr(people, name))
        for path in [*paths, *more]:
            assert desk.get(path).status_code == 200, (name, path)
    desk = visiting(people.storekeeper)
    assert desk.get(f"/loans/{used.id}/").status_code == 200
    assert "核对参保信息" not in desk.get(f"/loans/{used.id}/").content.decode()
    assert desk.get(f"/loans/{used.id}/letter/").status_code == 200


def foreign_record_of(loan):
    from yidang.holdings.models import Item

    return Item.objects.get(pk=loan.records.get().item)
