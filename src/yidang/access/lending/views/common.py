"""What the pages of lending share."""

from datetime import date, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.kernel.texts import say

PER_PAGE = 50
_DIGITS = 6


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, Conflict) else 422


def number(given: QueryDict, name: str) -> int:
    """What is no number fits no measure."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def said(code: str, /, **facts: object) -> str:
    return say(code, "en" if get_language() == "en" else "zh", **facts)


def period(request: HttpRequest) -> tuple[date, date]:
    """From and to, both included; this year unless said otherwise. Raises Invalid: `use_period_wrong`."""
    today = clock.today()
    first = _day(request.GET.get("first"), date(today.year, 1, 1))
    last = _day(request.GET.get("last"), today)
    if first > last or last - first > timedelta(days=3660):
        raise Invalid("use_period_wrong")
    return first, last


def _day(text: str | None, usual: date) -> date:
    if not text:
        return usual
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("use_period_wrong") from None
