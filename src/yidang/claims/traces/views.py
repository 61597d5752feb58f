"""The way of one box drawn, and the doubts about boxes."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.claims.traces import queries
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.kernel.texts import say

_PER_PAGE = 50
_LONGEST = 200


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CLAIMS)
def way(request: GrantedRequest) -> HttpResponse:
    """Asked by POST: a code leads to a person, and stands in no address."""
    code = request.POST.get("code", "")[:_LONGEST]
    found = queries.way(request.grant, code) if code.strip() else None
    return render(request, "claims/trace_way.html", {"way": found, "code": code})


@require_GET
@permission_required(Permission.SEE_CLAIMS)
def alerts(request: GrantedRequest) -> HttpResponse:
    judged = request.GET.get("show") == "judged"
    page = Paginator(queries.alerts(request.grant, judged=judged), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "judged": judged,
        "kept_query": "show=judged&" if judged else "",
        "outcomes": queries.OUTCOMES,
        "may_judge": request.grant.allows(Permission.REVIEW_FINDINGS),
    }
    return render(request, "claims/trace_alerts.html", context)


@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def close_alert(request: GrantedRequest, alert_id: UUID) -> HttpResponse:
    try:
        queries.close_alert(grant=request.grant, alert_id=alert_id, outcome=request.POST.get("outcome", ""))
    except (Conflict, Invalid) as problem:
        messages.error(request, say(problem.code, "en" if get_language() == "en" else "zh", **problem.facts))
    else:
        messages.success(request, _("The box is judged."))
    return redirect("traces:alerts")
