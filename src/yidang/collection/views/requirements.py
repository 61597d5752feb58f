"""What is owed again and again: the list, writing one down, ending one; days that are free or worked after all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yidang.collection import holidays, obligations, requirements
from yidang.collection.models import Holiday, Institution, Requirement
from yidang.collection.requirements import Wanted
from yidang.collection.rules import Every, Recurrence, Shift
from yidang.collection.views.common import a_date, number, required_date, sections, status
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COLLECT)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    try:
        requirements.keep_requirement(request.grant, _wanted(request))
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    obligations.generate()
    messages.success(request, _("The requirement stands; what it makes owed is in the calendar."))
    return redirect("collection:requirements")


def _wanted(request: GrantedRequest) -> Wanted:
    """Raises Invalid: `requirement_dates_wrong`."""
    given = request.POST
    every, shift = given.get("every", ""), given.get("shift", Shift.AFTER)
    if every not in set(Every) or shift not in set(Shift):
        raise Invalid("requirement_dates_wrong")
    return Wanted(
        title=given.get("title", ""),
        series=given.get("series", ""),
        recurrence=Recurrence(Every(every), number(request, "day", -1), number(request, "lag", 1), Shift(shift)),
        starts_on=required_date(request, "starts_on"),
        ends_on=a_date(given.get("ends_on", "")),
        institutions=given.getlist("institution"),
        sections=given.getlist("section"),
        expected=number(request, "expected") or None,
        chase_days=number(request, "chase_days", 7) or 7,
        basis=given.get("basis", ""),
    )


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    rows = Requirement.objects.select_related("series").prefetch_related("owers__institution", "owers__section")
    context = {
        "rows": rows.order_by("-is_active", "title"),
        "proposals": requirements.proposals(),
        "proposal": _proposal(request.GET.get("proposal", "")),
        "every": list(Every),
        "shifts": list(Shift),
        "choices": series_choices(),
        "institutions": Institution.objects.filter(is_active=True),
        "sections": sections(),
        "holidays": Holiday.objects.filter(day__gte=today()).order_by("day"),
        "years": holidays.years_known(),
        "today": today(),
        "starts": request.POST.get("starts_on", today().isoformat()),
        "typed": request.POST,
        "chosen": request.POST.getlist("institution") + request.POST.getlist("section"),
        "problem": problem,
    }
    return render(request, "collection/requirements.html", context, status=status(problem))


_BLANK = dict.fromkeys(("title", "series", "every", "day", "basis"), "")


def _proposal(code: str) -> Mapping[str, Any]:
    return next((one for one in requirements.proposals() if one["code"] == code), _BLANK)


@require_POST
@permission_required(Permission.COLLECT)
def end(request: GrantedRequest, requirement_id: UUID) -> HttpResponse:
    try:
        last = required_date(request, "last_day")
        requirements.end_requirement(request.grant, requirement_id=requirement_id, last_day=last)
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("The requirement ends."))
    return redirect("collection:requirements")


@require_POST
@permission_required(Permission.COLLECT)
def keep_holiday(request: GrantedRequest) -> HttpResponse:
    try:
        holidays.keep_holiday(
            request.grant,
            day=required_date(request, "on"),
            is_working="is_working" in request.POST,
            source=request.POST.get("source", ""),
        )
    except Invalid as problem:
        return _page(request, problem)
    obligations.generate()
    messages.success(request, _("The day is kept; open dates moved with it."))
    return redirect("collection:requirements")
