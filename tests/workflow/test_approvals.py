"""What one person alone must not do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from yidang.identity.models import Staff
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.workflow import approvals, asking
from yidang.workflow.models import Approval, Notice, Task
from yidang.workflow.operations import approve, ask_approval, expire_due, refuse, withdraw
from yidang.workflow.queries import approvals_of, shown_approval, waiting_tasks

pytestmark = pytest.mark.django_db
CODE = "test_language"
REASON = "张三要求改用英文"


@pytest.fixture
def asked(house, plan):
    return ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason=REASON)


def language():
    return Staff.objects.get(username="daiyu").language


def told(username):
    return list(Notice.objects.filter(recipient__username=username).values_list("kind", flat=True))


def actions():
    return list(
        LedgerEntry.objects.filter(action__startswith="approval.").order_by("id").values_list("action", flat=True)
    )


def allow(house, asked, who="guan", *, fresh=True):
    return approve(grant=house(who), approval_id=asked.id, second_factor_fresh=fresh)


def test_another_person_allows_it_and_it_is_done_once(house, asked):
    assert language() == "zh-hans"
    done = allow(house, asked)
    assert (done.state, done.decided_by.username, language()) == ("done", "guan", "en")
    assert actions() == ["approval.asked", "approval.done"]
    with pytest.raises(Conflict, match="approval_decided"):
        allow(house, asked, "anquan2")


def test_who_may_decide_is_told_and_the_asker_learns_the_end(house, asked):
    assert told("guan") == told("anquan2") == ["approval_asked"]
    assert told("anquan") == told("dangan") == told("xitong") == []
    assert [task.subject for task in waiting_tasks(house("guan"))] == [asked.id]
    assert not waiting_tasks(house("anquan")).exists()
    allow(house, asked)
    assert told("anquan") == ["approval_done"]
    assert not waiting_tasks(house("guan")).exists()
    assert Task.objects.get(subject=asked.id).closed_by == str(house("guan").staff_id)


def test_who_asks_never_allows(house, asked):
    with pytest.raises(NotAllowed, match="approval_by_its_asker"):
        allow(house, asked, "anquan")
    with pytest.raises(NotAllowed, match="approval_by_its_asker"):
        refuse(grant=house("anquan"), approval_id=asked.id, reason="x")
    assert language() == "zh-hans"
    assert LedgerEntry.objects.get(action="approval.blocked").actor == str(house("anquan").staff_id)


def test_the_database_refuses_the_asker_too(house, asked):
    with pytest.raises(IntegrityError, match="approval_never_by_its_asker"), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(state="done", decided_by=asked.asker, decided_at=clock.now())


def test_the_database_refuses_a_decision_by_nobody(asked):
    with pytest.raises(IntegrityError, match="approval_decided_by_somebody"), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(state="done")


def test_whom_it_is_about_does_not_decide(house):
    plan = {"staff": str(house("guan").staff_id), "language": "en"}
    asked = ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason=REASON)
    with pytest.raises(NotAllowed, match="approval_by_who_it_concerns"):
        allow(house, asked, "guan")
    assert not shown_approval(house("guan"), asked.id).may_decide
    assert allow(house, asked, "anquan2").state == "done"


@pytest.mark.parametrize("who", ["dangan", "daiyu", "xitong"])
def test_other_posts_neither_ask_nor_decide_nor_see(house, asked, plan, who):
    with pytest.raises(NotAllowed):
        allow(house, asked, who)
    with pytest.raises(NotFound, match="approval_not_found"):
        shown_approval(house(who), asked.id)
    with pytest.raises(NotAllowed):
        ask_approval(grant=house(who), kind=CODE, plan=plan, reason=REASON)
    assert not approvals_of(house(who)).exists()


def test_without_a_fresh_second_factor_nothing_happens(house, asked):
    with pytest.raises(NotAllowed, match="second_factor_needed"):
        allow(house, asked, fresh=False)
    assert language() == "zh-hans"


def test_a_changed_world_is_shown_and_stops_it(house, asked):
    assert not shown_approval(house("guan"), asked.id).is_changed
    Staff.objects.filter(username="daiyu").update(language="fr")
    shown = shown_approval(house("guan"), asked.id)
    assert shown.is_changed
    assert [line.before for line in shown.asked_lines] == ["zh-hans"]
    assert [line.before for line in shown.lines] == ["fr"]
    with pytest.raises(Conflict, match="approval_stale"):
        allow(house, asked)
    assert language() == "fr"
    assert actions()[-1] == "approval.blocked"


def test_a_plan_that_no_longer_fits_is_changed_too(house, plan):
    gone = Staff.objects.create(username="gone", display_name="某", duty="records")
    asked = ask_approval(grant=house("anquan"), kind=CODE, plan={**plan, "staff": str(gone.pk)}, reason=REASON)
    gone.delete()
    assert shown_approval(house("guan"), asked.id).is_changed
    with pytest.raises(Conflict, match="approval_stale"):
        allow(house, asked)


def test_a_tampered_plan_does_not_open(house, asked):
    other = ask_approval(
        grant=house("anquan"), kind=CODE, plan={"staff": str(house("guan").staff_id), "language": "en"}, reason=REASON
    )
    Approval.objects.filter(pk=asked.pk).update(sealed=other.sealed, digest=other.digest)
    with pytest.raises(Invalid, match="field_damaged"):
        allow(house, asked, "anquan2")


def test_a_failed_execution_leaves_everything_as_it_was(house, asked, monkeypatch):
    def break_off(_plan, _approval):
        Staff.objects.filter(username="daiyu").update(language="en")
        raise Conflict("post_held")

    broken = approvals.Kind(
        **{name: getattr(approvals.kind_of(CODE), name) for name in approvals.Kind.__slots__} | {"execute": break_off}
    )
    approvals.register(broken)
    with pytest.raises(Conflict, match="post_held"):
        allow(house, asked)
    assert language() == "zh-hans"
    assert Approval.objects.get(pk=asked.pk).state == "asked"


def test_refusing_needs_a_reason_and_is_told(house, asked):
    with pytest.raises(Invalid, match="approval_reason_missing"):
        refuse(grant=house("guan"), approval_id=asked.id, reason=" ")
    refuse(grant=house("guan"), approval_id=asked.id, reason="李四不同意")
    assert shown_approval(house("anquan"), asked.id).answer == "李四不同意"
    assert told("anquan") == ["approval_refused"]
    with pytest.raises(Conflict, match="approval_decided"):
        allow(house, asked, "anquan2")


def test_the_asker_takes_it_back_and_nobody_else_does(house, asked):
    with pytest.raises(NotFound):
        withdraw(grant=house("guan"), approval_id=asked.id)
    assert withdraw(grant=house("anquan"), approval_id=asked.id).state == "withdrawn"
    with pytest.raises(Conflict, match="approval_decided"):
        allow(house, asked)


def test_it_expires_whether_the_keeper_came_by_or_not(house, asked, monkeypatch):
    monkeypatch.setattr(asking, "now", lambda: clock.now() + timedelta(days=3, minutes=1))
    with pytest.raises(Conflict, match="approval_expired"):
        allow(house, asked)
    assert shown_approval(house("guan"), asked.id).state == "expired"
    assert expire_due() == 1
    assert expire_due() == 0
    assert told("anquan") == ["approval_expired"]
    assert actions()[-1] == "approval.expired"
    assert not waiting_tasks(house("guan")).exists()


def test_what_changes_nothing_is_not_asked_for(house, plan):
    with pytest.raises(Invalid, match="approval_changes_nothing"):
        ask_approval(grant=house("anquan"), kind=CODE, plan={**plan, "language": "zh-hans"}, reason=REASON)
    with pytest.raises(Invalid, match="approval_reason_missing"):
        ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason="")
    with pytest.raises(NotFound, match="approval_kind_unknown"):
        ask_approval(grant=house("anquan"), kind="unheard_of", plan=plan, reason=REASON)
    with pytest.raises(NotFound, match="approval_not_found"):
        approve(grant=house("guan"), approval_id=uuid4(), second_factor_fresh=True)


def test_plan_and_reasons_stand_nowhere_in_clear(house, asked, plan):
    refuse(grant=house("guan"), approval_id=asked.id, reason=REASON)
    row = Approval.objects.get(pk=asked.pk)
    entries = LedgerEntry.objects.filter(subject=asked.id)
    stored = [row.sealed, row.sealed_answer, row.digest, *(entry.entry for entry in entries)]
    stored += [entry.private for entry in entries if entry.private]
    for secret in ("张三", "daiyu", plan["staff"], "界面"):
        assert not any(secret.encode() in bytes(value) for value in stored)


def test_every_look_by_a_person_is_written_down(house, asked):
    shown = shown_approval(house("guan"), asked.id)
    assert (shown.reason, shown.may_decide, shown.lines[0].after) == (REASON, True, "en")
    assert LedgerEntry.objects.get(action="approval.shown").actor == str(house("guan").staff_id)
