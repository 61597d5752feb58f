"""The knowledge base: its tables and their versions; one version looked at, put in force, confirmed."""

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.kernel.harmless import harmless
from yidang.oversight.knowledge import operations, uploading
from yidang.oversight.knowledge.forms import Form, forms
from yidang.oversight.knowledge.naming import Names, names_in
from yidang.oversight.knowledge.rules import SHOWN, Row
from yidang.oversight.views.common import status, told

_SHOWN = 100
_STEPS: dict[str, Callable[..., Any]] = {
    "put": operations.put_in_force,
    "discard": operations.discard,
    "confirm": operations.confirm,
}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_OVERSIGHT)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _list(request, None)
    words = {name: request.POST.get(name, "") for name in ("kind", "source", "effective_from")}
    try:
        made = uploading.hand_in(grant=request.grant, file=request.FILES.get("file"), **words)
    except (Invalid, Conflict) as problem:
        return _list(request, problem)
    return redirect("oversight:knowledge_version", made.id)


def _list(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "tables": operations.versions(request.grant),
        "kinds": list(forms()),
        "parts": [
            (form.table, f"{form.table}:{name}", called) for form in forms().values() for name, called in form.parts
        ],
        "may_import": request.grant.allows(Permission.TUNE_RULES),
        "typed": request.POST,
        "most": uploading.LARGEST // 2**20,
        "problem": problem,
    }
    return render(request, "oversight/knowledge.html", context, status=status(problem))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_OVERSIGHT)
def version(request: GrantedRequest, version_id: UUID) -> HttpResponse:
    if request.method == "GET":
        return _page(request, version_id, None)
    step = _STEPS.get(request.POST.get("step", ""))
    try:
        if step is not None:
            step(grant=request.grant, version_id=version_id)
            messages.success(request, _("Entered."))
    except Conflict as problem:
        return _page(request, version_id, problem)
    return redirect("oversight:knowledge_version", version_id)


def _page(request: GrantedRequest, version_id: UUID, problem: DomainError | None) -> HttpResponse:
    one = operations.version_of(request.grant, version_id)
    form = forms()[one.table]
    columns = list(form.columns)
    shown, changes = one.rows[:_SHOWN], one.difference["rows"]
    names = names_in([*shown, *(row for _what, row, _was in changes)], one.effective_from)
    context = {
        "one": one,
        "kind": dict(form.parts).get(one.kind, one.kind),
        "columns": [form.heading(name) for name in columns],
        "rows": [_cells(row, form, names) for row in shown],
        "total": len(one.rows),
        "changes": [(what, *_beside(row, was, form, names)) for what, row, was in changes],
        "is_all": sum(one.difference[what] for what in ("added", "removed", "changed")) == len(changes),
        "most_changes": SHOWN,
        "bad": [(bad["row"], form.heading(bad["field"]), told(bad["code"])) for bad in one.quarantined[:_SHOWN]],
        "may_step": request.grant.allows(Permission.TUNE_RULES),
        "is_own": one.by_id is not None and one.by_id == request.grant.staff_id,
        "problem": problem,
    }
    return render(request, "oversight/knowledge_version.html", context, status=status(problem))


def _cells(row: Row, form: Form, names: Names) -> list[tuple[object, str]]:
    """Each with the name of what the code stands for."""
    said = form.in_words(row)
    return [(_plain(said[column]), names.of(row, column)) for column in form.columns]


def _beside(row: Row, was: Row | None, form: Form, names: Names) -> tuple[str, str]:
    """The row in one line, and of a changed one what stood there before."""
    columns, told, before = form.columns, form.in_words(row), form.in_words(was or {})
    said = (
        f"{form.heading(column)} {_plain(told[column])} {names.of(row, column)}".rstrip()
        for column in columns
        if told[column] is not None
    )
    changed = [name for name in columns if was and was.get(name) != row[name]]
    return " · ".join(said), " · ".join(f"{form.heading(name)} {_value(before.get(name))}" for name in changed)


def _value(value: object) -> object:
    return "–" if value is None else _plain(value)


def _plain(value: object) -> object:
    """A bound of 1 is 1, though its column could hold a fraction."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def kept_out(request: GrantedRequest, version_id: UUID) -> HttpResponse:
    """Rows that stayed out, with the reason, to mend them in the file."""
    one = operations.version_of(request.grant, version_id)
    form = forms()[one.table]
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([_("Row"), _("Column"), _("Reason"), "code"])
    for bad in one.quarantined:
        sheet.writerow(map(harmless, (bad["row"], form.heading(bad["field"]), told(bad["code"]), bad["code"])))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.name}.csv"'
    return answer
