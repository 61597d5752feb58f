"""Two people at the same moment, on a real PostgreSQL."""

import threading
import time

import pytest
from django.db import connection

from yidang.identity.models import Staff
from yidang.kernel.errors import Conflict
from yidang.ledger.models import LedgerEntry
from yidang.workflow import approvals
from yidang.workflow.models import Approval
from yidang.workflow.operations import approve, ask_approval, refuse

CODE = "test_language"


def together(*steps):
    """Each step in a thread of its own, all let loose at once; what each returned or raised."""
    gate, outcomes = threading.Barrier(len(steps)), {}

    def run(number, step):
        gate.wait()
        try:
            outcomes[number] = step()
        except Conflict as refusal:
            outcomes[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(len(steps))]


@pytest.fixture
def slow(monkeypatch):
    """Counts executions, and takes long enough for another to come in between."""
    executed = []
    known = approvals.kind_of(CODE)

    def execute(plan, approval):
        executed.append(approval.decided_by_id)
        time.sleep(0.2)
        known.execute(plan, approval)

    fields = {name: getattr(known, name) for name in approvals.Kind.__slots__}
    approvals.register(approvals.Kind(**fields | {"execute": execute}))
    return executed


@pytest.mark.django_db(transaction=True)
def test_two_approvers_execute_once(house, plan, slow):
    asked = ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason="x")
    grants = [house("guan"), house("anquan2")]
    outcomes = together(
        *(lambda grant=grant: approve(grant=grant, approval_id=asked.id, second_factor_fresh=True) for grant in grants)
    )
    assert len(slow) == 1
    assert sorted(isinstance(one, Approval) for one in outcomes) == [False, True]
    assert "approval_decided" in outcomes
    assert LedgerEntry.objects.filter(action="approval.done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_allowed_and_refused_at_once_ends_one_way(house, plan, slow):
    asked = ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason="x")
    one, other = house("guan"), house("anquan2")
    together(
        lambda: approve(grant=one, approval_id=asked.id, second_factor_fresh=True),
        lambda: refuse(grant=other, approval_id=asked.id, reason="no"),
    )
    state = Approval.objects.get(pk=asked.pk).state
    assert (state == "done") == (Staff.objects.get(username="daiyu").language == "en")
    assert LedgerEntry.objects.filter(action__in=["approval.done", "approval.refused"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_approvals_of_one_change_do_it_once(house, plan, slow):
    """The second was asked of a world that the first has changed."""
    first, second = (ask_approval(grant=house("anquan"), kind=CODE, plan=plan, reason="x") for _ in range(2))
    one, other = house("guan"), house("anquan2")
    outcomes = together(
        lambda: approve(grant=one, approval_id=first.id, second_factor_fresh=True),
        lambda: approve(grant=other, approval_id=second.id, second_factor_fresh=True),
    )
    assert len(slow) == 1
    assert "approval_stale" in outcomes
