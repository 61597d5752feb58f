"""What this room asks of rooms it does not know; `site` wires them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from yidang.quality.filing.rules import Quarter


@dataclass(frozen=True, slots=True)
class Expected:
    """`owed` records of one business step by one institution (blank: the bureau's own desk)."""

    institution: str
    process: str
    owed: int


class Calendar(Protocol):
    def expected(self, quarter: Quarter) -> Iterable[Expected]: ...


class NoCalendar:
    """Until one is wired: nothing is known to be owed but what came and what a person declared missing."""

    def expected(self, quarter: Quarter) -> Iterable[Expected]:  # noqa: ARG002 - the port's own name
        return ()


class _Wired:
    calendar: Calendar = NoCalendar()


def use_calendar(calendar: Calendar) -> None:
    _Wired.calendar = calendar


def calendar() -> Calendar:
    return _Wired.calendar
