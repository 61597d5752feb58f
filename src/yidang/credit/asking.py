"""The first person's part: entering what a decision says, for a second person to decide."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yidang.credit import reckoning, rules, terms
from yidang.credit.chain import Book, working
from yidang.credit.models import (
    END,
    Activity,
    Confirmation,
    Decision,
    Deduction,
    Kind,
    Measure,
    MeasureKind,
    Repair,
    Responsibility,
    Series,
    State,
    Subject,
    TwoPersons,
)
from yidang.credit.subjects import person, practitioner, provider_code, subject_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid
from yidang.workflow.operations import close_tasks, open_task

TASK = "credit_decide"
OFFERED = "score_offered"  # a decision named somebody
FALLEN = "score_fallen"  # what points stand on was taken back
PARTLY_FALLEN = "score_partly_fallen"  # and some of it still stands
_FIRST_YEAR = 2021
_MOST_SERIAL = 99999
_ISSUER = 6


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as its letterhead says it, in parts: there is no room for a word. `provider` is blank for persons."""

    issuer: str
    series: str
    year: int
    serial: int
    effective_on: date
    provider: str = ""


@transaction.atomic
def enter_deduction(
    *,
    grant: Grant,
    ruling: Ruling,
    code: str,
    profession: str,
    provider: str,
    behaviour: str,
    responsibility: str,
    months: int = 0,
    offer: UUID | None = None,
) -> Deduction:
    """Points for one practitioner, from a decision against an institution; `offer` is the task that this answers.

    Raises Invalid `credit_…` for what does not fit, Conflict `credit_term_unverified`, `credit_scored_already`,
    `credit_months` when the year's total calls for a suspension of other length.
    """
    grant.require(Permission.SCORE_CREDIT)
    if ruling.series == Series.PERSON:
        raise Invalid("credit_series")
    with working(grant) as book:
        subject = practitioner(book, code=code, profession=profession, provider=provider)
        made = _deduction(book, subject, ruling, behaviour=behaviour, responsibility=responsibility, months=months)
        book.note("deduction.asked", made)
    if offer is not None:
        close_tasks(kind=OFFERED, subject=offer, actor=grant.actor)
    _tell_second(grant, made)
    return made


@transaction.atomic
def enter_person_points(*, grant: Grant, ruling: Ruling, id_number: str, behaviour: str) -> Deduction:
    """Points of an insured person, where this bureau confirmed the local scheme; by a decision on the person alone.

    Raises Invalid `credit_…`, Conflict `credit_term_unverified` while the scheme is off, `credit_scored_already`.
    """
    grant.require(Permission.SCORE_CREDIT)
    if ruling.series != Series.PERSON:
        raise Invalid("credit_series")
    with working(grant) as book:
        terms.require_known("rule:person_points")
        subject = person(book, id_number=id_number)
        share = Responsibility.MAIN
        made = _deduction(book, subject, ruling, behaviour=behaviour, responsibility=share, months=0)
        book.note("deduction.asked", made)
    _tell_second(grant, made)
    return made


@transaction.atomic
def enter_measure(*, grant: Grant, ruling: Ruling, id_number: str, behaviour: str, months: int) -> Measure:
    """Suspension of networked settlement by decision (条例 article 41); nothing ever leads to it by itself.

    Raises Invalid `credit_…`, Conflict `credit_scored_already`.
    """
    grant.require(Permission.SCORE_CREDIT)
    if ruling.series != Series.PERSON:
        raise Invalid("credit_series")
    with working(grant) as book:
        subject = person(book, id_number=id_number)
        made = _measure(book, subject, ruling, behaviour=behaviour, months=months)
        book.note("measure.asked", made)
    _tell_second(grant, made)
    return made


@transaction.atomic
def enter_repair(*, grant: Grant, subject_id: UUID, activity: str, done_on: date) -> Repair:
    """Raises Invalid `credit_activity`, `credit_dates`, Conflict `credit_repair_exhausted`, `…_term_unverified`."""
    grant.require(Permission.SCORE_CREDIT)
    if activity not in Activity.values:
        raise Invalid("credit_activity")
    if done_on > today():
        raise Invalid("credit_dates")
    with working(grant) as book:
        subject = subject_of(subject_id)
        terms.require_known("rule:repair_each", "rule:repair_most")
        reckoning.require_room_for_repair(subject, done_on.year)
        made = Repair(subject=subject, activity=activity, done_on=done_on, points=terms.repair_each())
        _enter(book, made, "repair.asked")
    _tell_second(grant, made)
    return made


@transaction.atomic
def enter_confirmation(*, grant: Grant, term: str) -> Confirmation:
    """That a row which only a local rule says holds here.

    Raises Invalid `credit_term_unknown`, Conflict `credit_term_confirmed`.
    """
    grant.require(Permission.SCORE_CREDIT)
    row = terms.rows().get(term)
    if row is None:
        raise Invalid("credit_term_unknown")
    with working(grant) as book:
        waiting = Confirmation.objects.filter(term=term, state=State.ASKED, digest=row.digest)
        if row.is_verified or term in terms.confirmed() or waiting.exists():
            raise Conflict("credit_term_confirmed")
        made = Confirmation(term=term, digest=row.digest)
        _enter(book, made, "confirmation.asked")
    _tell_second(grant, made)
    return made


@transaction.atomic
def enter_end_of_confirmation(*, grant: Grant, term: str) -> Confirmation:
    """That a local term holds here no longer: a scheme is switched off as it was switched on, by two.

    What was entered under it stays on record. Raises Invalid `credit_term_unknown`, Conflict `credit_term_not_here`.
    """
    grant.require(Permission.SCORE_CREDIT)
    row = terms.rows().get(term)
    if row is None:
        raise Invalid("credit_term_unknown")
    with working(grant) as book:
        ending = f"{END}{term}"
        if term not in terms.confirmed() or Confirmation.objects.filter(term=ending, state=State.ASKED).exists():
            raise Conflict("credit_term_not_here")
        made = Confirmation(term=ending, digest=row.digest)
        _enter(book, made, "confirmation.asked")
    _tell_second(grant, made)
    return made


def _deduction(
    book: Book, subject: Subject, ruling: Ruling, *, behaviour: str, responsibility: str, months: int
) -> Deduction:
    of_persons = subject.kind == Kind.PERSON
    known = terms.behaviour(behaviour, of_persons=of_persons)
    if responsibility not in Responsibility.values:
        raise Invalid("credit_responsibility")
    terms.require_known(known.key)
    decision = _decision(book, ruling)
    if Deduction.objects.filter(
        subject=subject, decision=decision, behaviour=behaviour, state__in=[State.ASKED, State.IN_FORCE]
    ).exists():
        raise Conflict("credit_scored_already")
    made = Deduction(
        subject=subject,
        decision=decision,
        behaviour=behaviour,
        responsibility=responsibility,
        points=known.points[responsibility],
        year=decision.effective_on.year,
        months=months,
        is_local=of_persons,
    )
    _fill(book, made)
    due = reckoning.owed_with(made)
    if due.status == rules.Status.TERMINATED:
        made.months = 0  # the term of an ending is not anybody's choice
    elif not rules.fits(months, due):
        low, high = due.months
        raise Conflict("credit_months", low=low, high=high)
    made.save(force_insert=True)
    return made


def _measure(book: Book, subject: Subject, ruling: Ruling, *, behaviour: str, months: int) -> Measure:
    terms.behaviour(behaviour, of_persons=True)
    low, high = terms.terms().network_months
    if not low <= months <= high:
        raise Conflict("credit_months", low=low, high=high)
    decision = _decision(book, ruling)
    standing = Measure.objects.filter(subject=subject, decision=decision, state__in=[State.ASKED, State.IN_FORCE])
    if standing.exists():
        raise Conflict("credit_scored_already")
    made = Measure(subject=subject, decision=decision, kind=MeasureKind.NETWORK, behaviour=behaviour, months=months)
    _fill(book, made)
    made.save(force_insert=True)
    return made


def _decision(book: Book, ruling: Ruling) -> Decision:
    """The same number is the same decision, and says the same."""
    provider = provider_code(ruling.provider) if ruling.series != Series.PERSON else ""
    _check(ruling)
    number = {
        "issuer": ruling.issuer,
        "series": ruling.series,
        "year": ruling.year,
        "serial": ruling.serial,
    }
    known = Decision.objects.filter(**number).first()
    if known is not None:
        if (known.provider, known.effective_on) != (provider, ruling.effective_on):
            raise Conflict("credit_decision_differs")
        return known
    made = Decision.objects.create(
        **number, provider=provider, effective_on=ruling.effective_on, entered_by=book.grant.person
    )
    book.note("decision.kept", made)
    return made


def _check(ruling: Ruling) -> None:
    if not (ruling.issuer.isascii() and ruling.issuer.isdigit() and len(ruling.issuer) == _ISSUER):
        raise Invalid("credit_decision_number")
    if ruling.series not in Series.values or not 1 <= ruling.serial <= _MOST_SERIAL:
        raise Invalid("credit_decision_number")
    if not _FIRST_YEAR <= ruling.year <= today().year:
        raise Invalid("credit_decision_number")
    if not ruling.year <= ruling.effective_on.year or ruling.effective_on > today():
        raise Invalid("credit_dates")


def _fill(book: Book, made: TwoPersons) -> None:
    made.entered_by, made.entered_at = book.grant.person, now()


def _enter(book: Book, made: TwoPersons, action: str) -> None:
    _fill(book, made)
    made.save(force_insert=True)
    book.note(action, made)


def _tell_second(grant: Grant, made: TwoPersons) -> None:
    open_task(
        grant=grant,
        kind=TASK,
        subject=made.pk,
        subject_url=reverse("credit:to_decide"),
        permission=Permission.DECIDE_CREDIT,
        not_for=grant.person,
    )
