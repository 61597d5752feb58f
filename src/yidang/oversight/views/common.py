"""What the pages of this room share."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed
from yidang.kernel.texts import say
from yidang.kernel.workbook import MEDIA_TYPE, Sheet, as_xlsx
from yidang.ledger.operations import append

PER_PAGE = 50
MOST_ROWS = 5000
_STATUS = {Conflict: 409, NotAllowed: 403}


def status(problem: DomainError | None) -> int:
    return 200 if problem is None else _STATUS.get(type(problem), 422)


def told(code: str, **facts: object) -> str:
    """A text of the catalogue in the reader's language."""
    return say(code, "en" if get_language() == "en" else "zh", **facts)


def day(text: str, problem: str) -> date:
    """Raises Invalid with the code given."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(problem) from None


def whole(text: str) -> int:
    """What is no number fits no measure."""
    return int(text) if text.isdecimal() and len(text) <= 6 else 0  # noqa: PLR2004 - beyond what is counted here


def chosen(request: HttpRequest, name: str, problem: str) -> list[UUID]:
    """Raises Invalid with the code given."""
    try:
        return [UUID(value) for value in request.POST.getlist(name) if value]
    except ValueError:
        raise Invalid(problem) from None


@transaction.atomic
def xlsx(grant: Grant, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> HttpResponse:
    """No cell is taken for a formula; that the list left is written down."""
    grant.require(Permission.SEE_OVERSIGHT)
    append(action="oversight.exported", actor=grant.actor, facts={"what": name, "rows": len(rows)})
    answer = HttpResponse(as_xlsx(Sheet(name, head, rows)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
