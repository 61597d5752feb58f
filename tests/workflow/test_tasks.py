"""What waits for whom."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import NotFound
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Task
from yidang.workflow.operations import close_task, close_tasks, open_task
from yidang.workflow.queries import filtered_tasks, open_tasks_for, task_count, task_kinds

from .people import employ

pytestmark = pytest.mark.django_db
SUBJECT = "7d0b2f0e-94e1-4c0f-9f6e-5bd0b6f1f001"


def give(house, **more):
    return open_task(grant=house("dangan"), kind="approval", subject_url="/items/x/", subject=SUBJECT, **more)


def test_a_task_given_to_a_person_is_theirs_alone_and_told(house):
    reader = house("daiyu")
    task = give(house, assignee=reader.staff_id, page=3)
    assert [(one.id, str(one.subject), one.page) for one in open_tasks_for(reader.staff_id)] == [(task.id, SUBJECT, 3)]
    assert (task_count(reader), task_count(house("dangan")), task_count(house("guan"))) == (1, 0, 0)
    assert LedgerEntry.objects.get(action="task.opened").subject == task.id


def test_a_task_for_a_permission_waits_for_all_who_have_it(house):
    give(house, permission=Permission.VIEW_RECORDS)
    assert [task_count(house(who)) for who in ("dangan", "guan", "daiyu", "xitong", "anquan")] == [1, 1, 1, 0, 0]
    assert not open_tasks_for(house("daiyu").staff_id).exists()


def test_a_department_narrows_it(house):
    employ("caiwu", "reader", "cwg")
    give(house, permission=Permission.VIEW_RECORDS, department="cwg")
    assert [task_count(house(who)) for who in ("caiwu", "daiyu", "dangan", "xitong")] == [1, 0, 1, 0]


def test_a_closed_task_waits_for_nobody_and_opens_no_page(house):
    reader = house("daiyu")
    task = give(house, assignee=reader.staff_id)
    close_task(grant=reader, task_id=task.id)
    close_task(grant=reader, task_id=task.id)
    assert task_count(reader) == 0
    assert not open_tasks_for(reader.staff_id).exists()
    assert LedgerEntry.objects.filter(action="task.closed").count() == 1
    assert [one.id for one in filtered_tasks(reader, show="closed")] == [task.id]


def test_all_tasks_about_one_thing_close_together(house):
    for who in ("daiyu", "guan"):
        give(house, assignee=house(who).staff_id)
    assert close_tasks(kind="approval", subject=SUBJECT, actor="system:test") == 2
    with pytest.raises(NotFound, match="task_not_found"):
        close_task(grant=house("guan"), task_id=SUBJECT)


def test_filters(house):
    grant = house("daiyu")
    late = give(house, assignee=grant.staff_id, due_on=today() - timedelta(days=1))
    soon = give(house, permission=Permission.VIEW_RECORDS, due_on=today())
    assert [one.id for one in filtered_tasks(grant)] == [late.id, soon.id]
    assert [one.id for one in filtered_tasks(grant, show="mine")] == [late.id]
    assert [one.id for one in filtered_tasks(grant, show="late")] == [late.id]
    assert not filtered_tasks(grant, kind="other").exists()
    assert task_kinds(grant) == ["approval"]


def test_a_task_for_nobody_is_refused_by_the_database(house):
    with pytest.raises(IntegrityError, match="task_waits_for_somebody"), transaction.atomic():
        give(house)
    assert not Task.objects.exists()
