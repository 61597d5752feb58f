"""The submission calendar: a month of dates, the list of submissions, one submission."""

from calendar import Calendar
from collections import defaultdict
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.collection import holidays, obligations, receiving
from yidang.collection.models import Institution, Obligation
from yidang.collection.views.common import PER_PAGE, kept, sections, status
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound

_FILTERS = ("state", "institution", "section", "series", "period")
_IN_A_CELL = 4


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def month(request: GrantedRequest) -> HttpResponse:
    """`?month=2026-11`; without, the month of today."""
    first = _month_of(request.GET.get("month", ""))
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    due: dict[date, list[Obligation]] = defaultdict(list)
    for one in obligations.between(request.grant, weeks[0][0], weeks[-1][-1]):
        due[one.due_on].append(one)
    calendar = holidays.work_calendar()
    context = {
        "first": first,
        "previous": _step(first, -1),
        "next": _step(first, 1),
        "weeks": [[_cell(day, first, due[day], calendar.is_working(day)) for day in week] for week in weeks],
        "days": [{"day": day, "due": rows} for day, rows in sorted(due.items()) if rows and day.month == first.month],
        "late": obligations.overdue_count(request.grant),
        "years": holidays.years_known(),
        "today": today(),
    }
    return render(request, "collection/calendar.html", context)


def _month_of(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today().replace(day=1)
    return found if 1900 < found.year < 2200 else today().replace(day=1)  # noqa: PLR2004 - years that records have


def _step(first: date, months: int) -> str:
    count = first.year * 12 + first.month - 1 + months
    return f"{count // 12}-{count % 12 + 1:02d}"


def _cell(day: date, first: date, due: list[Obligation], is_working: bool) -> dict[str, object]:  # noqa: FBT001 - told once
    late = [one for one in due if obligations.lateness(one)]
    return {
        "day": day,
        "is_here": day.month == first.month,
        "is_working": is_working,
        "shown": due[:_IN_A_CELL],
        "more": max(len(due) - _IN_A_CELL, 0),
        "late": len(late),
    }


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def listed(request: GrantedRequest) -> HttpResponse:
    given = kept(request, _FILTERS)
    rows = obligations.filtered(request.grant, given)
    page = Paginator(rows.order_by("-due_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"one": one, "late": obligations.lateness(one)} for one in page.object_list],
        "given": given,
        "states": ["waiting", "late", *Obligation.State.values],
        "institutions": Institution.objects.all(),
        "sections": sections(),
        "choices": series_choices(),
        "kept_query": urlencode({name: value for name, value in given.items() if value})
        + ("&" if any(given.values()) else ""),
    }
    return render(request, "collection/obligations.html", context)


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def one(request: GrantedRequest, obligation_id: UUID) -> HttpResponse:
    return _page(request, obligation_id, None)


def _page(request: GrantedRequest, obligation_id: UUID, problem: DomainError | None) -> HttpResponse:
    obligation = obligations.find(request.grant, obligation_id)
    may = request.grant.allows(Permission.COLLECT)
    context = {
        "one": obligation,
        "late": obligations.lateness(obligation),
        "receipts": obligation.receipts.select_related("accession").order_by("at"),
        "letters": [line.letter for line in obligation.chased.select_related("letter")] if may else [],
        "reason": obligations.reason_of(obligation) if may else "",
        "is_waiting": obligation.state in obligations.WAITING,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "collection/obligation.html", context, status=status(problem))


@require_POST
@permission_required(Permission.COLLECT)
def receive(request: GrantedRequest, obligation_id: UUID) -> HttpResponse:
    try:
        receiving.receive_by_hand(
            request.grant,
            obligation_id=obligation_id,
            accession_number=request.POST.get("accession", ""),
            is_whole="is_whole" in request.POST,
        )
    except (NotFound, Conflict) as problem:
        return _page(request, obligation_id, problem)
    messages.success(request, _("The submission is entered."))
    return redirect("collection:obligation", obligation_id)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.COLLECT)
def waive(request: GrantedRequest, obligation_id: UUID) -> HttpResponse:
    try:
        obligations.waive(request.grant, obligation_id=obligation_id, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, obligation_id, problem)
    messages.success(request, _("The submission is waived."))
    return redirect("collection:obligation", obligation_id)
