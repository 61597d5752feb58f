"""A rebuild names every table that it cannot bring back, and nothing ends before the holds are confirmed."""

from dataclasses import replace

import pytest
from django.conf import settings

from disposition.records import PERSON, file
from people import employ
from yidang.access.lending.asking import Wish, ask_loan
from yidang.access.lending.counter import hand_over_loan, take_back_loan
from yidang.access.lending.deciding import approve_loan
from yidang.access.lending.effects import register_effect
from yidang.access.lending.models import Loan, LoanState, Use
from yidang.disposition import blockers, holding, kinds
from yidang.disposition.audit import verify_holds
from yidang.disposition.models import HoldOrder
from yidang.holdings import doubt, operations
from yidang.holdings.models import Hold
from yidang.holdings.scheme import load_scheme
from yidang.identity.policy import SYSTEM, grant_for
from yidang.kernel.errors import Conflict
from yidang.site.restoring import restore_rooms, tables_lost
from yidang.workflow.models import Deadline
from yidang.workflow.operations import approve, ask_approval


def test_what_is_restored_is_not_named_lost_and_all_else_is():
    lost = tables_lost()
    assert "holdings_item" not in lost["holdings"]
    assert "checks_run" not in lost["checks"]
    assert "storeroom_place" not in lost["storeroom"]
    assert "storeroom_reading" in lost["storeroom"]
    assert "access_loan" not in lost["access"]
    assert "disposition_holdorder" not in lost["disposition"]
    assert "quality_case" in lost["quality"]
    assert "ledger" not in lost


@pytest.fixture
def people(db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))
    load_scheme()
    jobs = {"archivist": None, "manager": None, "storekeeper": None, "section_head": "cbg", "reader": "dyg"}
    return {job: grant_for(employ(job, job, section)) for job, section in jobs.items()}


def lose_the_database():
    """Of what is told here alone; the records themselves are another test's affair."""
    Use.objects.all().delete()
    for model in (Loan, Hold, HoldOrder, Deadline):
        model.objects.all().delete()


def lend(people, item):
    wish = Wish(codes=[item.reference_code], form="out", purpose="work", hours=24, reason="核对参保信息")
    loan = ask_loan(people["reader"], wish=wish)
    for part in ("section_head", "manager"):
        approve_loan(people[part], loan_id=loan.id)
    return hand_over_loan(people["storekeeper"], loan_id=loan.id, condition="intact")


def test_holds_and_loans_come_back_from_the_ledger(people):
    held, meant, lent, again = file(series="CBGR", count=4, id_number=PERSON)
    case = holding.place_on_case(people["archivist"], case="甲", codes=[held.reference_code], reason="案件")
    years = {"first_year": 2013, "last_year": 2014}
    period = holding.place_on_period(people["archivist"], series="CBGR", **years, reason="专项检查")
    person = holding.place_on_person(people["archivist"], person=PERSON, reason="举报核查")
    out, back = lend(people, lent), lend(people, again)
    take_back_loan(people["storekeeper"], loan_id=back.id, condition="worn")
    register_effect(people["reader"], loan_id=back.id, effect="benefit")
    before = set(Hold.objects.values_list("item", "room", "reason_code", "reference"))
    lose_the_database()
    failed, notes = restore_rooms()
    assert failed == []
    assert set(Hold.objects.values_list("item", "room", "reason_code", "reference")) == before
    assert {order.name for order in HoldOrder.objects.all()} == {case.name, period.name, person.name}
    assert verify_holds() == []
    found = Loan.objects.get(id=out.id)
    assert (found.state, found.until, found.name, found.hours) == (LoanState.OUT, out.until, out.name, 24)
    assert Deadline.objects.filter(subject=out.id, kind="loan_due").exists()
    assert take_back_loan(people["storekeeper"], loan_id=out.id, condition="intact").state == LoanState.OVER
    assert Loan.objects.get(id=back.id).state == LoanState.CLOSED
    assert Use.objects.get(loan=back).effect == "benefit"
    (told,) = [one for one in notes if one.code == "holds_to_confirm"]
    assert told.facts["unsure"] == person.name  # the ledger does not say whom it was on
    assert meant.pk in holding.held_by_orders([meant.pk])
    assert lend(people, again).number > back.number


def test_what_was_asked_for_is_decided_after_the_loss(people):
    (item,) = file(series="CBGR")
    wish = Wish(codes=[item.reference_code], form="screen", purpose="work", hours=24, reason="核对参保信息")
    asked, read = ask_loan(people["reader"], wish=wish), ask_loan(people["reader"], wish=wish)
    opened = approve_loan(people["section_head"], loan_id=read.id)
    lose_the_database()
    restore_rooms()
    assert Loan.objects.get(id=read.id).until == opened.until
    assert Hold.objects.filter(reference=read.id).count() == 1
    assert approve_loan(people["section_head"], loan_id=asked.id).state == LoanState.READING


def test_nothing_ends_before_two_confirm_the_holds(people):
    (item,) = file(year=2014)
    restore_rooms()
    assert blockers.blockers([item]) == {item.pk: blockers.IN_DOUBT}
    with pytest.raises(Conflict, match="holds_in_doubt"):
        operations.bury(SYSTEM, items=[item.pk], list_number="XH2026-1")
    with pytest.raises(Conflict, match="holds_in_doubt"):
        operations.move_item(SYSTEM, item_id=item.pk, to_series="CBGR", year=2014, reason="误归")
    plan = {"doubt": str(doubt.standing().id)}
    asked = ask_approval(grant=people["archivist"], kind=kinds.CERTAIN, plan=plan, reason="与冻结登记簿核对无误")
    approve(grant=people["manager"], approval_id=asked.id, second_factor_fresh=True)
    assert doubt.standing() is None
    assert blockers.blockers([item]) == {}
    with pytest.raises(Conflict, match="holds_certain"):
        ask_approval(grant=people["archivist"], kind=kinds.CERTAIN, plan=plan, reason="再次")
