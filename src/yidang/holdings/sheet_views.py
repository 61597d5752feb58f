"""Printed forms: each as a page to look at and print, and as PDF; in full for a reason."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.holdings.models import Series
from yidang.holdings.printing.filing_list import ListPart, Run, box_label, filing_list
from yidang.holdings.printing.forms import Language, spine_widths
from yidang.holdings.printing.pdf import pdf
from yidang.holdings.printing.sheets import Card, Table
from yidang.holdings.printing.spine import Label, checked_width
from yidang.holdings.printing.volume_sheets import KINDS, Sheet, volume_sheet
from yidang.holdings.volumes import get_volume
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid, NotFound

_LONGEST_NUMBER = 6
_USUAL_WIDTH = "30"


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def volume(request: GrantedRequest, volume_id: UUID, sheet: str) -> HttpResponse:
    """A POST brings the reason for which names are shown in full."""
    if sheet not in KINDS:
        raise Http404
    found = get_volume(request.grant, volume_id)
    width = checked_width(_asked(request, "width", _USUAL_WIDTH))
    try:
        made = volume_sheet(
            request.grant, volume_id=volume_id, kind=sheet, language=_language(), reason=_reason(request)
        )
    except Invalid as problem:
        made = volume_sheet(request.grant, volume_id=volume_id, kind=sheet, language=_language())
        return _page(request, made, {"volume": found, "kind": sheet, "width": width, "problem": problem})
    if _asked(request, "as") == "pdf":
        return _pdf(made, f"{found.reference_code or found.pk}-{sheet}", width)
    return _page(request, made, {"volume": found, "kind": sheet, "width": width})


def _page(request: GrantedRequest, sheet: Sheet, context: dict[str, object]) -> HttpResponse:
    template = {Table: "table", Card: "card", Label: "label"}[type(sheet)]
    shared = {
        "sheet": sheet,
        "widths": spine_widths(),
        "in_clear": request.method == "POST" and "problem" not in context,
        "may_uncover": request.grant.allows(Permission.UNMASK),
    }
    status = 422 if "problem" in context else 200
    return render(request, f"holdings/sheet_{template}.html", shared | context, status=status)


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def items(request: GrantedRequest) -> HttpResponse:
    """归档文件目录 of one step and year."""
    context: dict[str, object] = {"choices": _series(), "asked": _given(request), "widths": spine_widths()}
    if not _asked(request, "series"):
        return render(request, "holdings/filing_list.html", context)
    try:
        part = filing_list(request.grant, run=_run(request), language=_language(), reason=_reason(request))
    except (Invalid, NotFound) as problem:
        return render(request, "holdings/filing_list.html", context | {"problem": problem}, status=422)
    if _asked(request, "as") == "pdf":
        return _pdf(part.table, f"{_asked(request, 'series')}-{_asked(request, 'year')}", 0)
    return _list(request, part, context)


def _list(request: GrantedRequest, part: ListPart, context: dict[str, object]) -> HttpResponse:
    shown = {
        "part": part,
        "sheet": part.table,
        "in_clear": request.method == "POST",
        "may_uncover": request.grant.allows(Permission.UNMASK),
    }
    return render(request, "holdings/filing_list.html", context | shown)


@require_GET
@permission_required(Permission.DESCRIBE)
def box(request: GrantedRequest) -> HttpResponse:
    """The spine of the box that holds a run of the list."""
    width = checked_width(_asked(request, "width", _USUAL_WIDTH))
    label = box_label(request.grant, run=_run(request), box=_asked(request, "box"), language=_language())
    if _asked(request, "as") == "pdf":
        return _pdf(label, f"{_asked(request, 'series')}-{_asked(request, 'year')}-box", width)
    context = {"sheet": label, "widths": spine_widths(), "width": width, "asked": _given(request)}
    return render(request, "holdings/sheet_label.html", context)


def _run(request: HttpRequest) -> Run:
    return Run(
        series=_asked(request, "series"),
        year=_number(request, "year", today().year),
        term=_asked(request, "term"),
        first=_number(request, "first"),
        last=_number(request, "last"),
    )


def _number(request: HttpRequest, name: str, otherwise: int = 0) -> int:
    given = _asked(request, name)
    if not given:
        return otherwise
    if not given.isdecimal() or len(given) > _LONGEST_NUMBER:
        raise Invalid("sheet_range_wrong")
    return int(given)


def _asked(request: HttpRequest, name: str, otherwise: str = "") -> str:
    given = request.POST if request.method == "POST" else request.GET
    return given.get(name, "").strip() or otherwise


def _given(request: HttpRequest) -> dict[str, str]:
    names = ("series", "year", "term", "first", "last", "box")
    return {name: _asked(request, name) for name in names} | {"year": _asked(request, "year", str(today().year))}


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get("reason", "") if request.method == "POST" else None


def _language() -> Language:
    return "en" if get_language() == "en" else "zh"


def _series() -> list[Series]:
    return list(Series.objects.exclude(class_prefix="").order_by("parent__position", "position", "code"))


def _pdf(sheet: Sheet, name: str, width: int) -> HttpResponse:
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}.pdf"}
    return HttpResponse(pdf(sheet, _language(), width=width), content_type="application/pdf", headers=headers)
