"""The instrument 三合一: its versions, two of them compared, the draft of the next one, sheets in and out."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.disposition import kinds
from yidang.disposition.instrument import keeping, sheets
from yidang.disposition.instrument.rules import FLAGS, MARKS, TEXTS, Row, blank_row, differences, material
from yidang.disposition.instrument.words import said, told
from yidang.disposition.views.common import status
from yidang.holdings.models import Fonds
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.models import Department
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.kernel.workbook import MEDIA_TYPE
from yidang.workflow.operations import ask_approval
from yidang.workflow.queries import standing


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def instruments(request: GrantedRequest) -> HttpResponse:
    found = [
        {
            "fonds": one,
            "shipped_until": keeping.shipped_until(one.code),
            "versions": [{"it": it, "until": keeping.effective_until(it)} for it in keeping.versions(one.code)],
            "draft": keeping.open_draft(one.code),
        }
        for one in Fonds.objects.order_by("code")
    ]
    return render(request, "disposition/instruments.html", {"fonds": found})


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def version(request: GrantedRequest, fonds: str, number: int) -> HttpResponse:
    rows = keeping.rows_of(fonds, number)
    context = {"code": fonds, "number": number, "tree": _tree(rows), "unverified": keeping.unverified_of(rows)}
    return render(request, "disposition/instrument.html", context)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def sheet(_request: GrantedRequest, fonds: str, number: int) -> HttpResponse:
    content = sheets.export(keeping.rows_of(fonds, number))
    headers = {"Content-Disposition": f'attachment; filename="{fonds}-{number}.xlsx"'}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def compare(request: GrantedRequest, fonds: str) -> HttpResponse:
    last = keeping.versions(fonds)
    highest = last[-1].number if last else 1
    a, b = _number(request, "a", max(highest - 1, 1)), _number(request, "b", highest)
    found = told(differences(keeping.rows_of(fonds, a), keeping.rows_of(fonds, b)))
    context = {"code": fonds, "a": a, "b": b, "numbers": range(1, highest + 1), "differences": found}
    return render(request, "disposition/compare.html", context)


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= len("9999") else default


@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def begin(request: GrantedRequest, fonds: str) -> HttpResponse:
    return redirect("disposition:instrument_draft", keeping.begin(request.grant, fonds=fonds).id)


@require_GET
@permission_required(Permission.KEEP_INSTRUMENT, Permission.APPROVE_INSTRUMENT)
def draft(request: GrantedRequest, draft_id: UUID) -> HttpResponse:
    return _page(request, draft_id, None)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_INSTRUMENT)
def row(request: GrantedRequest, draft_id: UUID) -> HttpResponse:
    """One row in a form; `?code=` names it, blank for a new one."""
    if request.method == "GET":
        return _row_page(request, draft_id, _row_of(draft_id, request.GET.get("code", "")), None)
    typed = _typed(request)
    try:
        keeping.keep_row(request.grant, draft_id=draft_id, row=typed)
    except (Invalid, Conflict) as problem:
        return _row_page(request, draft_id, typed, problem)
    messages.success(request, _("The row is kept."))
    return redirect("disposition:instrument_draft", draft_id)


def _row_of(draft_id: UUID, code: str) -> Row:
    return next((one for one in keeping.find(draft_id).rows if one["code"] == code), blank_row())


def _typed(request: HttpRequest) -> Row:
    given = request.POST
    texts = {name: given.get(name, "").strip()[:400] for name in TEXTS}
    names = [name.strip()[:120] for name in given.getlist("material")]
    made = [
        material(name, {flag: f"{flag}-{place}" in given for flag in FLAGS}) for place, name in enumerate(names) if name
    ]
    return blank_row() | texts | {"materials": made}


def _row_page(request: GrantedRequest, draft_id: UUID, shown: Row, problem: DomainError | None) -> HttpResponse:
    materials = [{"place": place, **one} for place, one in enumerate([*shown["materials"], material("", {})])]
    draft = keeping.find(draft_id)
    choices = _choices(draft.rows)
    context = {
        "draft": draft,
        "fields": [(name, shown[name], choices.get(name)) for name in TEXTS],
        "materials": materials,
        "flags": FLAGS,
        "problem": problem,
    }
    return render(request, "disposition/instrument_row.html", context, status=status(problem))


def _choices(rows: list[Row]) -> dict[str, list[tuple[str, str]]]:
    """Where only known words make sense: value and what it is called."""
    categories = [(one["code"], one["title_zh"]) for one in rows if not one["parent"]]
    sections = Department.objects.filter(kind=Department.Kind.SECTION).order_by("code")
    return {
        "parent": [("", "–"), *categories],
        "department": [("", "–"), *((one.code, one.name_zh) for one in sections)],
        "arrangement": [("item", _("by item")), ("volume", _("by volume"))],
        "confidence": [("", "–"), *((mark, said("confidence_" + mark)) for mark in MARKS)],
    }


@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def take_sheet(request: GrantedRequest, draft_id: UUID) -> HttpResponse:
    given = request.FILES.get("sheet")
    try:
        rows = sheets.read(given.read() if given else b"")
        keeping.keep(request.grant, draft_id=draft_id, rows=rows)
    except (Invalid, Conflict) as problem:
        return _page(request, draft_id, problem)
    messages.success(request, _("The sheet is taken in."))
    return redirect("disposition:instrument_draft", draft_id)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def ask(request: GrantedRequest, draft_id: UUID) -> HttpResponse:
    given: Any = request.POST
    plan = {name: given.get(name, "") for name in ("approval_number", "effective_from")} | {"draft": str(draft_id)}
    reason = given.get("reason", "")
    try:
        _require_unasked(draft_id)
        asked = ask_approval(grant=request.grant, kind=kinds.INSTRUMENT, plan=plan, reason=reason, subject=draft_id)
    except (Invalid, Conflict) as problem:
        return _page(request, draft_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:instrument_draft", draft_id)


def _require_unasked(draft_id: UUID) -> None:
    """Two questions about one draft could not both be answered. Raises Conflict: `instrument_asked`."""
    if asked := standing(kinds.INSTRUMENT, draft_id):
        raise Conflict("instrument_asked", number=asked.number)


@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def drop(request: GrantedRequest, draft_id: UUID) -> HttpResponse:
    try:
        keeping.drop(request.grant, draft_id=draft_id)
    except Conflict as problem:
        return _page(request, draft_id, problem)
    return redirect("disposition:instruments")


def _page(request: GrantedRequest, draft_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = keeping.find(draft_id)
    context = {
        "draft": found,
        "last": keeping.last_number(found.fonds_id),
        "tree": _tree(found.rows),
        "unverified": keeping.unverified_of(found.rows),
        "differences": told(differences(keeping.last_rows(found.fonds_id), found.rows))
        if found.state == "open"
        else [],
        "asked": standing(kinds.INSTRUMENT, found.id),
        "problem": problem,
    }
    return render(request, "disposition/instrument_draft.html", context, status=status(problem))


def _tree(rows: list[Row]) -> list[dict[str, Any]]:
    """Each category with its classes under it, as things with attributes, which the names of both languages need."""
    things = [SimpleNamespace(**row) for row in rows]
    return [
        {"category": one, "classes": [row for row in things if row.parent == one.code]}
        for one in things
        if not one.parent
    ]
