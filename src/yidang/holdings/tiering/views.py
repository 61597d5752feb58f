"""The page of the tiers: how much stands where, what that saves, the policy, recalls."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.holdings.tiering import kinds
from yidang.holdings.tiering.operations import ask_recall, policy
from yidang.holdings.tiering.status import status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.preservation.tiers.models import TierRun
from yidang.preservation.tiers.rules import ANY
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval

_SEE = (Permission.KEEP_INSTRUMENT, Permission.APPROVE_INSTRUMENT)
_BLANK_ROWS = 3
_NEWEST = 10


@require_GET
@permission_required(*_SEE)
def tiers(request: GrantedRequest) -> HttpResponse:
    return _page(request, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def propose(request: GrantedRequest) -> HttpResponse:
    plan = {"rows": _rows(request), "effective_from": request.POST.get("effective_from", "")}
    try:
        asked = ask_approval(
            grant=request.grant, kind=kinds.POLICY, plan=plan, reason=request.POST.get("reason", ""), subject=None
        )
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("holdings:tiers")


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    given = request.POST
    columns = zip(given.getlist("series"), given.getlist("years"), given.getlist("days"), strict=False)
    return [
        {"series": series.strip(), "min_age_years": years.strip(), "min_idle_days": days.strip()}
        for series, years, days in columns
        if series.strip()
    ]


@require_POST
@permission_required(Permission.KEEP_INSTRUMENT)
def recall(request: GrantedRequest) -> HttpResponse:
    try:
        ask_recall(request.grant, codes=request.POST.get("codes", "").split("\n"))
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    messages.success(request, _("The records come back within minutes; they can be read meanwhile."))
    return redirect("holdings:tiers")


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    found = policy()
    rows = found.rows if found else [{"series": ANY, "min_age_years": 5, "min_idle_days": 730}]
    asked = Approval.objects.filter(kind=kinds.POLICY, state=ApprovalState.ASKED).first()
    context = {
        "status": status(),
        "policy": found,
        "rows": [*rows, *[{} for _row in range(_BLANK_ROWS)]],
        "asked": asked,
        "runs": TierRun.objects.order_by("-started_at")[:_NEWEST],
        "today": today(),
        "may_ask": request.grant.allows(Permission.KEEP_INSTRUMENT),
        "problem": problem,
    }
    return render(request, "holdings/tiers.html", context, status=_status(problem))


def _status(problem: DomainError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, Conflict) else 422
