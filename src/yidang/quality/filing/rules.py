"""The filing rate 归档率: of what was owed in a quarter, what is filed. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter | None":
        found = _QUARTER.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) > 0 else None

    @property
    def first_day(self) -> date:
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


@dataclass(frozen=True, slots=True)
class Line:
    """Of one institution (blank: none named) and one business step."""

    institution: str
    process: str
    received: int = 0
    filed: int = 0
    missing: int = 0  # declared by a person
    expected: int | None = None  # by the calendar

    @property
    def owed(self) -> int:
        """More came than was expected: all of it is owed."""
        known = self.received + self.missing
        return known if self.expected is None else max(self.expected, known)

    @property
    def rate(self) -> Fraction | None:
        """None where nothing is owed."""
        return Fraction(self.filed, self.owed) if self.owed else None


def merged(
    received: Iterable[Line], expected: Iterable[tuple[str, str, int]], missing: Iterable[tuple[str, str, int]]
) -> list[Line]:
    """One line for each institution and step that any of the three knows, in their order."""
    lines = {(one.institution, one.process): one for one in received}
    for institution, process, count in expected:
        line = lines.get((institution, process), Line(institution, process))
        lines[institution, process] = replace(line, expected=(line.expected or 0) + count)
    for institution, process, count in missing:
        line = lines.get((institution, process), Line(institution, process))
        lines[institution, process] = replace(line, missing=line.missing + count)
    return [lines[key] for key in sorted(lines)]


def rate_of(filed: int, owed: int) -> Fraction | None:
    return Fraction(filed, owed) if owed else None


def is_under(rate: Fraction | None, threshold: Fraction) -> bool:
    """Where nothing is owed, nothing is under."""
    return rate is not None and rate < threshold


def percent(rate: Fraction | None, digits: int = 2) -> str:
    """Cut, not rounded: 97.999 % is never shown as the 98 % it did not reach."""
    if rate is None:
        return "–"
    unit = 10**digits
    whole = rate.numerator * 100 * unit // rate.denominator
    return f"{whole // unit}.{whole % unit:0{digits}d}%"
