"""What the pages of this room share."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date

from yidang.identity.access import GrantedRequest
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.workflow.notices import staff_with

PER_PAGE = 50
MOST_DIGITS = 6
_MOST_BYTES = 1024 * 1024
CAMERA = "camera=(self), microphone=(), geolocation=()"


def status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return {Conflict: 409, NotFound: 404}.get(type(problem), 422)


def number(request: HttpRequest, name: str) -> int:
    """What is no number fits no measure."""
    given = request.POST.get(name, "").strip()
    return int(given) if given.isdecimal() and given.isascii() and len(given) <= MOST_DIGITS else 0


def chosen(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def day(request: HttpRequest, name: str) -> date:
    """What is no date is long past."""
    try:
        return parse_date(request.POST.get(name, "")) or date.min
    except ValueError:
        return date.min


def json_in(request: HttpRequest, *, else_code: str) -> object:
    """What was sent as JSON. Raises Invalid with that code: for another type of content, too much, or no JSON."""
    if request.content_type != "application/json" or len(request.body) > _MOST_BYTES:
        raise Invalid(else_code)
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise Invalid(else_code) from None


def tried(
    request: GrantedRequest,
    step: Callable[[], object],
    *,
    done: str,
    then: Callable[[], str],
    again: Callable[[DomainError], HttpResponse],
) -> HttpResponse:
    """The step and then the next page; or the same page again, telling what stands against it."""
    try:
        step()
    except (Invalid, Conflict, NotFound) as problem:
        return again(problem)
    messages.success(request, done)
    return redirect(then())


def people() -> Sequence[Staff]:
    """Of the house, who can be named in the register."""
    return list(Staff.objects.filter(is_active=True).order_by("display_name"))


def keepers() -> Sequence[Staff]:
    """Who can be given a fault to cure."""
    able = staff_with(Permission.SEE_STOREROOM)
    return [one for one in people() if one.pk in able]
