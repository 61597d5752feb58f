"""A group that cannot go on as it is: a member whose place another takes, or the whole of it dissolved."""

from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import seal_json
from yidang.disposition.appraising import LONGEST, REPORT, TASK, locked_open
from yidang.disposition.models import Appraisal
from yidang.disposition.people import are_able
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append
from yidang.workflow.models import Task
from yidang.workflow.operations import close_task, close_tasks, open_task


@transaction.atomic
def replace_member(grant: Grant, *, appraisal_id: UUID, leaving: UUID, coming: UUID, url: str) -> None:
    """The place and the part stay; opinions of who leaves count no longer, the ledger keeps that they were given.

    Raises:
        Conflict: `appraisal_closed`. Invalid: `appraisal_member_wrong`.
    """
    grant.require(Permission.OPEN_APPRAISAL)
    appraisal = locked_open(grant, appraisal_id)
    member = appraisal.members.filter(staff=leaving).first()
    is_new = not appraisal.members.filter(staff=coming).exists()
    if member is None or not is_new or not are_able({coming}, Permission.APPRAISE):
        raise Invalid("appraisal_member_wrong")
    part = member.part
    member.delete()
    appraisal.members.create(staff_id=coming, part=part)
    for task in Task.objects.filter(kind=TASK, subject=appraisal.id, assignee=leaving, closed_at__isnull=True):
        close_task(grant=grant, task_id=task.id)
    open_task(grant=grant, kind=TASK, assignee=coming, subject=appraisal.id, subject_url=url, number=appraisal.name)
    facts = {"number": appraisal.name, "part": part, "leaving": str(leaving), "coming": str(coming)}
    append(action="appraisal.regrouped", actor=grant.actor, subject=appraisal.id, facts=facts)


@transaction.atomic
def dissolve(grant: Grant, *, appraisal_id: UUID, reason: str) -> None:
    """Its records are due as before, for another group to take up; the reason stands where the report would.

    Raises:
        Conflict: `appraisal_closed`. Invalid: `dissolving_reason_missing`.
    """
    grant.require(Permission.OPEN_APPRAISAL)
    appraisal = locked_open(grant, appraisal_id)
    if not reason.strip():
        raise Invalid("dissolving_reason_missing")
    appraisal.state = Appraisal.State.DISSOLVED
    appraisal.sealed_report = seal_json(reason.strip()[:LONGEST], table=REPORT, row=str(appraisal.id), field="report")
    appraisal.save(update_fields=["state", "sealed_report"])
    freed = appraisal.candidates.filter(is_open=True).update(is_open=False)
    close_tasks(kind=TASK, subject=appraisal.id, actor=grant.actor)
    facts = {"number": appraisal.name, "items": freed}
    append(
        action="appraisal.dissolved", actor=grant.actor, subject=appraisal.id, facts=facts, private={"reason": reason}
    )
