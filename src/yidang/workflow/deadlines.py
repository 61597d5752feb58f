"""Dates that must not pass unnoticed: reminders before, on and after them, until somebody says it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Permission
from yidang.kernel.clock import now, today
from yidang.workflow import rules
from yidang.workflow.models import Deadline, Task
from yidang.workflow.notices import notify


def set_deadline(
    *,
    kind: str,
    due_on: date,
    subject_url: str,
    days: Sequence[int] = (*rules.BEFORE, *rules.AFTER),
    subject: UUID | None = None,
    number: str = "",
    assignee: UUID | None = None,
    permission: Permission | None = None,
    department: str | None = None,
    task: Task | None = None,
) -> Deadline:
    """Reminders on `due_on` plus each of `days` (negative: before), to be called where the term begins.

    `kind` was registered by `register_deadline`; its texts hold {number} and nothing else.
    """
    return Deadline.objects.create(
        kind=kind,
        number=number,
        subject=subject,
        subject_url=subject_url,
        assignee_id=assignee,
        permission=permission or "",
        department_id=department,
        due_on=due_on,
        days=sorted(set(days)),
        next_on=rules.next_reminder(due_on, days, after=today() - timedelta(days=1)),
        task=task,
    )


def meet_deadline(*, kind: str, subject: UUID) -> int:
    """It is done: no more reminders. How many deadlines that ended."""
    return Deadline.objects.filter(kind=kind, subject=subject, met_at__isnull=True).update(met_at=now())


def remind_due() -> int:
    """Sends what is due today; a day missed is made up for by the next, and several missed are one reminder."""
    due = Deadline.objects.filter(met_at__isnull=True, next_on__lte=today())
    return sum(_remind(deadline_id) for deadline_id in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(deadline_id: UUID) -> bool:
    due = Deadline.objects.filter(met_at__isnull=True, next_on__lte=today())
    deadline = due.select_for_update().filter(pk=deadline_id).first()
    if deadline is None:
        return False
    deadline.next_on = rules.next_reminder(deadline.due_on, deadline.days, after=today())
    deadline.save(update_fields=["next_on"])
    facts = {
        "number": deadline.number,
        "due_on": deadline.due_on.isoformat(),
        "days_left": (deadline.due_on - today()).days,
    }
    notify(
        kind=deadline.kind if deadline.due_on >= today() else f"{deadline.kind}_late",
        to=[deadline.assignee_id] if deadline.assignee_id else [],
        permission=Permission(deadline.permission) if deadline.permission else None,
        department=deadline.department_id,
        facts=facts,
        subject_url=deadline.subject_url,
    )
    return True
