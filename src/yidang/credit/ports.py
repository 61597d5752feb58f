"""What this room asks of the rooms above; `site` says who answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol


class Calendar(Protocol):
    def working_days_after(self, day: date, count: int) -> date:
        """`count` days worked at the bureau later."""
        ...


class Persons(Protocol):
    def index_of(self, pseudonym: int) -> bytes | None:
        """The house's blind index of the ID number of whom claims know by this pseudonym; None when they have none.

        Asked anew each time: a person joined with another keeps one standing, and this room keeps no pseudonym.
        """
        ...


class Names(Protocol):
    def of_practitioner(self, code: str) -> str:
        """The name as the register of practitioners has it, for a card in print; blank when unknown. Kept nowhere."""
        ...

    def of_institutions(self, codes: Iterable[str]) -> Mapping[str, str]:
        """Of those that somebody named. Public, and asked anew each time; never behind the door."""
        ...


class Suspension(NamedTuple):
    """Of one practitioner, both days included."""

    code: str
    since: date
    last: date


class Publisher(Protocol):
    def publish(self, suspensions: Sequence[Suspension]) -> None:
        """All that ever were and were not withdrawn, in place of what was published before."""
        ...


class _Weekdays:
    def working_days_after(self, day: date, count: int) -> date:
        found = day
        for _ in range(count):
            found += timedelta(days=1)
            while found.weekday() >= 5:  # noqa: PLR2004 - Saturday
                found += timedelta(days=1)
        return found


class _Unknown:
    def index_of(self, pseudonym: int) -> bytes | None:  # noqa: ARG002 - as the port says
        return None

    def of_practitioner(self, code: str) -> str:  # noqa: ARG002 - as the port says
        return ""

    def of_institutions(self, codes: Iterable[str]) -> Mapping[str, str]:  # noqa: ARG002 - as the port says
        return {}

    def publish(self, suspensions: Sequence[Suspension]) -> None:
        """Nobody looks."""


class Answers:
    """Who answers; a room that is not there leaves weekdays and blanks."""

    calendar: Calendar = _Weekdays()
    persons: Persons = _Unknown()
    names: Names = _Unknown()
    publisher: Publisher = _Unknown()
