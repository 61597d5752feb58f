"""Asking for a loan, and the agreements it takes."""

import re

import pytest

from people import employ
from yidang.access.lending.asking import ask_loan, withdraw_loan
from yidang.access.lending.deciding import approve_loan, may_decide, next_step, refuse_loan
from yidang.access.lending.models import Loan, LoanState
from yidang.access.lending.queries import get_loan, is_blind, visible_loans, waiting_for
from yidang.access.lending.words import reason_of, words_of
from yidang.holdings.models import Hold
from yidang.identity.appointing import end_post
from yidang.identity.policy import grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Notice
from yidang.workflow.queries import open_tasks_for

from .lending_people import agreed, asked, crew, foreign_record, sensitive_record, told, wish
from .visitors import visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


@pytest.fixture
def sensitive(scheme):
    return sensitive_record()


def test_it_waits_for_the_head_of_the_section_that_owns_the_record(people, record):
    loan = asked(people, record)
    assert [(step.part, step.department_id) for step in loan.steps.all()] == [("section", record.series.department_id)]
    assert [task.kind for task in open_tasks_for(people.section)] == ["decide_loan"]
    assert waiting_for(people.grant("section")) == [loan]
    assert waiting_for(people.grant("archivist")) == []


def test_a_sensitive_record_takes_a_second_person_and_the_order_is_kept(people, sensitive):
    loan = asked(people, sensitive)
    with pytest.raises(Conflict, match="loan_step_order"):
        approve_loan(people.grant("head"), loan_id=loan.id)
    with pytest.raises(NotAllowed, match="loan_step_not_yours"):
        approve_loan(people.grant("archivist"), loan_id=loan.id)
    agreed(people, loan, "section")
    assert loan.state == LoanState.ASKED
    with pytest.raises(NotAllowed, match="loan_decided_by_you"):
        approve_loan(people.grant("section"), loan_id=loan.id)
    assert agreed(people, loan, "head").state == LoanState.READING


def test_the_original_leaves_with_one_agreement_more(people, record):
    loan = asked(people, record, form="out")
    assert [step.part for step in loan.steps.all()] == ["section", "head"]
    assert agreed(people, loan, "section").state == LoanState.ASKED
    assert agreed(people, loan, "head").state == LoanState.READY
    assert not Hold.objects.filter(reference=loan.id).exists()


def test_nobody_agrees_to_a_loan_of_their_own(people, record):
    loan = ask_loan(people.grant("section"), wish=wish(record.reference_code))
    assert next_step(loan).part == "archive"
    with pytest.raises(NotAllowed, match="loan_own"):
        approve_loan(people.grant("section"), loan_id=loan.id)
    assert agreed(people, loan, "archivist").state == LoanState.READING


def test_who_may_not_approve_is_refused(people, record):
    loan = asked(people, record)
    for name in ("borrower", "storekeeper"):
        with pytest.raises(NotAllowed, match="not_allowed"):
            approve_loan(people.grant(name), loan_id=loan.id)
        assert not may_decide(people.grant(name), loan)


def test_asking_does_not_tell_whether_there_is_such_a_record(people, record):
    there = asked(people, record)
    missing = ask_loan(people.grant("borrower"), wish=wish("J001-ZY·YB·CBGR·2026·D100-999999"))
    assert there.state == missing.state == LoanState.ASKED
    assert words_of(missing)["unknown"] == ["J001-ZY·YB·CBGR·2026·D100-999999"]
    with pytest.raises(Conflict, match="loan_names_nothing"):
        approve_loan(people.grant("archivist"), loan_id=missing.id)
    refuse_loan(people.grant("archivist"), loan_id=missing.id, reason="查无此档号")
    assert Loan.objects.get(id=missing.id).state == LoanState.REFUSED


def test_the_page_of_a_record_out_of_sight_is_that_of_a_code_of_no_record(people, sensitive):
    def page_of(code):
        loan = ask_loan(people.grant("borrower"), wish=wish(code))
        shown = visiting(people.borrower).get(f"/loans/{loan.id}/").content.decode()
        shown = shown.replace(code, "CODE").replace(loan.name, "NAME").replace(str(loan.id), "ID")
        return re.sub(r'((nonce|value)=|FToken": )"[^"]*"|\d\d:\d\d[:.\d]*', "", shown)

    there = page_of(sensitive.reference_code)
    assert "CODE" in there
    assert there == page_of("J001-ZY·YB·CBGR·2026·D100-999999")


def test_a_granted_loan_shows_its_records_and_who_agreed(people, record):
    loan = agreed(people, asked(people, record), "section")
    assert not is_blind(people.grant("borrower"), loan)
    shown = visiting(people.borrower).get(f"/loans/{loan.id}/").content.decode()
    assert record.reference_code in shown
    assert people.section.display_name in shown


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": " "}, "loan_incomplete"),
        ({"purpose": "curiosity"}, "loan_incomplete"),
        ({"form": "home"}, "loan_incomplete"),
        ({"hours": 5}, "loan_term_wrong"),
        ({"form": "out", "hours": 2}, "loan_term_wrong"),
        ({"persons": 0}, "loan_incomplete"),
    ],
)
def test_a_request_says_all_it_must(people, record, wrong, code):
    with pytest.raises(Invalid, match=code):
        asked(people, record, **wrong)


def test_a_refusal_has_a_reason_and_is_told(people, record):
    loan = asked(people, record)
    with pytest.raises(Invalid, match="loan_reason_missing"):
        refuse_loan(people.grant("section"), loan_id=loan.id, reason=" ")
    refuse_loan(people.grant("section"), loan_id=loan.id, reason="与工作无关")
    assert reason_of(loan.steps.get()) == "与工作无关"
    assert Notice.objects.filter(recipient=people.borrower, kind="loan_refused").count() == 1
    with pytest.raises(Conflict, match="loan_step_wrong"):
        approve_loan(people.grant("section"), loan_id=loan.id)


def test_taking_it_back_closes_the_task(people, record):
    loan = asked(people, record)
    with pytest.raises(NotAllowed, match="loan_not_yours"):
        withdraw_loan(people.grant("archivist"), loan_id=loan.id)
    withdraw_loan(people.grant("borrower"), loan_id=loan.id)
    assert not open_tasks_for(people.section).exists()
    assert told(loan.id) == ["loan.asked", "loan.withdrawn"]


def test_each_sees_what_concerns_them(people, record):
    loan = asked(people, record)
    for name in ("borrower", "section", "archivist", "head"):
        assert get_loan(people.grant(name), loan.id) == loan
    assert not visible_loans(people.grant("storekeeper")).exists()
    with pytest.raises(NotFound):
        get_loan(people.grant("storekeeper"), loan.id)


def test_what_was_said_stands_nowhere_in_clear(people, record):
    loan = asked(people, record, reason="为王小明查工龄", reader="王小明")
    row = Loan.objects.filter(id=loan.id).values().get()
    said = " ".join(bytes(entry.entry).decode() for entry in LedgerEntry.objects.filter(subject=loan.id))
    assert "王小明" not in said + repr(row) + bytes(row["sealed"]).decode(errors="ignore")


def test_where_no_section_has_a_head_the_archive_answers_and_the_original_still_takes_one_more(people, sensitive):
    end_post(grant=grant_for(employ("anquan", "security_admin")), post_id=people.section.posts.get().id, until=today())
    looking = asked(people, sensitive)
    assert [step.part for step in looking.steps.all()] == ["archive", "head"]
    with pytest.raises(Conflict, match="loan_nobody_to_ask"):
        asked(people, sensitive, form="out")
    employ("dangan2", "archivist")
    leaving = asked(people, sensitive, form="out")
    assert [step.part for step in leaving.steps.all()] == ["archive", "head", "archive"]
