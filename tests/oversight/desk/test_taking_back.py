"""Settled funds change only by two persons: what a signed decision does to the settlement it is about."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from settlements import HOSPITAL, LINE, PERSON, SETTLEMENT
from yidang.claims import history
from yidang.claims.history.writing import follow
from yidang.claims.importing.operations import import_claims
from yidang.claims.models import Settlement, SettlementEvent
from yidang.claims.queries import account_of, event_of
from yidang.identity.policy import system_grant
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.oversight.cases import deciding, filing, opening, overturning, recovering
from yidang.oversight.cases.deciding import Proposal
from yidang.oversight.cases.overturning import Fall
from yidang.oversight.desk.verdicts import give_verdict
from yidang.oversight.findings import record_findings
from yidang.oversight.models import Case, Finding
from yidang.workflow.operations import approve

from .conftest import found
from .test_pages import visit  # noqa: F401 - a fixture

CLAIM = int(SETTLEMENT["claim"])


@pytest.fixture
def sheets(tmp_path):
    import csv

    def write(**tables):
        folder = tmp_path / f"in{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for table, rows in tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    yield write
    shutil.rmtree(Path(settings.YIDANG.home) / "analytics", ignore_errors=True)


@pytest.fixture
def settled(db, sheets):
    import_claims(grant=system_grant("test"), path=sheets(settlements=[SETTLEMENT], lines=[LINE], persons=[PERSON]))


@pytest.fixture
def asked(settled, run, inspector, colleague):
    """A decision that one has proposed: 50 yuan of the settlement were not owed."""
    record_findings(run, [found(CLAIM, provider=HOSPITAL, lines=[(1, 5000)])])
    doubt = Finding.objects.get()
    give_verdict(grant=inspector, finding_id=doubt.id, answer="confirm", reason="rule_holds")
    case = opening.open_case(grant=inspector, findings=[doubt.id], inspectors=[colleague.staff_id])
    deciding.hear(grant=inspector, case_id=case.id, words="机构承认", came=True)
    told = Proposal("against", "属实", behaviour="A15-8", ratio=Decimal("1.5"), upheld=[doubt.id])
    return deciding.propose(grant=inspector, case_id=case.id, proposal=told)


def test_only_the_second_signature_changes_what_the_fund_paid(asked, signer, inspector):
    assert Settlement.objects.get().fund_fen == 20000
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    one, event = Settlement.objects.get(), SettlementEvent.objects.get()
    assert (one.fund_fen, one.total_fen, one.own_fen, one.version) == (15000, 30000, 10000, 2)
    assert (event.kind, event.amount_fen, event.version) == ("recovered", 5000, 2)
    assert (event.asked_by_id, event.by_id, event.approval) == (inspector.staff_id, signer.staff_id, asked.id)
    assert account_of(inspector, CLAIM).taken_back_fen == 5000
    assert event_of(inspector, CLAIM, 2)[1]["header"]["fund_fen"] == 20000
    assert LedgerEntry.objects.filter(action="settlement.recovered", subject=event.id).count() == 1


def test_the_history_follows_and_an_import_does_not_undo_it(asked, signer, sheets):
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    follow()
    with history.connect() as db:
        assert db.execute("SELECT fund_fen, total_fen FROM settlements").fetchall() == [(15000, 30000)]
    again = sheets(settlements=[SETTLEMENT | {"department": "04"}], lines=[LINE], persons=[PERSON])
    told = import_claims(grant=system_grant("test"), path=again)
    assert "settlement_decided" in {row["code"] for row in told.quarantined}
    assert Settlement.objects.get().fund_fen == 15000


def test_nobody_changes_it_by_hand(settled):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_settlement SET fund_fen = fund_fen - 1, version = version + 1")


@pytest.fixture
def fallen(asked, signer, inspector, colleague):
    """A decision paid and taken back in whole by two."""
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    case = Case.objects.get()
    filing.hand_out_notice(grant=inspector, case_id=case.id)
    paid = recovering.enter_payment(grant=inspector, case_id=case.id, paid_on=today(), amount_fen=12500, voucher="V1")
    recovering.confirm_payment(grant=colleague, case_id=case.id, payment_id=paid.id)
    fall = Fall("review", "复议决定：事实不清", [Finding.objects.get().id])
    word = overturning.ask_to_overturn(grant=inspector, case_id=case.id, fall=fall)
    with pytest.raises(NotAllowed):
        approve(grant=inspector, approval_id=word.id, second_factor_fresh=True)
    approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    return Case.objects.get()


def test_a_decision_that_falls_gives_the_settlement_back_what_it_took(fallen, inspector, signer, sheets):
    one = Settlement.objects.get()
    events = list(SettlementEvent.objects.order_by("version").values_list("kind", "amount_fen", "asked_by", "by"))
    assert (one.fund_fen, one.version, account_of(inspector, CLAIM).taken_back_fen) == (20000, 3, 0)
    assert events[1] == ("restored", 5000, inspector.staff_id, signer.staff_id)
    assert (fallen.state, fallen.due_fen, Finding.objects.get().state) == ("overturned", 0, "cleared")
    follow()
    with history.connect() as db:
        assert db.execute("SELECT fund_fen FROM settlements").fetchall() == [(20000,)]
    again = sheets(settlements=[SETTLEMENT | {"department": "04"}], lines=[LINE], persons=[PERSON])
    assert not import_claims(grant=system_grant("test"), path=again).quarantined


def test_what_fell_is_shown_with_its_amount(fallen, inspector, colleague, scheme, visit):  # noqa: F811 - the fixture
    from io import BytesIO

    from openpyxl import load_workbook

    from yidang.identity.models import Staff

    doubt = Finding.objects.get()
    assert (doubt.upheld_fen, doubt.fallen_fen, doubt.counted_fen, doubt.standing) == (0, 5000, 0, "fallen")
    desk = visit(Staff.objects.get(pk=inspector.staff_id))
    for address in (f"/oversight/cases/{fallen.id}/", f"/oversight/findings/{doubt.id}/"):
        page = desk.get(address).content.decode()
        assert "<del>50.00</del>" in page, address
        assert "已撤销</span>" in page, address
        assert "其余已由同一明细的其他疑点计入" not in page, address
    filed = {"grant": inspector, "case_id": fallen.id}
    page = desk.get(f"/oversight/cases/{fallen.id}/").content.decode()
    assert "尚有 125.00 元应退还机构，退还后方可结案归档。" in page
    assert f"/oversight/cases/{fallen.id}/close/" not in page
    refund = recovering.enter_payment(paid_on=today(), amount_fen=12500, voucher="T1", is_refund=True, **filed)
    recovering.confirm_payment(grant=colleague, case_id=fallen.id, payment_id=refund.id)
    filing.close_case(**filed)  # nothing is left to be taken back, though a closed case may yet fall
    assert 'id="fall-words"' not in desk.get(f"/oversight/cases/{fallen.id}/").content.decode()
    for address, fell in (("sheet/?state=all", 50), ("cases/sheet/?show=closed", 125)):
        book = load_workbook(BytesIO(desk.get(f"/oversight/{address}").content)).active
        head, row = book.iter_rows(values_only=True)
        assert row[head.index("已撤销金额（元）")] == fell, address
    (told,) = filing.notice_words(fallen)["doubts"]
    assert told[-1] == 5000  # the letter of then, fetched again, says what it said
    (told,) = filing.report_words(fallen)["doubts"]
    assert told[-2:] == (5000, "fallen")


def test_what_was_paid_for_it_is_owed_to_the_institution(fallen, inspector, colleague):
    assert recovering.recovery_of(fallen).owed_fen == 12500
    with pytest.raises(Conflict):
        filing.close_case(grant=inspector, case_id=fallen.id)
    given = {"grant": inspector, "case_id": fallen.id, "paid_on": today(), "is_refund": True}
    with pytest.raises(Invalid):
        recovering.enter_payment(amount_fen=12501, voucher="T0", **given)
    refund = recovering.enter_payment(amount_fen=12500, voucher="T1", **given)
    recovering.confirm_payment(grant=colleague, case_id=fallen.id, payment_id=refund.id)
    assert recovering.recovery_of(fallen).owed_fen == 0
    assert filing.hand_out_fall(grant=inspector, case_id=fallen.id).startswith(b"%PDF")
