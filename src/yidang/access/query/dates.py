"""Dates as people type them: `2024`, `2024-05`, `2024年5月6日`, and spans `2024-01..2024-06`."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from yidang.kernel.errors import Invalid

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)?|年?)")
_SPAN = re.compile(r"\s*(?:\.\.+|~|～|至|到)\s*")
Span = tuple[date | None, date | None]


def span(text: str) -> Span:
    """First and last day meant.

    Raises:
        Invalid: `query_date_malformed`, `period_reversed`.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    ends = _SPAN.split(folded)
    if len(ends) > 2 or not any(ends):  # noqa: PLR2004 - a span has two ends
        raise Invalid("query_date_malformed", date=text)
    first = _first_and_last(ends[0])[0] if ends[0] else None
    last = _first_and_last(ends[-1])[1] if ends[-1] else None
    if first and last and first > last:
        raise Invalid("period_reversed", start=first, end=last)
    return first, last


def _first_and_last(text: str) -> tuple[date, date]:
    match = _DAY.fullmatch(text)
    if match is None:
        raise Invalid("query_date_malformed", date=text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _bounds(year or 0, month, day)
    except ValueError:
        raise Invalid("query_date_malformed", date=text) from None


def _bounds(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
