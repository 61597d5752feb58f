"""What the pages of this room share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.translation import get_language

from yidang.credit.ports import Answers
from yidang.identity.access import GrantedRequest
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.kernel.texts import say
from yidang.kernel.workbook import MEDIA_TYPE, Sheet, as_xlsx

PER_PAGE = 50
_DIGITS = 6


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return {NotFound: 404, NotAllowed: 403, Conflict: 409}.get(type(problem), 422)


def told(code: str, **facts: object) -> str:
    """A text of the catalogue in the reader's language."""
    return say(code, "en" if get_language() == "en" else "zh", **facts)


def names_of(institutions: Iterable[str]) -> Mapping[str, str]:
    return Answers.names.of_institutions({one for one in institutions if one})


def day(request: GrantedRequest, name: str) -> date:
    """Raises Invalid `credit_dates`."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("credit_dates") from None


def number(request: GrantedRequest, name: str) -> int:
    """Blank is nothing. Raises Invalid `credit_number`."""
    given = request.POST.get(name, "") or "0"
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        raise Invalid("credit_number")
    return int(given)


def xlsx(name: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> HttpResponse:
    answer = HttpResponse(as_xlsx(Sheet(name, head, rows)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
