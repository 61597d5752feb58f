"""The dashboard and the yearly table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.insight import dashboard as figures
from yidang.insight.yearly import sheets
from yidang.insight.yearly.table import YearlyTable, enter, table
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid
from yidang.kernel.workbook import MEDIA_TYPE

_YEARS = 10


@require_GET
@permission_required(Permission.SEE_FIGURES)
def dashboard(request: GrantedRequest) -> HttpResponse:
    return render(request, "insight/dashboard.html", {"board": figures.dashboard(request.grant)})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_FIGURES)
def yearly(request: GrantedRequest) -> HttpResponse:
    year = _year(request)
    problem = None
    if request.method == "POST":
        try:
            n = enter(grant=request.grant, year=year, given=request.POST.dict())
        except Invalid as refused:
            problem = refused
        else:
            messages.success(request, ngettext("%(n)s line kept.", "%(n)s lines kept.", n) % {"n": n})
            return redirect(f"{reverse('insight:yearly')}?year={year}")
    context = {
        "table": table(request.grant, year),
        "years": range(today().year, today().year - _YEARS, -1),
        "typed": request.POST,
        "may_enter": request.grant.allows(Permission.ENTER_FIGURES),
        "problem": problem,
    }
    return render(request, "insight/yearly.html", context, status=422 if problem else 200)


@require_GET
@permission_required(Permission.SEE_FIGURES)
def yearly_sheet(request: GrantedRequest) -> HttpResponse:
    found = table(request.grant, _year(request))
    return _file(sheets.as_xlsx(found), MEDIA_TYPE, found, "xlsx")


@require_GET
@permission_required(Permission.SEE_FIGURES)
def yearly_pdf(request: GrantedRequest) -> HttpResponse:
    found = table(request.grant, _year(request))
    return _file(sheets.as_pdf(found), "application/pdf", found, "pdf")


def _file(content: bytes, kind: str, found: YearlyTable, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="yearly-{found.year}.{ending}"'
    return answer


def _year(request: GrantedRequest) -> int:
    text = request.GET.get("year", "") or request.POST.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else today().year
