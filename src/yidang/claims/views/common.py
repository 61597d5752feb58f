"""What the pages share."""

from datetime import date

from yidang.kernel.errors import Conflict, DomainError, NotAllowed, NotFound

PER_PAGE = 50


def day(text: str) -> date | None:
    """Blank and what is no day do not narrow a list."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return {NotFound: 404, NotAllowed: 403, Conflict: 409}.get(type(problem), 422)
