"""What is forgotten is gone from rows and history; the history is made anew from the rows."""

from uuid import uuid4

import pytest

from people import employ
from settlements import LINE, PERSON, SETTLEMENT
from yidang.claims.forgetting import ask_to_forget, forget
from yidang.claims.history import anew, connect, folder
from yidang.claims.history.writing import follow
from yidang.claims.importing.operations import import_claims
from yidang.claims.models import Enrolee, Evidence, Line, QuarantinedRow, Settlement
from yidang.claims.sealed import row_of
from yidang.identity.policy import grant_for
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.oversight.findings import record_findings, start_run
from yidang.oversight.models import Case, Finding
from yidang.workflow.operations import approve

OTHER = SETTLEMENT | {"claim": "900002", "person": "P2"}
ORDER = {"item": "XC08CAA011A001010100001", "ordered_at": "2026-03-02 08:00:00", "stopped_at": ""}


@pytest.fixture
def two(importer, sheets, db):
    lines = [LINE, LINE | {"line": "2", "claim": "900002", "prescription": ""}]
    people = [PERSON, PERSON | {"person": "P2", "id_number": "", "name": "李四"}]
    orders = [ORDER | {"claim": "900001"}, ORDER | {"claim": "900002"}]
    import_claims(
        grant=importer, path=sheets(settlements=[SETTLEMENT, OTHER], lines=lines, persons=people, orders=orders)
    )


def claims_in(*tables):
    with connect() as db:
        return {table: {row for (row,) in db.execute(f"SELECT claim FROM {table}").fetchall()} for table in tables}


@pytest.fixture
def asker(db):
    return grant_for(employ("jiesuan", "inspector"))


@pytest.fixture
def head(db):
    return grant_for(employ("juzhang", "manager"))


def test_a_person_is_forgotten_by_two(two, asker, head):
    gone = Settlement.objects.get(claim=900001).person
    asked = ask_to_forget(grant=asker, enrolee_id=gone.id, reason="本人要求且保管期限已满")
    assert Settlement.objects.count() == 2
    approve(grant=head, approval_id=asked.id, second_factor_fresh=True)
    follow()
    assert list(Settlement.objects.values_list("claim", flat=True)) == [900002]
    assert not Enrolee.objects.filter(pk=gone.pk).exists()
    assert all(found == {900002} for found in claims_in("settlements", "lines", "orders").values())
    with connect() as db:
        assert (gone.person,) not in db.execute("SELECT person FROM persons").fetchall()


def test_what_an_open_case_rests_on_is_kept(two, asker, head):
    gone = Settlement.objects.get(claim=900001).person
    record_findings(start_run(rules=[("R18", "1")]), [_found()])
    case = Case.objects.create(provider="H1", opened_by_id=asker.staff_id, opened_at=now())
    Finding.objects.update(case=case)
    with pytest.raises(Conflict) as caught:
        ask_to_forget(grant=asker, enrolee_id=gone.id, reason="本人要求且保管期限已满")
    assert caught.value.facts["by"] == case.name


def _found():
    from yidang.oversight.findings import Found

    return Found(rule="R18", rule_version="1", text="同日重复", claim=900001, provider="H1", month="2026-03", lines=[])


def test_settlements_end_with_the_last_record_that_shows_them(two, importer):
    first, second = uuid4(), uuid4()
    person = employ("guidang", "archivist")
    for claim, item in ((900001, first), (900002, first), (900002, second)):
        Evidence.objects.create(settlement_id=claim, item=item, linked_by=person, linked_at="2026-03-09T00:00:00Z")
    forget([first])
    follow()
    assert list(Line.objects.values_list("settlement_id", flat=True)) == [900002]
    assert claims_in("settlements", "orders") == {"settlements": {900002}, "orders": {900002}}


def test_the_history_is_made_anew_from_the_rows(two):
    agreed = anew.rebuild(write=False)
    assert agreed["differences"] == {}
    for path in folder().glob("lines/**/*.parquet"):
        path.unlink()
    told = anew.rebuild()
    assert told["differences"] == {"lines": {"missing": 2, "surplus": 0}}
    assert anew.rebuild(write=False)["differences"] == {}
    assert claims_in("lines") == {"lines": {900001, 900002}}


def test_rows_kept_out_of_an_import_go_with_their_person(two, importer, sheets, asker, head):
    wrong = [SETTLEMENT | {"claim": "900007", "total_fen": "1"}, OTHER | {"claim": "900008", "total_fen": "1"}]
    import_claims(grant=importer, path=sheets(settlements=wrong, lines=[LINE | {"line": "9", "claim": "900009"}]))
    assert QuarantinedRow.objects.count() >= 3
    gone = Settlement.objects.get(claim=900001).person
    asked = ask_to_forget(grant=asker, enrolee_id=gone.id, reason="本人要求且保管期限已满")
    approve(grant=head, approval_id=asked.id, second_factor_fresh=True)
    said = [row_of(one)["row"] for one in QuarantinedRow.objects.all()]
    assert {row.get("person") for row in said if row.get("person")} == {"P2"}
    assert {row["claim"] for row in said if row.get("claim")} == {"900008", "900009"}


def test_boxes_of_a_forgotten_settlement_go_when_the_history_is_made_anew(two, importer, sheets):
    move = {"trace": "8" * 20, "claim": "900001", "line": "1", "moved_at": "2026-03-02 09:00:00", "kind": "sale"}
    lines = [LINE | {"line": "3", "claim": "900002", "prescription": "", "trace": "7" * 20}]
    import_claims(grant=importer, path=sheets(traces=[move], lines=lines))
    with connect() as db:
        assert set(db.execute("SELECT trace, claim FROM traces").fetchall()) == {("8" * 20, 900001), ("7" * 20, 900002)}
    assert "traces" not in anew.rebuild(write=False)["differences"]
    for path in folder().glob("traces/**/*.parquet"):
        path.unlink()
    told = anew.rebuild()
    assert told["differences"]["traces"] == {"missing": 1, "surplus": 0}
    assert "traces" in told["fileless"]


def test_moves_without_a_settlement_come_back_with_their_source(importer, sheets):
    move = {"trace": "8" * 20, "claim": "", "line": "", "moved_at": "2026-03-02 09:00:00", "kind": "return"}
    source = sheets(traces=[move])
    for _ in range(2):
        import_claims(grant=importer, path=source)
        with connect() as db:
            assert db.execute("SELECT trace, kind FROM traces").fetchall() == [("8" * 20, "return")]
        for path in folder().glob("traces/**/*.parquet"):
            path.unlink()
        assert "traces" in anew.rebuild()["fileless"]
