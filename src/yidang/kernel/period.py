"""Spans of days, and when a retention term ends."""

import re
from dataclasses import dataclass
from datetime import date

from yidang.kernel.errors import Invalid

PERMANENT = "Y"
_YEARS = re.compile(r"D([1-9]\d{0,2})")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included; None leaves that side open."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise Invalid("period_reversed", start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        return _reaches(self.start, other.end) and _reaches(other.start, self.end)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))


def _reaches(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def term_years(term: str) -> int | None:
    """`D30` → 30, `Y` 永久 → None.

    Raises:
        Invalid: `term_malformed`.
    """
    if term == PERMANENT:
        return None
    found = _YEARS.fullmatch(term)
    if not found:
        raise Invalid("term_malformed", term=term)
    return int(found[1])


def expires_on(year_of_formation: int, term: str) -> date | None:
    """The first day on which appraisal is due; None for permanent.

    Terms count from 1 January of the year after formation (令3号): formed 2015, 10 years → 2026-01-01.
    """
    years = term_years(term)
    return None if years is None else date(year_of_formation + 1 + years, 1, 1)
