"""The year's points of one subject, and what they call for. Everything here is asked behind the door."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from yidang.credit import rules, terms
from yidang.credit.models import Deduction, Kind, Measure, MeasureKind, Repair, State, Subject
from yidang.kernel.errors import Conflict

_STATUS = {
    MeasureKind.SUSPENDED: rules.Status.SUSPENDED,
    MeasureKind.TERMINATED: rules.Status.TERMINATED,
    MeasureKind.NETWORK: rules.Status.NETWORK,
}


def in_force(subject: Subject, year: int) -> list[Deduction]:
    """In the order in which they were decided."""
    standing = Deduction.objects.filter(subject=subject, year=year, state=State.IN_FORCE)
    return list(standing.order_by("decided_at", "pk"))


def repairs(subject: Subject, year: int) -> int:
    done = Repair.objects.filter(subject=subject, done_on__year=year, state=State.IN_FORCE)
    return sum(done.values_list("points", flat=True))


def scored(deductions: list[Deduction]) -> list[rules.Scored]:
    return [rules.Scored(one.year, one.points, one.months) for one in deductions]


def total(subject: Subject, year: int) -> int:
    return totals([subject.pk], year)[subject.pk]


def totals(subjects: Sequence[UUID], year: int) -> dict[UUID, int]:
    taken, given = Counter[UUID](), Counter[UUID]()
    standing = Deduction.objects.filter(subject__in=subjects, year=year, state=State.IN_FORCE)
    for subject, points in standing.values_list("subject", "points"):
        taken[subject] += points
    done = Repair.objects.filter(subject__in=subjects, done_on__year=year, state=State.IN_FORCE)
    for subject, points in done.values_list("subject", "points"):
        given[subject] += points
    return {one: taken[one] - rules.repaired(taken[one], given[one], terms.terms()) for one in subjects}


def owed_with(made: Deduction) -> rules.Owed:
    """What the year's total calls for once this deduction is in force."""
    everything = [*in_force(made.subject, made.year), made]
    points = rules.total(made.year, scored(everything), repairs(made.subject, made.year), terms.terms())
    return owed(made.subject, points, made.points)


def owed(subject: Subject, points: int, single: int) -> rules.Owed:
    """Points of insured persons are local and call for nothing: a measure on a person is a decision of its own."""
    return rules.Owed() if subject.kind == Kind.PERSON else rules.owed(points, single, terms.terms())


def require_room_for_repair(subject: Subject, year: int) -> None:
    """Raises Conflict `credit_repair_exhausted`: the year's limit is reached, or nothing is left to give back."""
    waiting = Repair.objects.filter(subject=subject, done_on__year=year, state=State.ASKED).count()
    given = repairs(subject, year) + waiting * terms.repair_each()
    taken = sum(one.points for one in in_force(subject, year))
    if given + terms.repair_each() > min(terms.terms().repair_most, taken):
        raise Conflict("credit_repair_exhausted")


def measures(subjects: Sequence[UUID]) -> dict[UUID, list[rules.Term]]:
    found: dict[UUID, list[rules.Term]] = {one: [] for one in subjects}
    for one in Measure.objects.filter(subject__in=subjects, state=State.IN_FORCE):
        if one.from_on and one.until_on:
            found[one.subject_id].append(rules.Term(_STATUS[MeasureKind(one.kind)], one.from_on, one.until_on))
    return found
