"""Who sees which loans."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from yidang.access.lending.deciding import TASK, may_decide
from yidang.access.lending.models import Form, Loan, LoanItem, LoanState, Part
from yidang.access.lending.people import headed_by
from yidang.access.lending.words import words_of
from yidang.holdings.models import Item
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import NotFound
from yidang.workflow.queries import open_tasks_for

_NOT_GRANTED = (LoanState.ASKED, LoanState.REFUSED, LoanState.WITHDRAWN)
_AT_THE_COUNTER = (LoanState.READY, LoanState.OUT, LoanState.OVER, LoanState.CLOSED)


def visible_loans(grant: Grant) -> QuerySet[Loan]:
    """The own; those a section's head answers for; those of paper at the counter; all to the archive."""
    loans = Loan.objects.select_related("borrower__department").order_by("-number")
    if grant.staff_id is None:
        return loans.none()
    if grant.allows(Permission.APPROVE_LOAN) and grant.departments is None:
        return loans
    seen = Q(borrower=grant.staff_id) | Q(steps__decided_by=grant.staff_id)
    if grant.allows(Permission.APPROVE_LOAN):
        seen |= Q(steps__part=Part.SECTION, steps__department__in=headed_by(grant.staff_id))
    if grant.allows(Permission.HAND_OVER_LOAN):
        seen |= Q(form__in=[Form.ROOM, Form.OUT], state__in=_AT_THE_COUNTER)
    return loans.filter(seen).distinct()


def get_loan(grant: Grant, loan_id: UUID) -> Loan:
    """Raises NotFound: `loan_not_found`, also for what the asker may not know of."""
    loan = visible_loans(grant).filter(id=loan_id).first()
    if loan is None:
        raise NotFound("loan_not_found")
    return loan


def own_loans(grant: Grant) -> QuerySet[Loan]:
    return visible_loans(grant).filter(borrower=grant.staff_id)


def waiting_for(grant: Grant) -> Sequence[Loan]:
    """Those it is this person's turn to decide."""
    asked = visible_loans(grant).filter(state=LoanState.ASKED).order_by("number")
    return [loan for loan in asked if may_decide(grant, loan)]


def waiting_count(grant: Grant) -> int:
    """By the tasks, which are asked for with every page."""
    if grant.staff_id is None:
        return 0
    return open_tasks_for(grant.staff_id).filter(kind=TASK).count()


def at_counter(grant: Grant, state: LoanState) -> QuerySet[Loan]:
    grant.require(Permission.HAND_OVER_LOAN)
    loans = Loan.objects.filter(form__in=[Form.ROOM, Form.OUT], state=state)
    return loans.select_related("borrower__department").prefetch_related("records").order_by("until", "number")


def loan_for(grant: Grant, item: Item) -> Loan | None:
    """By which the asker reads the record at this moment."""
    return (
        Loan.objects.filter(
            borrower=grant.staff_id, state=LoanState.READING, until__gt=clock.now(), records__item=item.pk
        )
        .select_related("borrower")
        .order_by("-until")
        .first()
    )


def sees_words(grant: Grant, loan: Loan) -> bool:
    """Why it is asked for is for who asks and who decides, not for who carries the boxes."""
    return loan.borrower_id == grant.staff_id or grant.allows(Permission.APPROVE_LOAN)


def is_blind(grant: Grant, loan: Loan) -> bool:
    """Whether the borrower may not be shown what the codes led to, nor who is asked because of it.

    Until a loan is granted the page of a record one may not see is the page of a code that no record has.
    """
    if loan.borrower_id != grant.staff_id or loan.state not in _NOT_GRANTED:
        return False
    records = list(loan.records.values_list("item", flat=True))
    hidden = len(records) - visible_items(grant).filter(pk__in=records).count()
    return bool(hidden or words_of(loan).get("unknown"))


def is_out(item: Item) -> bool:
    """Whether somebody has the paper."""
    return LoanItem.objects.filter(item=item.pk, is_out=True).exists()
