"""The filing rate of one quarter by institution and step, and the records behind each number."""

from fractions import Fraction
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.holdings.queries import description
from yidang.holdings.veil import veil_of
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.quality.filing import figures
from yidang.quality.filing.rules import Quarter, is_under, percent, rate_of
from yidang.quality.listing import note_list
from yidang.quality.models import Rate
from yidang.quality.processes import institution_name, process_name, process_names
from yidang.quality.thresholds import FILING, value_of
from yidang.quality.views.common import PER_PAGE, number, quarter_of, status, xlsx


@require_GET
@permission_required(Permission.SEE_QUALITY)
def quarter(request: GrantedRequest, quarter: str) -> HttpResponse:
    return _page(request, quarter_of(quarter), None)


def _page(request: GrantedRequest, found: Quarter, problem: Invalid | Conflict | None) -> HttpResponse:
    rows = _chosen(request, list(figures.rates(request.grant, found)))
    threshold = value_of(FILING)
    context = {
        "quarter": found,
        "rows": [_row(one, threshold) for one in rows],
        "filed": sum(one.filed for one in rows),
        "owed": sum(one.owed for one in rows),
        "total": percent(rate_of(sum(one.filed for one in rows), sum(one.owed for one in rows))),
        "threshold": percent(threshold),
        "processes": process_names(),
        "declared": figures.declared(request.grant, found),
        "counted_at": rows[0].counted_at if rows else None,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "quality/rates.html", context, status=status(problem))


def _chosen(request: HttpRequest, rows: list[Rate]) -> list[Rate]:
    """A case leads to its own line."""
    if "process" not in request.GET:
        return rows
    wanted = (request.GET.get("institution", ""), request.GET.get("process", ""))
    return [one for one in rows if (one.institution, one.process) == wanted]


def _row(one: Rate, threshold: Fraction) -> dict[str, object]:
    rate = rate_of(one.filed, one.owed)
    return {
        "rate": one,
        "institution": institution_name(one.institution),
        "process": process_name(one.process),
        "share": percent(rate),
        "is_under": is_under(rate, threshold),
    }


@require_GET
@permission_required(Permission.SEE_QUALITY)
def sheet(request: GrantedRequest, quarter: str) -> HttpResponse:
    found = quarter_of(quarter)
    head = [
        _("Institution"),
        _("Business step"),
        _("Owed"),
        _("Came in"),
        _("Declared missing"),
        _("Filed"),
        _("Rate"),
    ]
    rows = [
        [
            f"{one.institution} {institution_name(one.institution)}".strip(),
            process_name(one.process),
            str(one.owed),
            str(one.received),
            str(one.missing),
            str(one.filed),
            percent(rate_of(one.filed, one.owed)),
        ]
        for one in figures.rates(request.grant, found)
    ]
    return xlsx(request.grant, f"filing-rate-{found}", head, rows)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def records(request: GrantedRequest, quarter: str) -> HttpResponse:
    """What a number counts: ?institution=&process=&show=filed|unfiled."""
    found = quarter_of(quarter)
    show = request.GET.get("show", "")
    rows = figures.behind(
        request.grant,
        found,
        institution=request.GET.get("institution"),
        process=request.GET.get("process", ""),
        is_filed={"filed": True, "unfiled": False}.get(show),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    note_list(request.grant, what=str(found), items=[one.pk for one in page.object_list])
    lines = []
    for item in page.object_list:
        described = description(item)
        lines.append({"item": item, "title": veil_of(request.grant, item, described).over(described.title)})
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"quarter": found, "page": page, "lines": lines, "show": show}
    context |= {"kept_query": kept.urlencode() + "&" if kept else ""}
    context |= {"institution": request.GET.get("institution"), "process": request.GET.get("process", "")}
    return render(request, "quality/records.html", context)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.DECIDE_FINDINGS)
def declare(request: GrantedRequest, quarter: str) -> HttpResponse:
    found = quarter_of(quarter)
    try:
        figures.declare_missing(
            grant=request.grant,
            quarter=str(found),
            institution=request.POST.get("institution", ""),
            process=request.POST.get("process", ""),
            count=number(request, "count"),
            reason=request.POST.get("reason", ""),
        )
    except Invalid as problem:
        return _page(request, found, problem)
    figures.count(found)
    messages.success(request, _("Declared missing; the quarter is counted anew."))
    return redirect("quality:rates", str(found))


@require_POST
@permission_required(Permission.DECIDE_FINDINGS)
def take_back(request: GrantedRequest, missing_id: UUID) -> HttpResponse:
    taken = figures.take_back(grant=request.grant, missing_id=missing_id)
    figures.count(quarter_of(taken.quarter))
    return redirect("quality:rates", taken.quarter)
