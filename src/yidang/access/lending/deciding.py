"""One step after another: each person agrees or refuses, the last agreement opens the loan."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yidang.access.lending import opening, people, words
from yidang.access.lending.models import Loan, LoanState, LoanStep
from yidang.access.lending.states import state_of
from yidang.access.lending.terms import rules
from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, notify, open_task

TASK = "decide_loan"


def address_of(loan: Loan) -> str:
    return reverse("lending:loan", args=[loan.id])


def next_step(loan: Loan) -> LoanStep | None:
    return loan.steps.filter(is_allowed__isnull=True).order_by("ordinal").first()


def open_step(grant: Grant, loan: Loan) -> None:
    """Tells everybody who could take the step that waits."""
    step = next_step(loan)
    if step is None:
        return
    due_on = clock.today() + timedelta(days=rules().terms["decide_days"])
    for person in sorted(people.able(step.part, step.department_id or "", but=_involved(loan)), key=str):
        open_task(
            grant=grant,
            kind=TASK,
            assignee=person,
            subject=loan.id,
            subject_url=address_of(loan),
            number=loan.name,
            due_on=due_on,
        )


def _involved(loan: Loan) -> set[UUID]:
    """The borrower and whoever has agreed already."""
    decided = loan.steps.filter(decided_by__isnull=False).values_list("decided_by", flat=True)
    return {loan.borrower_id, *decided}


@transaction.atomic
def approve_loan(grant: Grant, *, loan_id: UUID, with_download: bool = True) -> Loan:
    """`with_download` False strikes the download out of what was asked.

    Raises:
        NotFound: `loan_not_found`. Conflict: `loan_step_wrong`, `loan_step_order`, `loan_names_nothing`.
        NotAllowed: `not_allowed`, `loan_own`, `loan_decided_by_you`, `loan_step_not_yours`.
    """
    loan, step = _at_step(grant, loan_id)
    if not loan.records.exists():
        raise Conflict("loan_names_nothing", number=loan.name)
    loan.wants_download = loan.wants_download and with_download
    _decide(grant, step, is_allowed=True)
    close_tasks(kind=TASK, subject=loan.id, actor=grant.actor)
    if next_step(loan) is None:
        opening.open_loan(grant, loan)
    else:
        loan.save()
        open_step(grant, loan)
    facts = {"number": loan.name, "part": step.part, "download": loan.wants_download} | _ends(loan)
    append(action="loan.approved", actor=grant.actor, subject=loan.id, facts=facts)
    return loan


def _ends(loan: Loan) -> dict[str, str]:
    """Of the last agreement: until when it may be read or fetched."""
    if loan.until is not None:
        return {"until": loan.until.isoformat()}
    return {"fetch_by": loan.fetch_by.isoformat()} if loan.fetch_by is not None else {}


@transaction.atomic
def refuse_loan(grant: Grant, *, loan_id: UUID, reason: str) -> Loan:
    """Raises as `approve_loan`, and Invalid: `loan_reason_missing`."""
    loan, step = _at_step(grant, loan_id)
    if not reason.strip():
        raise Invalid("loan_reason_missing")
    step.sealed_reason = words.seal_reason(step, reason)
    _decide(grant, step, is_allowed=False)
    loan.state, loan.decided_at = LoanState.REFUSED, clock.now()
    loan.closed_at = loan.decided_at
    loan.save()
    close_tasks(kind=TASK, subject=loan.id, actor=grant.actor)
    facts = {"number": loan.name, "part": step.part}
    append(
        action="loan.refused",
        actor=grant.actor,
        subject=loan.id,
        facts=facts,
        private={"reason": words.shortened(reason)},
    )
    notify(kind="loan_refused", to=[loan.borrower_id], facts={"number": loan.name}, subject_url=address_of(loan))
    return loan


def _at_step(grant: Grant, loan_id: UUID) -> tuple[Loan, LoanStep]:
    loan = Loan.objects.select_for_update().filter(id=loan_id).first()
    if loan is None:
        raise NotFound("loan_not_found")
    state_of(loan).require("decide", grant)
    step = next_step(loan)
    if step is None:
        raise Conflict("loan_step_wrong", state=loan.state)
    _require_able(grant.person, loan, step)
    return loan, step


def _require_able(person: UUID, loan: Loan, step: LoanStep) -> None:
    if person == loan.borrower_id:
        raise NotAllowed("loan_own")
    if person in _involved(loan):
        raise NotAllowed("loan_decided_by_you")
    if people.is_able(person, step):
        return
    later = loan.steps.filter(ordinal__gt=step.ordinal)
    if any(people.is_able(person, one) for one in later):
        raise Conflict("loan_step_order", number=loan.name)
    raise NotAllowed("loan_step_not_yours")


def may_decide(grant: Grant, loan: Loan) -> bool:
    """Whether it is this person's turn; for the screen."""
    step = next_step(loan) if loan.state == LoanState.ASKED else None
    if step is None or grant.staff_id is None or grant.staff_id in _involved(loan):
        return False
    return people.is_able(grant.staff_id, step)


def _decide(grant: Grant, step: LoanStep, *, is_allowed: bool) -> None:
    step.decided_by_id, step.decided_at, step.is_allowed = grant.staff_id, clock.now(), is_allowed
    step.save()
