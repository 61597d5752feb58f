"""The board of doubts, and one doubt with its page beside it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Conflict, Invalid
from yidang.quality.completeness import deciding
from yidang.quality.completeness.rules import KINDS
from yidang.quality.models import Finding, FindingState
from yidang.quality.views.common import PER_PAGE, status, told, xlsx

_MOST = 5000


@require_GET
@permission_required(Permission.SEE_QUALITY)
def board(request: GrantedRequest) -> HttpResponse:
    kind, state = _filters(request)
    rows = deciding.findings(request.grant, kind=kind, state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    known = deciding.counts(request.grant)
    context = {
        "page": page,
        "kind": kind,
        "state": state,
        "kinds": [(one, known.get(one, 0)) for one in KINDS],
        "states": FindingState.values,
        "kept_query": f"kind={kind}&state={state}&",
    }
    return render(request, "quality/findings.html", context)


def _filters(request: GrantedRequest) -> tuple[str, str]:
    kind, state = request.GET.get("kind", ""), request.GET.get("state", FindingState.OPEN)
    return (kind if kind in KINDS else ""), (state if state in FindingState.values else FindingState.OPEN)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def sheet(request: GrantedRequest) -> HttpResponse:
    kind, state = _filters(request)
    head = [_("Reference code"), _("Page"), _("Doubt"), _("State"), _("Found"), _("Judged by")]
    rows = [_line(one) for one in deciding.findings(request.grant, kind=kind, state=state)[:_MOST]]
    return xlsx(request.grant, "findings", head, rows)


def _line(one: Finding) -> list[str]:
    code = one.item.reference_code or one.item.working_number
    decided = one.decided_by.display_name if one.decided_by else ""
    return [
        code,
        str(one.page or ""),
        told(f"finding_{one.kind}", **one.facts),
        told(f"finding_state_{one.state}"),
        one.found_at.astimezone(CHINA).date().isoformat(),
        decided,
    ]


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_QUALITY)
def finding(request: GrantedRequest, finding_id: UUID) -> HttpResponse:
    if request.method == "GET":
        return _page(request, finding_id, None)
    try:
        deciding.decide(
            grant=request.grant,
            finding_id=finding_id,
            is_confirmed=request.POST.get("word") == "confirmed",
            reason=request.POST.get("reason", ""),
            opens_case="case" in request.POST,
        )
    except (Invalid, Conflict) as problem:
        return _page(request, finding_id, problem)
    messages.success(request, _("The doubt is decided."))
    return redirect("quality:finding", finding_id)


def _page(request: GrantedRequest, finding_id: UUID, problem: Invalid | Conflict | None) -> HttpResponse:
    shown = deciding.open_finding(request.grant, finding_id)
    context = {
        "shown": shown,
        "one": shown.finding,
        "item": shown.finding.item,
        "is_open": shown.finding.state in {FindingState.OPEN, FindingState.CURED},
        "may_decide": request.grant.allows(Permission.DECIDE_FINDINGS),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "quality/finding.html", context, status=status(problem))
