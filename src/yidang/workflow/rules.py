"""When to try again, when to remind."""

from collections.abc import Iterable
from datetime import date, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 14  # the last about a day after the first

BEFORE = (-7, -1)
AFTER = (1, 7, 30)


def pause_after(attempts: int) -> timedelta:
    """Doubles with every failed attempt, up to six hours."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)


def is_given_up(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS


def next_reminder(due_on: date, days: Iterable[int], *, after: date) -> date | None:
    """The first reminder later than `after`; None when all are past."""
    return min((due for due in (due_on + timedelta(days=day) for day in days) if due > after), default=None)


def latest_reminder(due_on: date, days: Iterable[int], *, until: date) -> int | None:
    """The offset of the newest reminder that is due by `until`: days missed while the house was closed are one."""
    return max((day for day in days if due_on + timedelta(days=day) <= until), default=None)
