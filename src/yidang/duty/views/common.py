"""What the pages share."""

from datetime import date

from yidang.identity.access import GrantedRequest
from yidang.kernel.errors import DomainError, Invalid, NotAllowed, NotFound

PER_PAGE = 50


def day(request: GrantedRequest, name: str) -> date:
    """Raises Invalid `duty_dates`."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("duty_dates") from None


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return {NotFound: 404, NotAllowed: 403}.get(type(problem), 422)
