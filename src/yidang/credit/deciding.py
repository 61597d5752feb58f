"""The second person's part. What was entered takes effect, or is refused; nothing takes effect by one person alone."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.credit import reckoning, rules, terms
from yidang.credit.asking import FALLEN, TASK
from yidang.credit.chain import Book, working
from yidang.credit.models import (
    Appeal,
    Confirmation,
    Deduction,
    Measure,
    MeasureKind,
    Outcome,
    Repair,
    State,
    TwoPersons,
)
from yidang.credit.subjects import locked
from yidang.credit.tasks import set_going
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, NotAllowed, NotFound
from yidang.workflow.operations import close_tasks

MODELS: dict[str, type[TwoPersons]] = {
    "deduction": Deduction,
    "measure": Measure,
    "repair": Repair,
    "confirmation": Confirmation,
    "appeal": Appeal,
}


@transaction.atomic
def decide(*, grant: Grant, what: str, row_id: UUID, agree: bool) -> TwoPersons:
    """`what` is a key of MODELS.

    Raises NotFound `credit_row_not_found`, NotAllowed `credit_second_person`, Conflict `credit_decided` or
    `credit_changed_meanwhile` when the year's points are no longer what the first person saw.
    """
    grant.require(Permission.DECIDE_CREDIT)
    row: TwoPersons
    with working(grant) as book:
        row = _waiting(grant, what, row_id)
        if agree:
            _EFFECTS[what](book, row)
        row.state = State.IN_FORCE if agree else State.REFUSED
        row.decided_by, row.decided_at = grant.person, now()
        row.save()
        book.note(f"{what}.{row.state}", row)
        if agree:
            _AFTERWARDS.get(what, _nothing)(book, row)
        gone = _gone(row)
    close_tasks(kind=TASK, subject=row.pk, actor=grant.actor)
    if gone is not None:
        close_tasks(kind=FALLEN, subject=gone, actor=grant.actor)
    if agree and what in {"deduction", "appeal"}:
        set_going()
    return row


def _gone(row: Any) -> UUID | None:
    """Points that count no longer, or never will: nobody need withdraw them for their decision's sake."""
    points = row.deduction if isinstance(row, Appeal) else row
    if isinstance(points, Deduction) and points.state in {State.REFUSED, State.WITHDRAWN}:
        return points.pk
    return None


def _waiting(grant: Grant, what: str, row_id: UUID) -> Any:
    if what not in MODELS:
        raise NotFound("credit_row_not_found")
    row = MODELS[what]._default_manager.select_for_update().filter(pk=row_id).first()  # noqa: SLF001 - Django's documented API
    if row is None:
        raise NotFound("credit_row_not_found")
    if row.state != State.ASKED or row.entered_by is None:
        raise Conflict("credit_decided")
    if row.entered_by == grant.person:
        raise NotAllowed("credit_second_person")
    return row


def _score(_book: Book, row: Deduction) -> None:
    locked(row.subject)
    due = reckoning.owed_with(row)
    is_ending = due.status == rules.Status.TERMINATED
    if not is_ending and not rules.fits(row.months, due):
        raise Conflict("credit_changed_meanwhile")
    row.served_on = today()


def _carry_out(book: Book, row: Deduction) -> None:
    """The measure that the year's total calls for begins on the day it is decided."""
    due = _called_for(row)
    if due.status == rules.Status.NORMAL:
        return
    is_ending = due.status == rules.Status.TERMINATED
    made = Measure(
        subject=row.subject,
        decision=row.decision,
        deduction=row,
        kind=MeasureKind.TERMINATED if is_ending else MeasureKind.SUSPENDED,
        behaviour=row.behaviour,
        months=due.months[0] if is_ending else row.months,
        state=State.IN_FORCE,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
    _begin(made, today())
    made.save(force_insert=True)
    book.note("measure.in_force", made)


def _called_for(row: Deduction) -> rules.Owed:
    found = reckoning.total(row.subject, row.year)
    return reckoning.owed(row.subject, found, row.points)


def _begin(measure: Measure, on: date) -> None:
    measure.from_on, measure.until_on = on, rules.add_months(on, measure.months)


def _impose(_book: Book, row: Measure) -> None:
    _begin(row, today())


def _repair(_book: Book, row: Repair) -> None:
    locked(row.subject)


def _confirm(book: Book, row: Confirmation) -> None:
    if terms.rows()[row.about].digest != bytes(row.digest):
        raise Conflict("credit_changed_meanwhile")
    if row.ends:
        for one in Confirmation.objects.select_for_update().filter(term=row.about, state=State.IN_FORCE):
            _withdraw(book, one, "confirmation")


def _settle(book: Book, row: Appeal) -> None:
    """Upheld, what was appealed against never counted, and neither does what stood on it."""
    if row.outcome != Outcome.UPHELD:
        return
    if row.measure is not None:
        _withdraw(book, row.measure, "measure")
    if row.deduction is not None:
        _withdraw(book, row.deduction, "deduction")
        _withdraw_baseless(book, row.deduction)


def _withdraw(book: Book, row: Any, what: str) -> None:
    if row.state == State.IN_FORCE:
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
        book.note(f"{what}.withdrawn", row)


def _withdraw_baseless(book: Book, gone: Deduction) -> None:
    """Measures of the year that the points left no longer call for; a lesser one needs a decision of its own."""
    subject = locked(gone.subject)
    left = reckoning.in_force(subject, gone.year)
    repairs = reckoning.repairs(subject, gone.year)
    called = dict(zip(left, rules.still_called_for(reckoning.scored(left), repairs, terms.terms()), strict=True))
    for measure in Measure.objects.filter(subject=subject, deduction__year=gone.year, state=State.IN_FORCE):
        due = next((owed for one, owed in called.items() if one.pk == measure.deduction_id), rules.Owed())
        if due.status != measure.kind:
            _withdraw(book, measure, "measure")


def _nothing(_book: Book, _row: Any) -> None:
    return None


_EFFECTS: dict[str, Callable[[Book, Any], None]] = {
    "deduction": _score,
    "measure": _impose,
    "repair": _repair,
    "confirmation": _confirm,
    "appeal": _settle,
}
_AFTERWARDS: dict[str, Callable[[Book, Any], None]] = {"deduction": _carry_out}
