"""What is right comes in, what is wrong stays out with its reason, and the same again changes nothing."""

import pytest

from people import employ
from settlements import LINE, PERSON, SETTLEMENT, message
from yidang.claims.history import connect, writing
from yidang.claims.history.anew import rebuild
from yidang.claims.importing.operations import import_claims, tend
from yidang.claims.importing.quarantine import as_sheet
from yidang.claims.models import Enrolee, HistoryChange, Import, Line, Settlement, SettlementEvent
from yidang.claims.sealed import before, opened, words_of
from yidang.claims.traces import entering
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry


def reasons(outcome):
    return {(one["row"], one["code"], one["field"]) for one in outcome.quarantined}


def in_history(query):
    return connect().execute(query).fetchall()


def test_a_settlement_stands_in_rows_and_history(importer, whole):
    outcome = import_claims(grant=importer, path=whole)
    assert (outcome.received, outcome.accepted, outcome.quarantined) == (3, 3, [])
    found = Settlement.objects.get()
    assert (found.claim, found.total_fen, found.lines, found.version) == (900001, 30000, 1, 1)
    assert opened(found)["main"] == "I10.x00"
    assert words_of(Enrolee.objects.get())["name"] == "张三丰"
    assert in_history("SELECT claim, person, main_diagnosis, month FROM settlements") == [
        (900001, found.person_id, "I10.x00", "2026-03")
    ]
    assert in_history("SELECT line, class, month FROM lines") == [(1, "drug", "2026-03")]
    assert LedgerEntry.objects.filter(action="claims.imported").count() == 1


def test_nothing_that_names_a_person_or_an_illness_stands_in_clear(importer, whole):
    import_claims(grant=importer, path=whole)
    found, person = Settlement.objects.get(), Enrolee.objects.get()
    for sealed in (found.sealed, person.sealed):
        for word in ("I10", "张三丰", "11010519491231002X"):
            assert word.encode() not in bytes(sealed)
    assert person.person != 1
    assert "P1" not in str(in_history("SELECT * FROM persons"))


def test_the_same_again_changes_nothing(importer, whole):
    import_claims(grant=importer, path=whole)
    again = import_claims(grant=importer, path=whole)
    assert (again.accepted, again.quarantined) == (3, [])
    assert (Settlement.objects.count(), Line.objects.count(), Enrolee.objects.count()) == (1, 1, 1)
    assert in_history("SELECT count(*) FROM lines") == [(1,)]
    assert not SettlementEvent.objects.exists()


def test_a_correction_is_an_event_that_keeps_what_stood_before(importer, whole, sheets):
    import_claims(grant=importer, path=whole)
    cheaper = SETTLEMENT | {"total_fen": "15000", "fund_fen": "5000"}
    line = LINE | {"quantity": "1", "amount_fen": "15000"}
    import_claims(grant=importer, path=sheets(settlements=[cheaper], lines=[line]))
    assert (Settlement.objects.get().total_fen, Settlement.objects.get().version) == (15000, 2)
    event = SettlementEvent.objects.get()
    assert (event.kind, event.version) == ("corrected", 2)
    assert before(event)["header"]["total_fen"] == "30000"
    assert before(event)["lines"][0]["amount_fen"] == "30000"
    assert in_history("SELECT total_fen FROM settlements") == [(15000,)]
    assert in_history("SELECT amount_fen FROM lines") == [(15000,)]


def test_a_reversal_marks_what_it_takes_back(importer, whole, sheets):
    import_claims(grant=importer, path=whole)
    back = SETTLEMENT | {"claim": "900002", "total_fen": "-30000", "fund_fen": "-20000", "own_fen": "-10000"}
    import_claims(grant=importer, path=sheets(settlements=[back | {"reverses": "900001"}]))
    assert all(Settlement.objects.values_list("reversed", flat=True))
    assert SettlementEvent.objects.get().kind == "reversed"
    assert in_history("SELECT count(*) FROM lines WHERE reversed") == [(1,)]
    assert not HistoryChange.objects.exists()


def test_a_line_that_was_kept_out_comes_later(importer, sheets):
    wrong = LINE | {"line": "2", "amount_fen": "5000", "quantity": "many"}
    settlement = SETTLEMENT | {"total_fen": "35000", "fund_fen": "25000"}
    first = import_claims(grant=importer, path=sheets(settlements=[settlement], lines=[LINE, wrong]))
    assert (3, "type_wrong", "quantity") in reasons(first)
    assert Line.objects.count() == 1
    right = wrong | {"quantity": "1", "unit_price_fen": "5000"}
    import_claims(grant=importer, path=sheets(lines=[right]))
    assert Line.objects.count() == 2
    assert Settlement.objects.get().version == 2
    assert in_history("SELECT count(*) FROM lines") == [(2,)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fund_fen": "20001"}, "fund_split_sum"),
        ({"total_fen": "30001", "own_fen": "10001"}, "lines_sum"),
        ({"discharged_at": "2026-02-01"}, "discharge_before_admission"),
        ({"days": "4"}, "days_differ"),
        ({"settled_at": "1026-03-06"}, "date_absurd"),
        ({"visit": "holiday"}, "visit_unknown"),
        ({"total_fen": "300.5"}, "type_wrong"),
        ({"provider": ""}, "provider_missing"),
        ({"region": "=1+1"}, "formula_cell"),
    ],
)
def test_what_keeps_a_settlement_out(importer, sheets, change, code):
    outcome = import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT | change], lines=[LINE]))
    assert code in {reason for row, reason, _field in reasons(outcome) if row == 2}
    assert not Settlement.objects.exists()
    assert not Line.objects.exists()


def test_the_rest_comes_in_and_the_bad_rows_go_back_as_a_sheet(importer, sheets):
    other = SETTLEMENT | {"claim": "900009", "fund_fen": "1"}
    stray = LINE | {"line": "9", "claim": "4711"}
    outcome = import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT, other], lines=[LINE, stray]))
    assert (outcome.accepted, outcome.rejected) == (2, 2)
    text = as_sheet(Import.objects.get())
    assert "fund_split_sum" in text
    assert "claim_unknown" in text
    assert "4711" in text


def test_messages_of_the_national_interface(importer, messages):
    wrong = message(setl_id="SETL-2026-0002", psn_part_amt=99.99)
    invalid = message(setl_id="SETL-2026-0003", psn_no="1100000002", certno="110105194912310021")
    outcome = import_claims(grant=importer, path=messages(message(), wrong, {"infno": "4101"}, invalid))
    assert reasons(outcome) >= {
        (2, "fund_split_sum", "fund_fen"),
        (3, "message_malformed", "setlinfo"),
        (4, "id_number_invalid", "id_number"),
    }
    found = Settlement.objects.get()
    assert found.fees == {"9": [30000, 30000, 0, 0, 0]}
    assert found.funds == {"hifp_pay": 20000}
    assert [one["code"] for one in opened(found)["diagnoses"]] == ["I10.x00", "E11.900"]
    assert Line.objects.get().unit_price_fen == 15000


def test_one_main_diagnosis(importer, messages):
    given = message()
    given["input"]["diseinfo"][1]["maindiag_flag"] = "1"
    assert {code for _row, code, _field in reasons(import_claims(grant=importer, path=messages(given)))} >= {
        "main_diagnosis_count"
    }


def test_the_fifteen_digit_number_leads_to_the_same_person(importer, sheets):
    old = PERSON | {"person": "P2", "id_number": "110105491231002"}
    second = SETTLEMENT | {"claim": "900002", "person": "P2"}
    import_claims(grant=importer, path=sheets(settlements=[SETTLEMENT], persons=[PERSON]))
    import_claims(grant=importer, path=sheets(settlements=[second], persons=[old]))
    assert Enrolee.objects.count() == 1
    assert Enrolee.objects.get().sources.count() == 2


def test_an_import_that_breaks_takes_nothing_in(importer, whole, monkeypatch):
    from yidang.claims.importing import operations

    def broken(*_given):
        raise OSError

    monkeypatch.setattr(operations.writing, "lay_boxes", broken)
    with pytest.raises(OSError):  # noqa: PT011 - the disk is full
        import_claims(grant=importer, path=whole)
    assert not Settlement.objects.exists()
    assert Import.objects.get().state == "failed"


def test_what_was_committed_but_not_published_is_published_later(importer, whole, sheets, monkeypatch):
    from yidang.claims.history import publishing

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "publish", lambda _batch: None)
        import_claims(grant=importer, path=whole)
    assert in_history("SELECT count(*) FROM lines") == [(0,)]
    import_claims(grant=importer, path=sheets(persons=[PERSON]))
    assert in_history("SELECT count(*) FROM lines") == [(1,)]


@pytest.mark.parametrize("half", [False, True])
def test_a_kill_between_the_rows_and_the_history_loses_nothing(importer, whole, sheets, monkeypatch, half):
    """What the rows say as well is made anew from them; moves of boxes lay ready before."""
    import_claims(grant=importer, path=whole)
    corrected = sheets(
        settlements=[SETTLEMENT | {"total_fen": "5200", "fund_fen": "3200", "own_fen": "2000"}],
        lines=[LINE | {"amount_fen": "5200", "unit_price_fen": "2600", "trace": "81000000000000000001"}],
    )

    def killed(_db, batch):
        if half:
            draft = writing.rest_folder(batch).with_name(".rest") / "lines" / "month=2026-01"
            draft.mkdir(parents=True)
            (draft / "data_0.parquet").write_bytes(b"PAR1 cut short")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing, "lay_rest", killed)
        with pytest.raises(KeyboardInterrupt):
            import_claims(grant=importer, path=corrected)
    assert Import.objects.first().state == "accepted"
    assert in_history("SELECT amount_fen FROM lines") != [(5200,)]
    tend()
    assert Import.objects.first().state == "published"
    assert in_history("SELECT amount_fen, trace FROM lines") == [(5200, "81000000000000000001")]
    assert in_history("SELECT total_fen FROM settlements") == [(5200,)]
    assert in_history("SELECT trace FROM traces") == [("81000000000000000001",)]
    assert rebuild(write=False)["differences"] == {}
    assert entering.enter_published() == 1


def test_what_is_refused_as_a_whole(importer, tmp_path, sheets):
    (tmp_path / "link").symlink_to("/etc/hostname")
    for path, code in (
        (tmp_path / "none", "claims_path_missing"),
        (tmp_path / "link", "claims_path_linked"),
        (sheets(stuff=[{"a": "1"}]), "claims_headings_unknown"),
    ):
        with pytest.raises(Invalid) as told:
            import_claims(grant=importer, path=path)
        assert told.value.code == code


def test_only_who_may_imports(whole, db):
    with pytest.raises(NotAllowed):
        import_claims(grant=grant_for(employ("lisi", "security_admin")), path=whole)


def test_invented_claims_come_in_whole_and_only_once(importer, tmp_path):
    """Parquet, with what was planted to be doubted: what was paid comes in, and doubting it is for the rules."""
    from yidang.claims.generator.making import generate

    generate(lines=3000, seed=5, out=tmp_path / "made")
    outcome = import_claims(grant=importer, path=tmp_path / "made")
    assert (outcome.quarantined, outcome.accepted) == ([], outcome.received)
    assert in_history("SELECT count(*) FROM lines") == [(outcome.lines,)] == [(Line.objects.count(),)]
    again = import_claims(grant=importer, path=tmp_path / "made")
    assert (again.accepted, Line.objects.count()) == (outcome.accepted, outcome.lines)
    assert not SettlementEvent.objects.exists()


def test_a_row_with_more_cells_than_headings_stays_out(importer, whole, sheets):
    import_claims(grant=importer, path=whole)
    folder = sheets(lines=[LINE | {"line": "2"}])
    path = folder / "lines.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",more\n", encoding="utf-8")
    assert (2, "cells_surplus", "") in reasons(import_claims(grant=importer, path=folder))
    assert Line.objects.count() == 1
