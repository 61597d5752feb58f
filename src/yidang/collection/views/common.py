"""What the pages of this room share."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from yidang.identity.models import Department
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound

PER_PAGE = 50
_MOST_DIGITS = 9


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    if isinstance(problem, NotFound):
        return 404
    return 409 if isinstance(problem, Conflict) else 422


def number(request: HttpRequest, name: str, default: int = 0) -> int:
    """What is no number fits no measure."""
    given = request.POST.get(name, "") if request.method == "POST" else request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS else default


def a_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def required_date(request: HttpRequest, name: str) -> date:
    """Raises Invalid: `requirement_dates_wrong`."""
    found = a_date(request.POST.get(name, ""))
    if found is None:
        raise Invalid("requirement_dates_wrong")
    return found


def sections() -> Sequence[Department]:
    return list(Department.objects.filter(kind=Department.Kind.SECTION).order_by("code"))


def kept(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """The filters of a list as they stand in its address."""
    return {name: request.GET.get(name, "")[:40] for name in names}
