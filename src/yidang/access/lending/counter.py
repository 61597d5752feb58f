"""借还台: paper handed over, taken back with a word on its condition, and called for when it is late."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from yidang.access.lending import opening, words
from yidang.access.lending.asking import locked
from yidang.access.lending.models import Condition, Loan, LoanItem, LoanState
from yidang.access.lending.people import able
from yidang.access.lending.ports import store
from yidang.access.lending.rules import SECTION
from yidang.access.lending.states import state_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, meet_deadline, notify, open_task, set_deadline

DEADLINE = "loan_due"
DAMAGED = "look_after_damage"


@transaction.atomic
def hand_over_loan(grant: Grant, *, loan_id: UUID, condition: str, note: str = "") -> Loan:
    """The borrower has it from now on, and a hold stands.

    Raises:
        NotFound: `loan_not_found`. Conflict: `loan_step_wrong`, `loan_item_out`.
        NotAllowed: `not_allowed`, `loan_own`. Invalid: `loan_condition_missing`.
    """
    loan = _at_counter(grant, loan_id, "hand_over", condition)
    records = list(loan.records.all())
    _require_in(records)
    loan.records.update(is_out=True)
    for record in records:
        store().take_out(grant, item_id=record.item, reference=loan.id)
    loan.handed_over_by_id, loan.handed_over_at, loan.condition_out = grant.person, clock.now(), condition
    words.add_note(loan, "out", note)
    loan.state, loan.until = LoanState.OUT, clock.now() + timedelta(hours=loan.hours)
    loan.save()
    opening.place_holds(loan)
    opening.enter_use(loan)
    close_tasks(kind=opening.HAND_OVER, subject=loan.id, actor=grant.actor)
    watch(loan)
    facts = {"number": loan.name, "form": loan.form, "condition": condition, "until": loan.until.isoformat()}
    append(action="loan.handed_over", actor=grant.actor, subject=loan.id, facts=facts)
    return loan


def _at_counter(grant: Grant, loan_id: UUID, step: str, condition: str) -> Loan:
    loan = locked(loan_id)
    state_of(loan).require(step, grant)
    if loan.borrower_id == grant.staff_id:
        raise NotAllowed("loan_own")
    if condition not in Condition.values:
        raise Invalid("loan_condition_missing")
    return loan


def _require_in(records: list[LoanItem]) -> None:
    out = LoanItem.objects.filter(item__in=[record.item for record in records], is_out=True).first()
    if out is not None:
        raise Conflict("loan_item_out", item=out.reference_code)


def watch(loan: Loan) -> None:
    if loan.until is None:
        return
    set_deadline(
        kind=DEADLINE,
        due_on=loan.until.astimezone(CHINA).date(),
        days=(-1, 0, 1, 3, 7, 14, 30),
        subject=loan.id,
        subject_url=address_of(loan),
        number=loan.name,
        assignee=loan.borrower_id,
    )


@transaction.atomic
def take_back_loan(grant: Grant, *, loan_id: UUID, condition: str, note: str = "") -> Loan:
    """Raises as `hand_over_loan`; and Invalid: `loan_note_missing` when the paper is not as it should be."""
    loan = _at_counter(grant, loan_id, "take_back", condition)
    if condition in {Condition.DAMAGED, Condition.INCOMPLETE} and not note.strip():
        raise Invalid("loan_note_missing")
    for record in loan.records.all():
        store().put_back(grant, item_id=record.item)
    loan.records.update(is_out=False)
    loan.taken_back_by_id, loan.condition_back = grant.person, condition
    words.add_note(loan, "back", note)
    opening.lift_holds(loan)
    meet_deadline(kind=DEADLINE, subject=loan.id)
    facts = {"number": loan.name, "condition": condition, "was_late": is_late(loan)}
    append(action="loan.taken_back", actor=grant.actor, subject=loan.id, facts=facts)
    opening.finish(grant, loan)
    if condition != Condition.INTACT:
        _have_looked_at(grant, loan)
    return loan


def _have_looked_at(grant: Grant, loan: Loan) -> None:
    """An archivist sees to what came back worse than it went."""
    open_task(
        grant=grant,
        kind=DAMAGED,
        permission=Permission.DESCRIBE,
        subject=loan.id,
        subject_url=address_of(loan),
        number=loan.name,
        not_for=loan.borrower_id,
    )


@transaction.atomic
def chase_loan(grant: Grant, *, loan_id: UUID) -> Loan:
    """催还: told to the borrower and to the heads of the borrower's section. Raises Conflict: `loan_not_late`."""
    loan = locked(loan_id)
    state_of(loan).require("chase", grant)
    if not is_late(loan):
        raise Conflict("loan_not_late", number=loan.name)
    loan.chased += 1
    loan.save(update_fields=["chased"])
    section = loan.borrower.department_id
    heads = able(SECTION, section, but=()) if section else set()
    notify(
        kind="loan_chased",
        to=[loan.borrower_id, *heads],
        facts={"number": loan.name},
        subject_url=address_of(loan),
    )
    append(action="loan.chased", actor=grant.actor, subject=loan.id, facts={"number": loan.name, "time": loan.chased})
    return loan


def is_late(loan: Loan) -> bool:
    return loan.state == LoanState.OUT and loan.until is not None and loan.until < clock.now()


def overdue(grant: Grant) -> QuerySet[Loan]:
    """For who stands at the counter, and for who answers for lending."""
    if not grant.allows(Permission.APPROVE_LOAN):
        grant.require(Permission.HAND_OVER_LOAN)
    late = Loan.objects.filter(state=LoanState.OUT, until__lt=clock.now())
    return late.select_related("borrower__department").order_by("until")


def address_of(loan: Loan) -> str:
    return reverse("lending:loan", args=[loan.id])
