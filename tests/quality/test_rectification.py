"""Opened, cure handed in, accepted or returned, closed: no step out of turn, no cure judged by its owner."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.quality import rectification
from yidang.quality.models import Case, CaseState
from yidang.workflow.models import Deadline, Notice
from yidang.workflow.operations import remind_due
from yidang.workflow.queries import open_tasks_for

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 evidence"


@pytest.fixture
def case(bureau):
    return opened(bureau)


def opened(bureau, subject="2026Q1 · H1 · DYJS", owner="section", days=30):
    return rectification.open_case(
        kind="filing_rate",
        subject=subject,
        owner=bureau.id(owner),
        deadline=clock.today() + timedelta(days=days),
        facts={"owed": 10, "filed": 9},
    )


def hand_in(bureau, case, who="section", words="已补齐三月清单", **more):
    return rectification.hand_in_cure(grant=getattr(bureau, who), case_id=case.id, words=words, **more)


def state(case):
    return Case.objects.get(id=case.id).state


def test_from_opened_to_closed(bureau, case):
    assert [one.number for one in open_tasks_for(bureau.id("section"))] == [case.name]
    hand_in(bureau, case, file=PDF)
    assert not open_tasks_for(bureau.id("section")).exists()
    assert Notice.objects.filter(kind="cure_handed_in", recipient=bureau.id("archivist")).exists()
    assert not Notice.objects.filter(kind="cure_handed_in", recipient=bureau.id("section")).exists()
    rectification.accept_cure(grant=bureau.archivist, case_id=case.id, words="核对无误")
    rectification.close(grant=bureau.head, case_id=case.id)
    assert state(case) == CaseState.CLOSED
    actions = list(LedgerEntry.objects.filter(subject=case.id).order_by("at", "id").values_list("action", flat=True))
    assert actions == [f"rectification.{one}" for one in ("opened", "cure_handed_in", "cure_accepted", "closed")]


def test_a_cure_that_is_not_enough_comes_back_with_a_new_day(bureau, case):
    hand_in(bureau, case)
    day = clock.today() + timedelta(days=5)
    rectification.give_back(grant=bureau.head, case_id=case.id, words="缺二月", deadline=day)
    assert (state(case), Case.objects.get().deadline) == (CaseState.RETURNED, day)
    assert open_tasks_for(bureau.id("section")).exists()
    hand_in(bureau, case, words="二月已补")
    assert state(case) == CaseState.CURE


def test_nobody_judges_their_own_cure(bureau):
    case = opened(bureau, owner="archivist")
    hand_in(bureau, case, who="archivist")
    for judge in (rectification.accept_cure,):
        with pytest.raises(NotAllowed, match="case_own_cure"):
            judge(grant=bureau.archivist, case_id=case.id, words="好")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(id=case.id).update(accepted_by=bureau.id("archivist"))
    rectification.accept_cure(grant=bureau.second, case_id=case.id, words="好")


def test_no_step_out_of_turn(bureau, case):
    with pytest.raises(Conflict, match="case_step_wrong"):
        rectification.accept_cure(grant=bureau.archivist, case_id=case.id, words="好")
    with pytest.raises(Conflict, match="case_step_wrong"):
        rectification.close(grant=bureau.archivist, case_id=case.id)
    hand_in(bureau, case)
    with pytest.raises(Conflict, match="case_step_wrong"):
        hand_in(bureau, case)
    with pytest.raises(Conflict, match="case_step_wrong"):
        rectification.reassign(grant=bureau.head, case_id=case.id, owner=bureau.id("archivist"), deadline=clock.today())
    assert state(case) == CaseState.CURE


def test_the_owner_alone_hands_in_and_says_what_was_done(bureau, case):
    with pytest.raises(NotAllowed, match="case_of_another"):
        hand_in(bureau, case, who="archivist")
    with pytest.raises(NotAllowed, match="not_allowed"):
        hand_in(bureau, case, who="clerk")
    with pytest.raises(Invalid, match="case_words_missing"):
        hand_in(bureau, case, words=" ")
    with pytest.raises(Invalid, match="case_file_wrong"):
        hand_in(bureau, case, file=b"MZ program")
    assert state(case) == CaseState.OPENED


def test_words_and_file_stand_under_seal(bureau, case):
    hand_in(bureau, case, file=PDF)
    step = case.steps.get(step="cure_handed_in")
    assert PDF not in bytes(step.sealed_file)
    assert rectification.words_of(step) == "已补齐三月清单"
    assert rectification.file_of(bureau.head, case.id, step.id) == (PDF, "application/pdf")
    assert LedgerEntry.objects.filter(action="rectification.evidence_shown", subject=case.id).exists()
    with pytest.raises(NotFound):
        rectification.file_of(bureau.head, case.id, case.steps.get(step="opened").id)


def test_one_open_case_about_one_thing(bureau, case):
    assert opened(bureau) == case
    other = opened(bureau, subject="2026Q1 · H2 · DYJS")
    assert other != case
    hand_in(bureau, case)
    rectification.accept_cure(grant=bureau.head, case_id=case.id, words="好")
    rectification.close(grant=bureau.head, case_id=case.id)
    assert opened(bureau) != case


def test_who_cannot_put_it_right_is_no_owner(bureau):
    for name in ("head", "clerk"):
        with pytest.raises(Invalid, match="case_owner_wrong"):
            opened(bureau, subject=name, owner=name)
    assert {one.username for one in rectification.possible_owners()} == {"archivist", "second", "section"}
    assert rectification.owner_for("dyg") == bureau.id("section")
    assert rectification.owner_for("cbg") in {bureau.id("archivist"), bureau.id("second")}


def test_overdue_is_seen_and_said(bureau, case, monkeypatch):
    later = clock.today() + timedelta(days=31)
    monkeypatch.setattr(clock, "today", lambda: later)
    monkeypatch.setattr("yidang.workflow.deadlines.today", lambda: later)
    assert rectification.is_late(Case.objects.get(id=case.id))
    assert list(rectification.cases(bureau.head, show="late")) == [case]
    remind_due()
    assert Notice.objects.filter(kind="rectification_due_late", recipient=bureau.id("section")).exists()


def test_a_new_owner_has_task_and_reminders(bureau, case):
    day = clock.today() + timedelta(days=9)
    rectification.reassign(grant=bureau.head, case_id=case.id, owner=bureau.id("archivist"), deadline=day)
    assert not open_tasks_for(bureau.id("section")).exists()
    assert open_tasks_for(bureau.id("archivist")).exists()
    (deadline,) = Deadline.objects.filter(subject=case.id, kind="rectification_due", met_at__isnull=True)
    assert (deadline.assignee_id, deadline.due_on) == (bureau.id("archivist"), day)
