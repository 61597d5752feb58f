"""When something is owed: periods and the dates by which they must be answered.

A period that has ended is owed on a day of a later month; a working day's papers some working days afterwards.
Holidays are data (`WorkCalendar`), because the State Council sets them anew every year.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_HOLIDAY = 60  # days; a calendar that says everything is a holiday must not hang us
MOST_PERIODS = 1000


class Every(StrEnum):
    WORKDAY = "workday"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Shift(StrEnum):
    """Where a date goes that falls on a holiday."""

    AFTER = "after"
    BEFORE = "before"
    STAYS = "stays"


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}


@dataclass(frozen=True)
class WorkCalendar:
    """Weekends are free but for `workdays` 调休, other days are worked but for `holidays`."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.holidays)

    def moved(self, day: date, shift: Shift) -> date:
        if shift == Shift.STAYS:
            return day
        step = _DAY if shift == Shift.AFTER else -_DAY
        moved = day
        for _ in range(_LONGEST_HOLIDAY):
            if self.is_working(moved):
                return moved
            moved += step
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """`count` working days later; with none, the day itself or the next one worked."""
        found = self.moved(day, Shift.AFTER)
        for _ in range(count):
            found = self.moved(found + _DAY, Shift.AFTER)
        return found


@dataclass(frozen=True)
class Recurrence:
    """`day` of the `lag`-th month after the period, or, for working days, so many of them afterwards."""

    every: Every
    day: int
    lag: int = 1
    shift: Shift = Shift.AFTER


@dataclass(frozen=True, order=True)
class Period:
    """`code`: 2026-11, 2026-Q4, 2026-H2, 2026 or 2026-11-22."""

    first: date
    last: date
    code: str

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(every: Every, day: date) -> Period:
    if every == Every.WORKDAY:
        return Period(day, day, day.isoformat())
    length = _MONTHS[every]
    month = (day.month - 1) // length * length + 1
    last_month = month + length - 1
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    return Period(date(day.year, month, 1), last, _code(every, day.year, month))


def _code(every: Every, year: int, month: int) -> str:
    names = {
        Every.MONTH: f"{year}-{month:02d}",
        Every.QUARTER: f"{year}-Q{(month + 2) // 3}",
        Every.HALF: f"{year}-H{(month + 5) // 6}",
    }
    return names.get(every, str(year))


def due_on(recurrence: Recurrence, period: Period, calendar: WorkCalendar) -> date:
    if recurrence.every == Every.WORKDAY:
        return calendar.working_days_after(period.last, recurrence.day)
    months = period.last.year * 12 + period.last.month - 1 + recurrence.lag
    year, month = months // 12, months % 12 + 1
    last = monthrange(year, month)[1]
    return calendar.moved(date(year, month, min(recurrence.day, last)), recurrence.shift)


def owed(
    recurrence: Recurrence, calendar: WorkCalendar, *, starts: date, ends: date | None, until: date
) -> Iterator[tuple[Period, date]]:
    """Every period that lies within the duty and begins no later than `until`, with its date; in order."""
    last = min(until, ends) if ends else until
    period = period_of(recurrence.every, starts)
    for _ in range(MOST_PERIODS):
        if period.first > last:
            return
        if recurrence.every != Every.WORKDAY or calendar.is_working(period.first):
            yield period, due_on(recurrence, period, calendar)
        period = period_of(recurrence.every, period.last + _DAY)


def days_late(due: date, today: date) -> int:
    return max((today - due).days, 0)
