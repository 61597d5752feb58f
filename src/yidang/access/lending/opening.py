"""What was allowed begins and ends: reading for a time, or paper to be fetched; a hold stands as long as it lasts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from yidang.access.lending.models import Loan, LoanItem, LoanState, Use
from yidang.access.lending.states import state_of
from yidang.access.lending.terms import rules
from yidang.holdings.models import Hold, Item
from yidang.identity.given import Moment, records
from yidang.identity.models import Staff
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.identity.reaches import LOAN
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, notify, open_task

ROOM, HOLD = "access", "loan"
HAND_OVER, TELL_EFFECT = "hand_over_loan", "tell_use_effect"


def open_loan(grant: Grant, loan: Loan) -> None:
    """Called with the last agreement."""
    loan.decided_at = clock.now()
    loan.has_download = loan.wants_download
    if loan.is_paper:
        _await_fetching(grant, loan)
    else:
        _begin_reading(loan)
    loan.save()
    notify(kind="loan_allowed", to=[loan.borrower_id], facts={"number": loan.name}, subject_url=_address(loan))


def _begin_reading(loan: Loan) -> None:
    loan.state, loan.until = LoanState.READING, clock.now() + timedelta(hours=loan.hours)
    place_holds(loan)
    enter_use(loan)


def _await_fetching(grant: Grant, loan: Loan) -> None:
    loan.state = LoanState.READY
    loan.fetch_by = clock.today() + timedelta(days=rules().terms["fetch_days"])
    ask_to_hand_over(grant, loan)


def ask_to_hand_over(grant: Grant, loan: Loan) -> None:
    open_task(
        grant=grant,
        kind=HAND_OVER,
        permission=Permission.HAND_OVER_LOAN,
        subject=loan.id,
        subject_url=_address(loan),
        number=loan.name,
        due_on=loan.fetch_by,
        not_for=loan.borrower_id,
    )


def place_holds(loan: Loan) -> None:
    """Raises Conflict: `loan_record_gone` for what was destroyed since it was asked for."""
    wanted = list(loan.records.values_list("item", flat=True))
    with acting(SYSTEM):
        standing = Item.objects.select_for_update(of=("self",)).filter(pk__in=wanted).count()
        if standing != len(wanted):
            raise Conflict("loan_record_gone", number=loan.name)
        at = clock.now()
        Hold.objects.bulk_create(
            Hold(item_id=item, room=ROOM, reason_code=HOLD, placed_at=at, reference=loan.id) for item in wanted
        )


def lift_holds(loan: Loan) -> None:
    with acting(SYSTEM):
        Hold.objects.filter(room=ROOM, reference=loan.id).delete()


def enter_use(loan: Loan) -> None:
    use_of(loan, list(loan.records.all()), on=clock.today()).save(force_insert=True)


def use_of(loan: Loan, records: Sequence[LoanItem], *, on: date) -> Use:
    return Use(
        kind=loan.form,
        loan=loan,
        number=loan.name,
        used_on=on,
        by_id=loan.borrower_id,
        department_id=Staff.objects.values_list("department", flat=True).get(pk=loan.borrower_id),
        purpose=loan.purpose,
        persons=loan.persons,
        volumes=volumes_among(records),
        items=len(records),
        pages=sum(record.page_count for record in records),
    )


def volumes_among(records: Iterable[LoanItem]) -> int:
    return len({record.volume for record in records if record.volume})


@transaction.atomic
def end_reading(grant: Grant, *, loan_id: UUID) -> Loan:
    """Given back early by the borrower, or taken away by an archivist; the pages are gone with the next request.

    Raises: NotFound: `loan_not_found`. Conflict: `loan_step_wrong`. NotAllowed: `loan_not_yours`.
    """
    loan = Loan.objects.select_for_update().filter(id=loan_id).first()
    if loan is None:
        raise NotFound("loan_not_found")
    state_of(loan).require("end", grant)
    if loan.borrower_id != grant.staff_id and not grant.allows(Permission.DESCRIBE):
        raise NotAllowed("loan_not_yours")
    loan.until = clock.now()
    close_reading(grant, loan)
    return loan


def close_reading(grant: Grant, loan: Loan) -> None:
    lift_holds(loan)
    append(action="loan.ended", actor=grant.actor, subject=loan.id, facts={"number": loan.name})
    finish(grant, loan)


def finish(grant: Grant, loan: Loan) -> None:
    """What is left is to tell what came of it."""
    loan.state, loan.over_at = LoanState.OVER, clock.now()
    loan.save()
    ask_for_effect(grant, loan)


def ask_for_effect(grant: Grant, loan: Loan) -> None:
    open_task(
        grant=grant,
        kind=TELL_EFFECT,
        assignee=loan.borrower_id,
        subject=loan.id,
        subject_url=_address(loan),
        number=loan.name,
        due_on=clock.today() + timedelta(days=rules().terms["effect_days"]),
    )


def is_open(loan: Loan) -> bool:
    return loan.state == LoanState.READING and loan.until is not None and clock.now() < loan.until


def lent_to(staff_id: UUID, moment: Moment) -> QuerySet[Any, Any]:
    """For `identity.given`: asked with every request, so that what is over is closed at once."""
    reading = Loan.objects.filter(borrower=staff_id, state=LoanState.READING, until__gt=moment.now)
    return records(LoanItem.objects.filter(loan__in=reading), purpose=LOAN, until="loan__until")


def end_due() -> None:
    """For the keeper: reading whose time is over, paper that nobody fetched."""
    over = Loan.objects.filter(state=LoanState.READING, until__lte=clock.now())
    unfetched = Loan.objects.filter(state=LoanState.READY, fetch_by__lt=clock.today())
    for loan_id in list(over.values_list("id", flat=True)):
        _end_if_due(loan_id)
    for loan_id in list(unfetched.values_list("id", flat=True)):
        _lapse(loan_id)


@transaction.atomic
def _end_if_due(loan_id: UUID) -> None:
    loan = Loan.objects.select_for_update().get(id=loan_id)
    if loan.state == LoanState.READING and loan.until is not None and loan.until <= clock.now():
        close_reading(_KEEPER, loan)


@transaction.atomic
def _lapse(loan_id: UUID) -> None:
    loan = Loan.objects.select_for_update().get(id=loan_id)
    if loan.state != LoanState.READY:
        return
    loan.state, loan.closed_at = LoanState.LAPSED, clock.now()
    loan.save()
    close_tasks(kind=HAND_OVER, subject=loan.id, actor=_KEEPER.actor)
    append(action="loan.lapsed", actor=_KEEPER.actor, subject=loan.id, facts={"number": loan.name})


_KEEPER = Grant(None, "lending", "system", frozenset(Permission), None)


def _address(loan: Loan) -> str:
    return reverse("lending:loan", args=[loan.id])
