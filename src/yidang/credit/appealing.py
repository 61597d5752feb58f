"""An appeal: filed for the institution in time, prepared by one at the bureau, decided by another."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from yidang.credit import rules, terms
from yidang.credit.asking import TASK
from yidang.credit.chain import working
from yidang.credit.door import opened
from yidang.credit.models import Appeal, Deduction, Ground, Measure, Outcome, State
from yidang.credit.ports import Answers
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.workflow.operations import close_tasks, open_task

PREPARE = "credit_appeal"


def appeal_until(served_on: date) -> date:
    """By the bureau's calendar; holidays are not worked. Before the door."""
    return rules.appeal_until(served_on, terms.terms(), Answers.calendar.working_days_after)


@transaction.atomic
def file_appeal(*, grant: Grant, what: str, row_id: UUID, ground: str) -> Appeal:
    """`what`: deduction or measure. For the clerk of the institution, or the bureau taking in a letter.

    That the decision itself was taken back (`overturned`) is the bureau's to say, at any time. Raises NotFound
    `credit_row_not_found` also for another institution's, Invalid `credit_ground`, Conflict `credit_appeal_late`,
    `credit_appealed`.
    """
    if not (grant.allows(Permission.ANSWER_INSPECTION) or grant.allows(Permission.SCORE_CREDIT)):
        raise NotAllowed("not_allowed", permission=str(Permission.ANSWER_INSPECTION))
    if ground not in grounds_of(grant):
        raise Invalid("credit_ground")
    is_fallen = ground == Ground.OVERTURNED
    with opened():
        served = _served(_against(grant, what, row_id))
    due_on = appeal_until(served)
    if today() > due_on and not is_fallen:
        raise Conflict("credit_appeal_late", due=due_on.isoformat())
    with working(grant) as book:
        row = _against(grant, what, row_id)
        same = Q(ground=Ground.OVERTURNED) if is_fallen else ~Q(ground=Ground.OVERTURNED)
        if Appeal.objects.filter(same, **{what: row}).exists():
            raise Conflict("credit_appealed")
        made = Appeal(ground=ground, filed_by=grant.person, filed_on=today(), due_on=due_on)
        setattr(made, what, row)
        made.save(force_insert=True)
        book.note("appeal.filed", made, subject=row.subject_id)
    open_task(
        grant=grant,
        kind=PREPARE,
        subject=made.pk,
        subject_url=reverse("credit:appeals"),
        permission=Permission.SCORE_CREDIT,
        not_for=grant.person,
    )
    return made


def grounds_of(grant: Grant) -> list[str]:
    """Which grounds this person may name."""
    every = [one.value for one in Ground]
    return every if grant.allows(Permission.SCORE_CREDIT) else [one for one in every if one != Ground.OVERTURNED]


@transaction.atomic
def prepare_outcome(*, grant: Grant, appeal_id: UUID, outcome: str) -> Appeal:
    """Raises NotFound `credit_row_not_found`, Conflict `credit_decided`, Invalid `credit_outcome`."""
    grant.require(Permission.SCORE_CREDIT)
    if outcome not in Outcome.values:
        raise Invalid("credit_outcome")
    with working(grant) as book:
        found = Appeal.objects.select_for_update().filter(pk=appeal_id).first()
        if found is None:
            raise NotFound("credit_row_not_found")
        if found.state != State.ASKED or found.outcome:
            raise Conflict("credit_decided")
        found.outcome, found.entered_by, found.entered_at = outcome, grant.person, now()
        found.save()
        book.note("appeal.asked", found)
    close_tasks(kind=PREPARE, subject=found.pk, actor=grant.actor)
    open_task(
        grant=grant,
        kind=TASK,
        subject=found.pk,
        subject_url=reverse("credit:to_decide"),
        permission=Permission.DECIDE_CREDIT,
        not_for=grant.person,
    )
    return found


def of_institutions(grant: Grant) -> Q:
    """What a clerk may see: own practitioners, and what decisions against the own institution led to."""
    own = list(grant.institutions)
    return Q(subject__provider__in=own) | Q(decision__provider__in=own)


def _against(grant: Grant, what: str, row_id: UUID) -> Deduction | Measure:
    models: dict[str, type[Deduction | Measure]] = {"deduction": Deduction, "measure": Measure}
    if what not in models:
        raise NotFound("credit_row_not_found")
    rows = models[what]._default_manager.filter(pk=row_id, state=State.IN_FORCE)  # noqa: SLF001 - Django's documented API
    if not grant.allows(Permission.SCORE_CREDIT):
        rows = rows.filter(of_institutions(grant))
    found: Deduction | Measure | None = rows.first()
    if found is None:
        raise NotFound("credit_row_not_found")
    return found


def _served(row: Deduction | Measure) -> date:
    served = row.served_on if isinstance(row, Deduction) else row.from_on
    if served is None:
        raise NotFound("credit_row_not_found")
    return served
