"""Loans after a lost database: in whose hands the paper is, and what stood open; the ledger was told every step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from uuid import UUID

from django.db import connection, transaction

from yidang.access.lending import counter, opening, words
from yidang.access.lending.asking import line_of
from yidang.access.lending.models import Loan, LoanItem, LoanState, LoanStep, Use
from yidang.holdings.models import Hold, Item
from yidang.identity.models import Department, Staff
from yidang.identity.policy import system_grant
from yidang.kernel.clock import CHINA
from yidang.ledger.events import read_time
from yidang.ledger.queries import Event, events_of, unended

RESTORED = ("access_loan", "access_loanitem", "access_loanstep", "access_use")
_HELD = (LoanState.READING, LoanState.OUT)


@dataclass
class _Books:
    """As the books stood after the events followed so far."""

    people: set[UUID]
    sections: set[str]
    items: Mapping[UUID, Item]
    loans: dict[UUID, Loan] = field(default_factory=dict)
    lines: dict[UUID, list[LoanItem]] = field(default_factory=dict)
    steps: dict[UUID, list[LoanStep]] = field(default_factory=dict)
    uses: dict[str, Use] = field(default_factory=dict)

    def known(self, actor: str) -> UUID | None:
        """The machine ends some steps itself, and an account may be lost."""
        return next((one for one in self.people if str(one) == actor), None)

    @property
    def all_lines(self) -> list[LoanItem]:
        return list(chain.from_iterable(self.lines.values()))

    @property
    def all_steps(self) -> list[LoanStep]:
        return list(chain.from_iterable(self.steps.values()))


@transaction.atomic
def restore() -> dict[str, int]:
    """Into empty tables. Reasons and notes were sealed in the lost database and stay unknown."""
    if Loan.objects.exists():
        return {}
    people, sections = Staff.objects.values_list("pk", flat=True), Department.objects.values_list("pk", flat=True)
    books = _Books(set(people), set(sections), _lent())
    for told in events_of("loan.asked", *_STEPS):
        if told.action == "loan.asked":
            _asked(books, told)
        elif told.subject in books.loans or told.action == "use.effect":
            _STEPS[told.action](books, told)
    _lapse_undecidable(books)
    _save(books)
    _keep_going(books)
    counts = (len(books.loans), len(books.all_lines), len(books.all_steps), len(books.uses))
    return dict(zip(RESTORED, counts, strict=True))


def _lent() -> Mapping[UUID, Item]:
    """Every record that was ever asked for and stands still."""
    named = {UUID(one) for told in events_of("loan.asked") for one in told.facts["items"]}
    return Item.objects.select_related("series").in_bulk(list(named))


def _asked(books: _Books, told: Event) -> None:
    borrower = books.known(told.actor)
    if told.subject is None or borrower is None:
        return
    facts = told.facts
    loan = Loan(
        number=int(facts["number"].rpartition("-")[2]),
        id=told.subject,
        form=facts["form"],
        borrower_id=borrower,
        purpose=facts["purpose"],
        hours=facts.get("hours", 1),
        persons=facts.get("persons", 1),
        wants_download=facts.get("download", False),
        sealed=words.seal_words(told.subject, {"reason": "", "reader": "", "unknown": []}),
        asked_at=told.at,
    )
    books.loans[loan.id] = loan
    standing = (books.items.get(UUID(one)) for one in facts["items"])
    books.lines[loan.id] = [line_of(loan, item) for item in standing if item is not None]
    books.steps[loan.id] = [
        _step(books, loan, ordinal, part, section)
        for ordinal, (part, section) in enumerate(facts.get("steps", []), start=1)
    ]


def _step(books: _Books, loan: Loan, ordinal: int, part: str, section: str) -> LoanStep:
    known = section if section in books.sections else None
    return LoanStep(loan=loan, ordinal=ordinal, part=part, department_id=known, borrower_id=loan.borrower_id)


def _of(books: _Books, told: Event) -> Loan:
    return books.loans[told.subject or UUID(int=0)]


def _decide(books: _Books, told: Event, *, is_allowed: bool) -> None:
    waiting = (step for step in books.steps[_of(books, told).id] if step.is_allowed is None)
    for step in list(waiting)[:1]:
        step.decided_by_id, step.decided_at, step.is_allowed = books.known(told.actor), told.at, is_allowed


def _approved(books: _Books, told: Event) -> None:
    loan, facts = _of(books, told), told.facts
    _decide(books, told, is_allowed=True)
    loan.wants_download = facts["download"]
    if "until" in facts:
        loan.state, loan.until = LoanState.READING, read_time(facts["until"])
        _used(books, loan, told)
    elif "fetch_by" in facts:
        loan.state, loan.fetch_by = LoanState.READY, date.fromisoformat(facts["fetch_by"])
    else:
        return
    loan.decided_at, loan.has_download = told.at, loan.wants_download


def _refused(books: _Books, told: Event) -> None:
    _decide(books, told, is_allowed=False)
    _ended_unused(LoanState.REFUSED)(books, told)


def _ended_unused(state: LoanState) -> Callable[[_Books, Event], None]:
    def end(books: _Books, told: Event) -> None:
        loan = _of(books, told)
        loan.state, loan.closed_at = state, told.at

    return end


def _handed_over(books: _Books, told: Event) -> None:
    loan = _of(books, told)
    loan.state, loan.until = LoanState.OUT, read_time(told.facts["until"])
    loan.handed_over_by_id, loan.handed_over_at = books.known(told.actor), told.at
    loan.condition_out = told.facts["condition"]
    for line in books.lines[loan.id]:
        line.is_out = True
    _used(books, loan, told)


def _taken_back(books: _Books, told: Event) -> None:
    loan = _of(books, told)
    loan.taken_back_by_id, loan.condition_back = books.known(told.actor), told.facts["condition"]
    for line in books.lines[loan.id]:
        line.is_out = False
    _over(books, told)


def _over(books: _Books, told: Event) -> None:
    loan = _of(books, told)
    loan.state, loan.over_at = LoanState.OVER, told.at


def _chased(books: _Books, told: Event) -> None:
    _of(books, told).chased = told.facts["time"]


def _used(books: _Books, loan: Loan, told: Event) -> None:
    books.uses[loan.name] = opening.use_of(loan, books.lines[loan.id], on=told.at.astimezone(CHINA).date())


def _effect(books: _Books, told: Event) -> None:
    """Told of a loan; what came of a certified copy went with the copy's row."""
    use = books.uses.get(told.facts["number"])
    if use is None or use.loan is None or told.subject is None:
        return
    use.id, use.effect, use.effect_at = told.subject, told.facts["effect"], told.at
    use.loan.state, use.loan.closed_at = LoanState.CLOSED, told.at


_STEPS: dict[str, Callable[[_Books, Event], None]] = {
    "loan.approved": _approved,
    "loan.refused": _refused,
    "loan.withdrawn": _ended_unused(LoanState.WITHDRAWN),
    "loan.lapsed": _ended_unused(LoanState.LAPSED),
    "loan.ended": _over,
    "loan.handed_over": _handed_over,
    "loan.taken_back": _taken_back,
    "loan.chased": _chased,
    "use.effect": _effect,
}


def _lapse_undecidable(books: _Books) -> None:
    """Asked for before the ledger was told who must agree: to be asked for again."""
    for loan in books.loans.values():
        if loan.state == LoanState.ASKED and not books.steps[loan.id]:
            loan.state, loan.closed_at = LoanState.LAPSED, loan.asked_at


def _save(books: _Books) -> None:
    Loan.objects.bulk_create(books.loans.values())
    LoanItem.objects.bulk_create(books.all_lines)
    LoanStep.objects.bulk_create(books.all_steps)
    Use.objects.bulk_create(books.uses.values())
    if books.loans:
        with connection.cursor() as cursor:
            sequence = "SELECT setval(pg_get_serial_sequence('access_loan', 'number'), %s)"
            cursor.execute(sequence, [max(loan.number for loan in books.loans.values())])


def _keep_going(books: _Books) -> None:
    """Holds, dates and tasks, as they stood."""
    grant = system_grant("lending")
    for loan in books.loans.values():
        if loan.state in _HELD:
            values = {"room": opening.ROOM, "reason_code": opening.HOLD, "reference": loan.id}
            at = loan.handed_over_at or loan.decided_at or loan.asked_at
            Hold.objects.bulk_create(Hold(item_id=line.item, placed_at=at, **values) for line in books.lines[loan.id])
        if loan.state == LoanState.OUT:
            counter.watch(loan)
        elif loan.state == LoanState.READY:
            opening.ask_to_hand_over(grant, loan)
        elif loan.state == LoanState.OVER:
            opening.ask_for_effect(grant, loan)


def unsure() -> list[str]:
    """Numbers of loans whose paper is out by the ledger and which have no row."""
    known = set(Loan.objects.values_list("id", flat=True))
    return [
        told.facts["number"] for told in unended("loan.handed_over", "loan.taken_back") if told.subject not in known
    ]
