"""The register of use, its statistics, and the quarterly analysis."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yidang.access.lending import analysing, analysis_rules, effects, statistics
from yidang.access.lending.models import Use
from yidang.access.lending.rules import EFFECTS, PURPOSES
from yidang.access.lending.views.common import PER_PAGE, number, period, said, status
from yidang.holdings.models import Series
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import DomainError, Invalid
from yidang.kernel.workbook import MEDIA_TYPE

_ANALYSTS = (Permission.DESCRIBE, Permission.RELEASE_DATA)


@require_GET
@permission_required(Permission.ASK_LOAN)
def register(request: GrantedRequest) -> HttpResponse:
    first, last = period(request)
    uses = effects.register_of(request.grant, first=first, last=last)
    page = Paginator(uses, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(use, effects.effect_of(use)) for use in page]
    context = {"page": page, "rows": rows, "first": first, "last": last, "kept_query": f"first={first}&last={last}&"}
    return render(request, "access/lending/register.html", context)


@require_GET
@permission_required(Permission.APPROVE_LOAN)
def figures(request: GrantedRequest) -> HttpResponse:
    first, last = period(request)
    found = statistics.statistics(request.grant, first=first, last=last)
    names = _names()
    tables = [
        (names[name][""], [(statistics.called(names[name], row.key), row) for row in rows])
        for name, rows in found.tables.items()
    ]
    context = {"found": found, "tables": tables, "first": first, "last": last}
    return render(request, "access/lending/statistics.html", context)


@require_GET
@permission_required(Permission.APPROVE_LOAN)
def figures_xlsx(request: GrantedRequest) -> HttpResponse:
    first, last = period(request)
    found = statistics.statistics(request.grant, first=first, last=last)
    heads = [_("Uses"), _("Persons served"), _("Volumes"), _("Items"), _("Pages")]
    content = statistics.as_xlsx(request.grant, found, heads=heads, names=_names())
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="use-{first}-{last}.xlsx"'
    return response


def _names() -> dict[str, dict[str, str]]:
    """What the keys of each breakdown are called; its own title under the blank key."""
    return {
        "kind": {"": _("Way of use"), **{one: said(f"use_kind_{one}") for one in Use.Kind.values}},
        "purpose": {"": _("Purpose"), **{one: said(f"use_purpose_{one}") for one in PURPOSES}},
        "effect": {
            "": _("Effect"),
            statistics.NOTHING: _("not told yet"),
            **{one: said(f"use_effect_{one}") for one in EFFECTS},
        },
        "department": {"": _("Section"), statistics.NOTHING: _("of no section")},
    }


@require_http_methods(["GET", "POST"])
@permission_required(*_ANALYSTS)
def analyses(request: GrantedRequest) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            made = analysing.analyse_use(
                request.grant, year=number(request.POST, "year"), quarter=number(request.POST, "quarter")
            )
        except Invalid as refusal:
            problem = refusal
        else:
            messages.success(request, _("The analysis was made."))
            return redirect("lending:use_analysis", made.id)
    year, quarter = analysis_rules.quarter_of(clock.today())
    page = Paginator(analysing.analyses_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "year": year, "quarter": quarter, "quarters": range(1, 5), "problem": problem}
    return render(request, "access/lending/analyses.html", context, status=status(problem))


@require_GET
@permission_required(*_ANALYSTS)
def analysis(request: GrantedRequest, analysis_id: UUID) -> HttpResponse:
    found, body = analysing.get_analysis(request.grant, analysis_id)
    proposals = [_proposed(one["kind"], one["facts"]) for one in body["proposals"]]
    refused = [(_reason(code), n) for code, n in body["refused"]]
    context = {"found": found, "body": body, "proposals": proposals, "refused": refused}
    return render(request, "access/lending/analysis.html", context)


def _proposed(kind: str, facts: dict[str, Any]) -> tuple[str, str, str]:
    """The text; where it is about words that found nothing, these and the word close to them."""
    words = facts["words"] if kind in {"synonym", "unknown_words"} else ""
    return said(f"use_proposal_{kind}", **_spoken(facts)), words, facts.get("like", "")


def _spoken(facts: dict[str, Any]) -> dict[str, Any]:
    """A reason and a class are said in words, not by their codes."""
    spoken = dict(facts)
    if "code" in facts:
        spoken["code"] = _reason(facts["code"]).rstrip("。.")
    if "series" in facts:
        spoken["series"] = _class(facts["series"])
    return spoken


def _reason(code: str) -> str:
    """Of many searches, so no single one's word stands in it."""
    return said(code, term="…")


def _class(code: str) -> str:
    column = "title_en" if get_language() == "en" else "title_zh"
    title = Series.objects.filter(pk=code).values_list(column, flat=True).first()
    return f"{title}（{code}）" if title else code
