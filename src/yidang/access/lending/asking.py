"""Asking for a loan, and taking the question back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.access.lending import people, words
from yidang.access.lending.deciding import TASK, open_step
from yidang.access.lending.models import Form, Loan, LoanItem, LoanState, LoanStep
from yidang.access.lending.rules import ARCHIVE, HEAD, PURPOSES, SECTION, Step, Thing, leaving
from yidang.access.lending.states import state_of
from yidang.access.lending.terms import rules
from yidang.holdings.models import Item, ItemState
from yidang.holdings.queries import get_item
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks

LEAST_REASON = 2
MOST_PERSONS = 999
_LONGEST_CODE = 120


@dataclass(frozen=True, kw_only=True)
class Wish:
    """`codes`: 档号 in any spelling; `reader`: who it is for, when not for the borrower's own work."""

    codes: Sequence[str]
    form: str
    purpose: str
    hours: int
    reason: str
    reader: str = ""
    persons: int = 1
    with_download: bool = False


@transaction.atomic
def ask_loan(grant: Grant, *, wish: Wish) -> Loan:
    """Codes that no record has are kept and told to the archivist alone: asking shows nobody what there is.

    Raises:
        NotAllowed: `not_allowed`. Invalid: `loan_incomplete` with the field, `loan_too_many`, `loan_term_wrong`.
    """
    grant.require(Permission.ASK_LOAN)
    borrower = grant.person
    _check(wish)
    found, unknown = _look_up(wish.codes)
    loan = _made(borrower, wish, unknown)
    LoanItem.objects.bulk_create(line_of(loan, item) for item in found)
    _lay_steps(loan, found)
    told = {"reason": words.shortened(wish.reason), "reader": words.shortened(wish.reader)}
    append(action="loan.asked", actor=grant.actor, subject=loan.id, facts=_facts(loan), private=told)
    open_step(grant, loan)
    return loan


def _facts(loan: Loan) -> dict[str, Any]:
    """All that a lost database needs to know the loan again; `restoring` reads it."""
    return {
        "number": loan.name,
        "form": loan.form,
        "purpose": loan.purpose,
        "hours": loan.hours,
        "persons": loan.persons,
        "download": loan.wants_download,
        "items": [str(one) for one in loan.records.values_list("item", flat=True)],
        "steps": [[step.part, step.department_id or ""] for step in loan.steps.all()],
    }


def _check(wish: Wish) -> None:
    terms = rules().terms
    if not any(code.strip() for code in wish.codes):
        raise Invalid("loan_incomplete", field="codes")
    if len(wish.codes) > terms["most_items"]:
        raise Invalid("loan_too_many", most=terms["most_items"])
    if wish.form not in Form.values or wish.purpose not in PURPOSES:
        raise Invalid("loan_incomplete", field="purpose")
    if len(wish.reason.strip()) < LEAST_REASON:
        raise Invalid("loan_incomplete", field="reason")
    if not 1 <= wish.persons <= MOST_PERSONS:
        raise Invalid("loan_incomplete", field="persons")
    shortest = terms["shortest_paper_hours"] if wish.form != Form.SCREEN else 0
    if wish.hours not in terms["hours"] or wish.hours < shortest:
        raise Invalid("loan_term_wrong")


def _look_up(codes: Iterable[str]) -> tuple[list[Item], list[str]]:
    found: dict[UUID, Item] = {}
    unknown: list[str] = []
    with acting(SYSTEM):
        for code in (code.strip() for code in codes if code.strip()):
            try:
                item = get_item(SYSTEM, code)
            except NotFound:
                item = None
            if item is None or item.state != ItemState.FILED:
                unknown.append(code[:_LONGEST_CODE])
            else:
                found[item.pk] = item
    return list(found.values()), unknown


def _made(borrower: UUID, wish: Wish, unknown: list[str]) -> Loan:
    loan = Loan(
        form=wish.form,
        borrower_id=borrower,
        purpose=wish.purpose,
        hours=wish.hours,
        persons=wish.persons,
        wants_download=wish.with_download and wish.form == Form.SCREEN,
        asked_at=clock.now(),
    )
    told = {
        "reason": words.shortened(wish.reason),
        "reader": words.shortened(wish.reader),
        "codes": [code.strip()[:_LONGEST_CODE] for code in wish.codes if code.strip()],
        "unknown": unknown,
    }
    loan.sealed = words.seal_words(loan.id, told)
    loan.save()
    return loan


def line_of(loan: Loan, item: Item) -> LoanItem:
    return LoanItem(
        loan=loan,
        item=item.pk,
        reference_code=item.reference_code or item.working_number,
        series_id=item.series_id,
        sensitivity=item.security_class,
        volume=item.volume_id,
        page_count=item.page_count,
    )


def _lay_steps(loan: Loan, found: Sequence[Item]) -> None:
    wanted = _steps(loan, found, loan.form)
    if loan.form == Form.OUT:
        wanted = leaving(wanted, _steps(loan, found, Form.ROOM))
    _require_another(wanted, loan.borrower_id)
    for ordinal, step in enumerate(wanted, start=1):
        LoanStep.objects.create(
            loan=loan,
            ordinal=ordinal,
            part=step.part,
            department_id=step.section or None,
            borrower_id=loan.borrower_id,
        )


def _steps(loan: Loan, found: Sequence[Item], form: str) -> list[Step]:
    things = [Thing(item.security_class, item.series.department_id or "") for item in found]
    sections = people.sections_of(loan.borrower_id)
    wanted = rules().steps_for(things, sections=sections, form=form, with_download=loan.wants_download)
    return _with_somebody(wanted, loan.borrower_id)


def _require_another(wanted: Sequence[Step], borrower: UUID) -> None:
    """Raises Conflict: `loan_nobody_to_ask` where two archivists are wanted and there is one."""
    needed = sum(step.part == ARCHIVE for step in wanted)
    if needed > len(people.able(ARCHIVE, "", but={borrower})) and needed > 1:
        raise Conflict("loan_nobody_to_ask")


def _with_somebody(wanted: Sequence[Step], borrower: UUID) -> list[Step]:
    """Where no section's head could agree, an archivist does; where no archivist could, the head of the archive.

    Raises Conflict: `loan_nobody_to_ask`.
    """
    return list(dict.fromkeys(_answered(step, borrower) for step in wanted))


def _answered(step: Step, borrower: UUID) -> Step:
    for one in (step, Step(ARCHIVE), Step(HEAD)):
        is_above = (SECTION, ARCHIVE, HEAD).index(one.part) >= (SECTION, ARCHIVE, HEAD).index(step.part)
        if is_above and people.able(one.part, one.section, but={borrower}):
            return one
    raise Conflict("loan_nobody_to_ask")


@transaction.atomic
def withdraw_loan(grant: Grant, *, loan_id: UUID) -> Loan:
    """Raises NotFound: `loan_not_found`. Conflict: `loan_step_wrong`. NotAllowed: `loan_not_yours`."""
    loan = locked(loan_id)
    state_of(loan).require("withdraw", grant)
    if loan.borrower_id != grant.staff_id:
        raise NotAllowed("loan_not_yours")
    end_unused(loan, LoanState.WITHDRAWN)
    append(action="loan.withdrawn", actor=grant.actor, subject=loan.id, facts={"number": loan.name})
    return loan


def end_unused(loan: Loan, state: LoanState, actor: str = "system:lending") -> None:
    """Nothing of it was read or carried."""
    loan.state, loan.closed_at = state, clock.now()
    loan.save()
    for kind in (TASK, "hand_over_loan"):
        close_tasks(kind=kind, subject=loan.id, actor=actor)


def locked(loan_id: UUID) -> Loan:
    """Raises NotFound: `loan_not_found`."""
    loan = Loan.objects.select_for_update().filter(id=loan_id).first()
    if loan is None:
        raise NotFound("loan_not_found")
    return loan
