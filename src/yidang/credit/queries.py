"""What the pages show. Every showing of somebody's archive is a link of the room's log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from yidang.credit import appealing, reckoning, rules, sealing, standing, terms
from yidang.credit.chain import working
from yidang.credit.door import opened
from yidang.credit.models import (
    Appeal,
    Confirmation,
    Decision,
    Deduction,
    Ground,
    Kind,
    Measure,
    Repair,
    State,
    Subject,
)
from yidang.credit.ports import Answers, Suspension
from yidang.credit.subjects import marked, subject_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import today
from yidang.kernel.masking import mask_id_number

MOST = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """One archive in a list."""

    subject: Subject
    label: str
    standing: standing.Standing
    is_to_be_talked_to: bool


@dataclass(frozen=True, slots=True)
class Card:
    """一医一档: everything of one subject, newest first."""

    line: Line
    name: str
    deductions: Sequence[Deduction]
    measures: Sequence[Measure]
    repairs: Sequence[Repair]
    appeals: Sequence[Appeal]
    years: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a second person decides; `is_own` when it was this person who entered it."""

    what: str
    row: Any
    label: str
    is_own: bool
    owed: rules.Owed = field(default_factory=rules.Owed)
    term: terms.Row | None = None

    @property
    def decision(self) -> Decision | None:
        """On which the entry stands, or what an appeal is against."""
        found: Decision | None = getattr(_of(self.row), "decision", None)
        return found

    @property
    def decided_as(self) -> str:
        """The key of `deciding.MODELS`: the end of a confirmation is one itself."""
        return "confirmation" if self.what == "end" else self.what


def archives(grant: Grant, *, kind: str = "", only: str = "", action: str = "list.shown") -> list[Line]:
    """`only`: a status, `talk`, or blank for all."""
    grant.require(Permission.SEE_CREDIT)
    with working(grant) as book:
        wanted = Subject.objects.filter(kind=kind) if kind in Kind.values else Subject.objects.all()
        lines = _lines(wanted.order_by("kind", "code", "opened_at")[:MOST])
        book.note(action)
    return [one for one in lines if _is_wanted(one, only)]


def find(grant: Grant, words: str) -> UUID | None:
    """By a practitioner's code or an ID number; the words reach no address line and no log."""
    grant.require(Permission.SEE_CREDIT)
    text = words.strip().upper()
    with opened():
        found = marked("code", text) or marked("id", text)
    return found.pk if found else None


def card(grant: Grant, subject_id: UUID) -> Card:
    """Raises NotFound `credit_subject_not_found`."""
    grant.require(Permission.SEE_CREDIT)
    with working(grant) as book:
        subject = subject_of(subject_id)
        book.note("card.shown", subject=subject.pk)
        deductions = list(_newest(Deduction.objects.filter(subject=subject)))
        measures = list(_newest(Measure.objects.filter(subject=subject)))
        made = Card(
            line=_lines([subject])[0],
            name="",
            deductions=deductions,
            measures=measures,
            repairs=list(subject.repairs.order_by("-entered_at")),
            appeals=list(_appeals(Q(deduction__in=deductions) | Q(measure__in=measures))),
            years=[(year, reckoning.total(subject, year)) for year in _years(deductions)],
        )
    return _named(made)


def waiting(grant: Grant) -> list[Waiting]:
    grant.require(Permission.DECIDE_CREDIT)
    with opened():
        found: list[Waiting] = []
        for what, rows in _waiting_rows():
            found += [_waiting(grant, what, row) for row in rows]
    return found


def waiting_count(grant: Grant) -> int:
    with opened():
        return sum(row.entered_by != grant.staff_id for _, rows in _waiting_rows() for row in rows)


def open_appeals(grant: Grant) -> list[tuple[Appeal, str]]:
    """Filed, and without an outcome prepared."""
    grant.require(Permission.SCORE_CREDIT)
    with opened():
        return [(one, _label(_of(one).subject)) for one in _appeals(Q(outcome=""))]


def of_own_institutions(grant: Grant) -> list[tuple[str, Deduction | Measure, date, Appeal | None]]:
    """For the clerk: (what, row, last day to appeal, the appeal filed). Nothing of other institutions.

    That the decision fell is the bureau's own word: it is no appeal of theirs, and takes none from them.
    """
    grant.require(Permission.ANSWER_INSPECTION)
    with working(grant) as book:
        mine = appealing.of_institutions(grant)
        rows: list[tuple[str, Any]] = [("deduction", one) for one in _newest(Deduction.objects.filter(mine, _SERVED))]
        theirs = Q(deduction__in=[row.pk for _, row in rows]) & ~Q(ground=Ground.OVERTURNED)
        filed = {one.deduction_id: one for one in _appeals(theirs)}
        book.note("list.shown")
    return [(what, row, appealing.appeal_until(row.served_on), filed.get(row.pk)) for what, row in rows]


def usual_issuer(grant: Grant) -> str:
    """Whose decisions are entered here: the division of the newest; blank before the first."""
    grant.require(Permission.SCORE_CREDIT)
    with opened():
        newest = Decision.objects.order_by("-effective_on").values_list("issuer", flat=True).first()
    return newest or ""


def terms_shown(grant: Grant) -> list[tuple[terms.Row, bool, bool]]:
    """(row, confirmed here, whether a second person is asked to change that)."""
    grant.require(Permission.SEE_CREDIT)
    with opened():
        here = terms.confirmed()
        asked = {one.about for one in Confirmation.objects.filter(state=State.ASKED)}
    return [(row, row.key in here, row.key in asked) for row in terms.rows().values()]


def year_end(grant: Grant, year: int) -> list[tuple[Line, int, bool]]:
    """(archive, points of the year, whether a measure runs into the next): what 1 January sets to nothing."""
    grant.require(Permission.SEE_CREDIT)
    with working(grant) as book:
        scored = Subject.objects.filter(deductions__year=year, deductions__state=State.IN_FORCE).distinct()
        turn = date(year + 1, 1, 1)
        lines = _lines(scored.order_by("code")[:MOST])
        ids = [one.subject.pk for one in lines]
        points, measures = reckoning.totals(ids, year), reckoning.measures(ids)
        runs_on = {pk: rules.status_on(turn, measures[pk]) is not None for pk in ids}
        found = [(one, points[one.subject.pk], runs_on[one.subject.pk]) for one in lines]
        book.note("list.shown")
    return found


def suspensions() -> list[Suspension]:
    """For the job that publishes them."""
    with opened():
        rows = Measure.objects.filter(state=State.IN_FORCE, subject__kind=Kind.PRACTITIONER, until_on__isnull=False)
        rows = rows.select_related("subject").order_by("subject__code", "from_on")
        return [
            Suspension(one.subject.code or "", one.from_on, one.until_on - timedelta(days=1))
            for one in rows
            if one.from_on and one.until_on
        ]


@dataclass(frozen=True, slots=True)
class Basis:
    """What points say of the decision they stand on; this room keeps no number of a case."""

    provider: str
    staff: Sequence[str]
    behaviour: str
    year: int
    serial: int
    since: date


def resting_on(basis: Basis) -> list[Deduction]:
    """Points of these persons that stand, or wait for a second person, by this decision.

    By its number; since a letterhead may count otherwise, also those for the same behaviour from its day on: better one
    too many looked at than points left standing on nothing.
    """
    by_number = Q(decision__year=basis.year, decision__serial=basis.serial)
    by_words = Q(behaviour=basis.behaviour, decision__effective_on__gte=basis.since)
    with opened():
        rows = Deduction.objects.filter(state__in=[State.ASKED, State.IN_FORCE], decision__provider=basis.provider)
        found = rows.filter(by_number | by_words, subject__code__in=list(basis.staff))
        return list(found.order_by("entered_at"))


_SERVED = Q(state__in=[State.IN_FORCE, State.WITHDRAWN], served_on__isnull=False)


def _lines(subjects: Iterable[Subject]) -> list[Line]:
    every = list(subjects)
    known, talk_at = standing.of_subjects(every, today()), terms.terms().talk_at
    talked = {one: one.kind == Kind.PRACTITIONER and known[one.pk].points >= talk_at for one in every}
    return [Line(one, _label(one), known[one.pk], talked[one]) for one in every]


def _label(subject: Subject) -> str:
    if subject.code:
        return subject.code
    return mask_id_number(sealing.open_id(bytes(subject.sealed_id or b""), subject.pk))


def _is_wanted(line: Line, only: str) -> bool:
    return line.is_to_be_talked_to if only == "talk" else only in {"", line.standing.status.value}


def _named(made: Card) -> Card:
    code = made.line.subject.code
    name = Answers.names.of_practitioner(code) if code else ""
    return Card(made.line, name, made.deductions, made.measures, made.repairs, made.appeals, made.years)


def _years(deductions: Iterable[Deduction]) -> list[int]:
    return sorted({today().year, *(one.year for one in deductions)}, reverse=True)


def _newest(rows: Any) -> Any:
    return rows.select_related("subject", "decision").order_by("-entered_at")


def _appeals(wanted: Q) -> Any:
    related = ("deduction__subject", "deduction__decision", "measure__subject", "measure__decision")
    return Appeal.objects.filter(wanted).select_related(*related).order_by("-filed_on")


def _waiting_rows() -> list[tuple[str, list[Any]]]:
    asked = Q(state=State.ASKED)
    return [
        ("deduction", list(_newest(Deduction.objects.filter(asked)))),
        ("measure", list(_newest(Measure.objects.filter(asked)))),
        ("repair", list(Repair.objects.filter(asked).select_related("subject"))),
        ("appeal", list(_appeals(asked & ~Q(outcome="")))),
        ("confirmation", list(Confirmation.objects.filter(asked).order_by("term"))),
    ]


def _waiting(grant: Grant, what: str, row: Any) -> Waiting:
    is_own = row.entered_by == grant.staff_id
    if what == "confirmation":
        term = terms.rows()[row.about]
        return Waiting("end" if row.ends else what, row, term.said, is_own, term=term)
    owed = reckoning.owed_with(row) if what == "deduction" else rules.Owed()
    return Waiting(what, row, _label(_of(row).subject), is_own, owed)


def _of(row: Any) -> Any:
    return (row.deduction or row.measure) if isinstance(row, Appeal) else row
