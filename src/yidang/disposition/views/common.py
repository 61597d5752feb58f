"""What the pages of this room share."""

from uuid import UUID

from django.http import HttpRequest

from yidang.kernel.errors import Conflict, DomainError, Invalid

PER_PAGE = 50
MOST_DIGITS = 4


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, Conflict) else 422


def number(request: HttpRequest, name: str) -> int:
    """What is no number fits no measure."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else 0


def chosen(request: HttpRequest, name: str) -> list[UUID]:
    """Raises Invalid: `person_not_named`."""
    try:
        return [UUID(value) for value in request.POST.getlist(name) if value]
    except ValueError:
        raise Invalid("person_not_named") from None
