"""Points, thresholds and terms of time, without a database.

A natural year's points are what was deducted in it less what was repaired, and begin at nothing on 1 January. Measures
once decided run over the turn of the year; a repair gives points back and lifts no measure. Numbers come from `Terms`.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEAR = 12
WorkingDaysAfter = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the notices say, as data; see `data/terms.csv`."""

    suspend_at: int = 9
    suspend_months: tuple[int, int] = (1, 6)
    terminate_at: int = 12
    terminate_years: int = 1
    terminate_years_once: int = 3
    talk_at: int = 6
    repair_most: int = 4
    network_months: tuple[int, int] = (3, 12)
    appeal_days: int = 10


class Status(StrEnum):
    NORMAL = "normal"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Scored:
    """Points counted in a year, in the order in which they came into force."""

    year: int
    points: int
    months: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A measure in force from `since` up to, but not on, `until`."""

    status: Status
    since: date
    until: date

    def covers(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Owed:
    """What a year's total calls for: a suspension whose months a person chooses, or a termination of so many."""

    status: Status = Status.NORMAL
    months: tuple[int, int] = (0, 0)


def repaired(scored: int, repairs: int, terms: Terms) -> int:
    """How many points count as given back: never more than the year's limit, never more than were taken."""
    return min(repairs, terms.repair_most, scored)


def total(year: int, scored: Iterable[Scored], repairs: int, terms: Terms) -> int:
    taken = sum(one.points for one in scored if one.year == year)
    return taken - repaired(taken, repairs, terms)


def owed(points: int, single: int, terms: Terms) -> Owed:
    """`single` is the deduction that led there: twelve at once weigh more than twelve in sum."""
    if points >= terms.terminate_at:
        years = terms.terminate_years_once if single >= terms.terminate_at else terms.terminate_years
        return Owed(Status.TERMINATED, (years * YEAR, years * YEAR))
    if points >= terms.suspend_at:
        return Owed(Status.SUSPENDED, terms.suspend_months)
    return Owed()


def fits(months: int, due: Owed) -> bool:
    low, high = due.months
    return low <= months <= high


def still_called_for(scored: Sequence[Scored], repairs: int, terms: Terms) -> list[Owed]:
    """For each deduction of one year in its order: what its total calls for. After an upheld appeal one is missing."""
    found, taken = [], 0
    for one in scored:
        taken += one.points
        found.append(owed(taken - repaired(taken, repairs, terms), one.points, terms))
    return found


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last: a leap day ends a year later on 28 February."""
    index = day.year * YEAR + day.month - 1 + months
    year, month = index // YEAR, index % YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def appeal_until(served_on: date, terms: Terms, after: WorkingDaysAfter) -> date:
    """The last day on which an appeal is in time."""
    return after(served_on, terms.appeal_days)


def status_on(day: date, measures: Iterable[Term]) -> Term | None:
    """The gravest measure in force, and among equals the one that lasts longest."""
    order = [Status.NORMAL, Status.NETWORK, Status.SUSPENDED, Status.TERMINATED]
    standing = [one for one in measures if one.covers(day)]
    return max(standing, key=lambda one: (order.index(one.status), one.until), default=None)
