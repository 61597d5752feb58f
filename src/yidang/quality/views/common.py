"""What the pages of this room share."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.kernel.texts import say
from yidang.kernel.workbook import MEDIA_TYPE, Sheet, as_xlsx
from yidang.quality.exporting import note_export
from yidang.quality.filing.rules import Quarter

PER_PAGE = 50


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, Conflict) else 403 if isinstance(problem, NotAllowed) else 422


def told(code: str, **facts: object) -> str:
    """A text of the catalogue in the reader's language."""
    return say(code, "en" if get_language() == "en" else "zh", **facts)


def quarter_of(text: str) -> Quarter:
    """Raises NotFound: `quarter_unknown`."""
    found = Quarter.parse(text)
    if found is None:
        raise NotFound("quarter_unknown")
    return found


def asked_quarter(request: HttpRequest) -> Quarter:
    return Quarter.parse(request.GET.get("quarter", "")) or Quarter.of(clock.today())


def day(request: HttpRequest, name: str) -> date:
    """Raises Invalid: `case_words_missing`."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("case_words_missing") from None


def number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= 7 else 0  # noqa: PLR2004 - beyond what is counted here


def xlsx(grant: Grant, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> HttpResponse:
    note_export(grant, what=name, rows=len(rows))
    answer = HttpResponse(as_xlsx(Sheet(name, head, rows)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
