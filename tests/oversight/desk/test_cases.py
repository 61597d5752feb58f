"""From confirmed doubts to a decision by two, what came back, and the case in the archive."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from people import CLINIC, employ
from yidang.identity.institutions import register_institution
from yidang.identity.policy import grant_for, system_grant
from yidang.intake.models import Accession
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.oversight import ports
from yidang.oversight.cases import deciding, filing, opening, overturning, papers, recovering, rules
from yidang.oversight.cases.deciding import Proposal
from yidang.oversight.cases.letter import notice_pdf
from yidang.oversight.cases.overturning import Fall
from yidang.oversight.cases.papers import Given
from yidang.oversight.cases.queries import account_of
from yidang.oversight.desk.reading import open_finding
from yidang.oversight.desk.verdicts import give_verdict
from yidang.oversight.findings import record_findings
from yidang.oversight.models import Case, CaseFile, Finding, PaperRequest
from yidang.oversight.views.case_page import fallen
from yidang.workflow import approvals
from yidang.workflow.models import Deadline, Task
from yidang.workflow.operations import approve

from .conftest import found

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def clerk(db):
    return grant_for(employ("jigou", "institution_clerk", CLINIC))


@pytest.fixture
def case(run, inspector, colleague):
    record_findings(run, [found(provider=CLINIC, doctor="D1"), found(2, provider=CLINIC, lines=[(21, 100)])])
    doubts = list(Finding.objects.order_by("number"))
    for one in doubts:
        give_verdict(grant=inspector, finding_id=one.id, answer="confirm", reason="rule_holds")
    return opening.open_case(grant=inspector, findings=[one.id for one in doubts], inspectors=[colleague.staff_id])


@pytest.fixture
def heard(case, inspector):
    return deciding.hear(grant=inspector, case_id=case.id, words="机构承认重复收费", came=True)


def proposal(case, **more):
    first = case.findings.order_by("number").first()
    told = {"outcome": "against", "words": "重复收费属实", "behaviour": "A15-8", "ratio": Decimal("1.5")}
    return Proposal(**(told | {"upheld": [first.id], "staff": ["D1"]} | more))


@pytest.fixture
def decided(heard, inspector, signer):
    asked = deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard))
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    return Case.objects.get(pk=heard.pk)


@given(st.integers(0, 10**12), st.decimals(0, 5, places=2))
def test_a_fine_is_the_loss_so_many_times(loss, ratio):
    assert abs(Decimal(rules.fine_fen(loss, ratio)) - loss * ratio) <= Decimal("0.5")


def test_two_inspectors_and_one_institution(run, inspector, colleague):
    record_findings(run, [found(provider=CLINIC), found(2, lines=[(5, 5)], provider="H99010000001")])
    doubts = list(Finding.objects.all())
    for one in doubts:
        give_verdict(grant=inspector, finding_id=one.id, answer="confirm", reason="rule_holds")
    with pytest.raises(Invalid):
        opening.open_case(grant=inspector, findings=[doubts[0].id], inspectors=[])
    with pytest.raises(Conflict):
        opening.open_case(grant=inspector, findings=[one.id for one in doubts], inspectors=[colleague.staff_id])


def test_the_institution_answers_once_and_sees_only_its_own(case, inspector, clerk):
    asked = papers.ask_papers(grant=inspector, case_id=case.id, words="请提供三月病历", days=5)
    assert asked.answer_by >= today() + timedelta(days=5)
    other = grant_for(employ("bieren", "institution_clerk", _another()))
    with pytest.raises(NotFound):
        papers.read_request(other, asked.id)
    assert papers.read_request(clerk, asked.id)[1] == "请提供三月病历"
    files = [Given("病历.pdf", PDF), Given("表.exe", b"MZ\x90\x00")]
    papers.answer_papers(grant=clerk, request_id=asked.id, words="确有重复", files=files)
    assert list(CaseFile.objects.values_list("refused", flat=True)) == ["", "papers_file_kind"]
    assert papers.answer_words(PaperRequest.objects.get()) == "确有重复"
    with pytest.raises(Conflict):
        papers.answer_papers(grant=clerk, request_id=asked.id, words="再说")
    assert Case.objects.get().state == "answered"


def test_a_hearing_takes_no_days_to_answer_away_and_a_decision_ends_them(case, inspector, clerk, signer):
    first = papers.ask_papers(grant=inspector, case_id=case.id, words="请提供三月病历")
    second = papers.ask_papers(grant=inspector, case_id=case.id, words="请提供四月病历")
    deciding.hear(grant=inspector, case_id=case.id, words="当面陈述", came=True)
    papers.answer_papers(grant=clerk, request_id=first.id, words="确有重复")
    assert Case.objects.get().state == "heard"
    assert _open_tasks(clerk) == [second.id]
    assert list(papers.requests_for(clerk)) == [second, first]  # what waits stands above what was answered
    asked = deciding.propose(grant=inspector, case_id=case.id, proposal=proposal(case))
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    assert not _open_tasks(clerk)
    assert not Deadline.objects.filter(subject=second.id, met_at__isnull=True).exists()
    with pytest.raises(Conflict, match="papers_not_awaited"):
        papers.answer_papers(grant=clerk, request_id=second.id, words="补充")


def _open_tasks(clerk):
    own = Task.objects.filter(kind=papers.TASK, assignee=clerk.staff_id, closed_at=None)
    return list(own.values_list("subject", flat=True))


def _another():
    from yidang.identity.institutions import register_institution
    from yidang.identity.policy import system_grant

    return register_institution(grant=system_grant("test"), code="H99010000077", name="另一医院").pk


def test_nobody_is_decided_against_unheard(case, inspector):
    with pytest.raises(Conflict):
        deciding.hear(grant=inspector, case_id=case.id, words="未到", came=False)
    with pytest.raises(Conflict):
        deciding.propose(grant=inspector, case_id=case.id, proposal=proposal(case))
    papers.ask_papers(grant=inspector, case_id=case.id, words="请说明", days=1)
    PaperRequest.objects.update(answer_by=today() - timedelta(days=1))
    assert deciding.hear(grant=inspector, case_id=case.id, words="逾期未答", came=False).hearing_waived


@pytest.mark.parametrize(
    "wrong", [{"ratio": Decimal(3)}, {"behaviour": "A99"}, {"upheld": []}, {"outcome": "maybe"}, {"words": " "}]
)
def test_proposals_that_the_law_does_not_carry(heard, inspector, wrong):
    with pytest.raises(Invalid):
        deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard, **wrong))


def test_two_sign_and_the_credit_archive_hears_of_it(heard, inspector, colleague, signer, monkeypatch):
    offered = []

    class Archive:
        def offer(self, decided):
            offered.append(decided)

        def fallen(self, decided, *, in_part):
            assert not in_part
            offered.remove(decided)

    monkeypatch.setattr(ports, "_scoring", Archive())
    asked = deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard))
    for grant in (inspector, colleague):
        with pytest.raises(NotAllowed):
            approve(grant=grant, approval_id=asked.id, second_factor_fresh=True)
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    done = Case.objects.get()
    assert (done.state, done.loss_fen, done.fine_fen) == ("decided", 5000, 7500)
    assert sorted(done.findings.values_list("state", flat=True)) == ["cleared", "upheld"]
    assert [(one.provider, one.staff) for one in offered] == [(CLINIC, ("D1",))]
    upheld = done.findings.get(state="upheld")
    word = overturning.ask_to_overturn(grant=colleague, case_id=done.id, fall=Fall("suit", "判决", [upheld.id]))
    approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    assert offered == []


def test_a_decision_that_falls_by_parts_tells_the_credit_archive_each_time(heard, inspector, signer, monkeypatch):
    told = []

    class Archive:
        def offer(self, decided): ...

        def fallen(self, decided, *, in_part):
            told.append((decided.case_id, in_part))

    monkeypatch.setattr(ports, "_scoring", Archive())
    both = list(heard.findings.values_list("id", flat=True))
    asked = deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard, upheld=both))
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    for ground, one in zip(("review", "suit"), both, strict=True):
        word = overturning.ask_to_overturn(grant=inspector, case_id=heard.id, fall=Fall(ground, "裁判", [one]))
        approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    assert told == [(heard.id, True), (heard.id, False)]
    grounds = dict(heard.findings.values_list("id", "fallen_ground"))
    assert [grounds[one] for one in both] == ["review", "suit"]
    assert [one.standing for one in open_finding(inspector, both[0]).alike] == ["fallen"]


def test_what_comes_back_is_counted_by_two(decided, inspector, colleague):
    assert filing.hand_out_notice(grant=inspector, case_id=decided.id).startswith(b"%PDF")
    with pytest.raises(Invalid):
        recovering.plan_recovery(grant=inspector, case_id=decided.id, instalments=[(today(), 1)])
    halves = [(today(), 6000), (today() + timedelta(days=30), 6500)]
    recovering.plan_recovery(grant=inspector, case_id=decided.id, instalments=halves)
    paid = recovering.enter_payment(
        grant=inspector, case_id=decided.id, paid_on=today(), amount_fen=12500, voucher="V1"
    )
    assert recovering.recovery_of(decided).behind_fen == 6000
    with pytest.raises(NotAllowed):
        recovering.confirm_payment(grant=inspector, case_id=decided.id, payment_id=paid.id)
    with pytest.raises(Conflict):
        filing.close_case(grant=inspector, case_id=decided.id)
    recovering.confirm_payment(grant=colleague, case_id=decided.id, payment_id=paid.id)
    assert recovering.recovery_of(decided).open_fen == 0


def test_the_letter_can_be_read(decided, inspector):
    import pypdfium2

    register_institution(grant=system_grant("test"), code=decided.provider, name="测试县医院")
    words = filing.notice_words(decided)
    document = pypdfium2.PdfDocument(io.BytesIO(notice_pdf(words)))
    text = document[0].get_textpage().get_text_range()
    assert "处理决定书" in text
    assert "75.00" in text
    assert "行政复议" in text
    assert "测试县医院" in text
    for one in decided.findings.filter(state="upheld"):  # what was found stands in the letter, settlement by settlement
        assert one.name in text
        assert str(one.claim) in text


def test_the_letter_that_asks_for_papers_can_be_read(case, inspector, monkeypatch):
    import pypdfium2

    one = SimpleNamespace(number="51000001", claim=1, settled_at=datetime(2026, 3, 8, 17, tzinfo=UTC))
    monkeypatch.setattr(filing, "doubted", lambda _asked: [(one, [])])
    asked = papers.ask_papers(grant=inspector, case_id=case.id, words="请提供住院病历", days=5)
    letter = filing.hand_out_request(grant=inspector, case_id=case.id, request_id=asked.id)
    text = pypdfium2.PdfDocument(io.BytesIO(letter))[0].get_textpage().get_text_bounded()
    assert asked.name in text
    assert "请提供住院病历" in text
    assert "结算流水号 51000001" in text  # on paper too nobody guesses which files to look out
    assert "2026-03-09" in text


def test_a_case_ends_as_a_record(heard, inspector, signer, scheme):
    asked = deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard, outcome="for"))
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    closed = filing.close_case(grant=inspector, case_id=heard.id)
    made = Accession.objects.get(pk=closed.accession)
    assert (made.series_id, closed.state) == ("JHWS", "closed")
    connection.check_constraints()


def _lines_of(approval):
    return approvals.content_of(approval).lines


def test_a_part_may_fall_and_the_rest_stands(heard, inspector, signer, monkeypatch):
    both = [one.id for one in heard.findings.order_by("number")]
    asked = deciding.propose(grant=inspector, case_id=heard.id, proposal=proposal(heard, upheld=both))
    approve(grant=signer, approval_id=asked.id, second_factor_fresh=True)
    word = overturning.ask_to_overturn(grant=inspector, case_id=heard.id, fall=Fall("own", "其中一笔有误", both[1:]))
    shown = set(map(tuple, _lines_of(word)))
    falls = heard.findings.get(id=both[1]).name
    assert {
        ("医疗机构", "", CLINIC),
        ("撤销依据", "", "本机关自行纠正"),
        ("不再成立的疑点", "", falls),
    } <= shown
    assert (f"案件 {heard.name}", "认定违规", "决定已部分撤销") in shown
    approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    left = Case.objects.get()
    assert [one.name for one in fallen(account_of(inspector, left.id))] == [falls]
    assert (left.state, left.loss_fen, left.fallen_loss_fen, left.due_fen) == ("decided", 5100, 100, 12500)
    with pytest.raises(Invalid):
        overturning.ask_to_overturn(grant=inspector, case_id=heard.id, fall=Fall("own", "再次", both[1:]))
    overturning.ask_to_overturn(grant=inspector, case_id=heard.id, fall=Fall("suit", "另一理由，尚未批准", both[:1]))
    monkeypatch.setattr(filing, "today", lambda: date(2030, 1, 1))
    letter = filing.fall_words(left)
    assert (letter["grounds"], letter["ground"], letter["on"]) == ("其中一笔有误", "own", today().isoformat())
