"""What waits for whom, opened and closed by any room."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append
from yidang.workflow import rules
from yidang.workflow.deadlines import set_deadline
from yidang.workflow.models import Deadline, Task
from yidang.workflow.notices import notify


@transaction.atomic
def open_task(
    *,
    grant: Grant,
    kind: str,
    subject_url: str,
    assignee: UUID | None = None,
    permission: Permission | None = None,
    department: str | None = None,
    subject: UUID | None = None,
    page: int | None = None,
    number: str = "",
    due_on: date | None = None,
    not_for: UUID | None = None,
) -> Task:
    """A task for one person, or for whoever has the permission (in the department, when one is named) but `not_for`.

    A person it is given to may see its subject's page in clear (`queries.open_tasks_for`) and is told of it. With a
    date, reminders come before and after it.
    """
    task = Task.objects.create(
        kind=kind,
        number=number,
        subject=subject,
        page=page,
        subject_url=subject_url,
        assignee_id=assignee,
        permission=permission or "",
        department_id=department,
        not_for_id=not_for,
        opened_by=grant.actor,
        opened_at=now(),
        due_on=due_on,
    )
    facts = {"kind": kind, "number": number, "of": str(subject or ""), "to": str(assignee or permission)}
    append(action="task.opened", actor=grant.actor, subject=task.id, facts=facts)
    if assignee:
        notify(kind="task_given", to=[assignee], facts={"number": number}, subject_url=subject_url)
    if due_on:
        _remind(task, due_on)
    return task


def _remind(task: Task, due_on: date) -> None:
    set_deadline(
        kind="task_due",
        due_on=due_on,
        days=(*rules.BEFORE, *rules.AFTER),
        subject=task.subject,
        subject_url=task.subject_url,
        number=task.number,
        assignee=task.assignee_id,
        permission=Permission(task.permission) if task.permission else None,
        department=task.department_id,
        task=task,
    )


@transaction.atomic
def close_task(*, grant: Grant, task_id: UUID) -> None:
    """Closing what is closed changes nothing. Raises NotFound `task_not_found`."""
    if not Task.objects.filter(pk=task_id).exists():
        raise NotFound("task_not_found")
    _close(Task.objects.filter(pk=task_id), grant.actor)


@transaction.atomic
def close_tasks(*, kind: str, subject: UUID, actor: str) -> int:
    """All open tasks of one kind about one thing; how many."""
    return _close(Task.objects.filter(kind=kind, subject=subject), actor)


def _close(tasks: QuerySet[Task], actor: str) -> int:
    waiting = list(tasks.filter(closed_at__isnull=True).select_for_update())
    for task in waiting:
        task.closed_at, task.closed_by = now(), actor
        task.save(update_fields=["closed_at", "closed_by"])
        append(action="task.closed", actor=actor, subject=task.id, facts={"kind": task.kind, "number": task.number})
    Deadline.objects.filter(task__in=waiting, met_at__isnull=True).update(met_at=now())
    return len(waiting)
