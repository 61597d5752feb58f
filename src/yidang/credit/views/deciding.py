"""The second person's desk, and appeals on both sides of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.credit import appealing, deciding, queries
from yidang.credit.models import Outcome
from yidang.credit.views.common import names_of, told
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.factors import fresh_factor_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid


@require_GET
@permission_required(Permission.DECIDE_CREDIT)
@fresh_factor_required
def to_decide(request: GrantedRequest) -> HttpResponse:
    waiting = queries.waiting(request.grant)
    concerned = [one.decision.provider for one in waiting if one.decision]
    return render(request, "credit/to_decide.html", {"waiting": waiting, "institutions": names_of(concerned)})


@require_POST
@permission_required(Permission.DECIDE_CREDIT)
@fresh_factor_required
def decide(request: GrantedRequest, what: str, row_id: UUID) -> HttpResponse:
    agree = request.POST.get("word") == "agree"
    try:
        deciding.decide(grant=request.grant, what=what, row_id=row_id, agree=agree)
    except Conflict as problem:
        messages.error(request, told(problem.code, **problem.facts))
    else:
        messages.success(request, _("Decided and in force.") if agree else _("Refused; nothing counts of it."))
    return redirect("credit:to_decide")


@require_GET
@permission_required(Permission.SCORE_CREDIT)
def appeals(request: GrantedRequest) -> HttpResponse:
    context = {"appeals": queries.open_appeals(request.grant), "outcomes": Outcome.values}
    return render(request, "credit/appeals.html", context)


@require_POST
@permission_required(Permission.SCORE_CREDIT)
def prepare(request: GrantedRequest, appeal_id: UUID) -> HttpResponse:
    try:
        appealing.prepare_outcome(grant=request.grant, appeal_id=appeal_id, outcome=request.POST.get("outcome", ""))
    except (Conflict, Invalid) as problem:
        messages.error(request, told(problem.code, **problem.facts))
    else:
        messages.success(request, _("A second person decides the appeal now."))
    return redirect("credit:appeals")


@require_GET
@permission_required(Permission.ANSWER_INSPECTION)
def own(request: GrantedRequest) -> HttpResponse:
    context = {
        "rows": queries.of_own_institutions(request.grant),
        "grounds": appealing.grounds_of(request.grant),
        "today": today(),
        "own": sorted(request.grant.institutions),
        "institutions": names_of(request.grant.institutions),
    }
    return render(request, "credit/own.html", context)


@require_POST
@permission_required(Permission.ANSWER_INSPECTION, Permission.SCORE_CREDIT)
def appeal(request: GrantedRequest, what: str, row_id: UUID) -> HttpResponse:
    try:
        appealing.file_appeal(grant=request.grant, what=what, row_id=row_id, ground=request.POST.get("ground", ""))
    except (Conflict, Invalid) as problem:
        messages.error(request, told(problem.code, **problem.facts))
    else:
        messages.success(request, _("The appeal is on record."))
    is_clerk = request.grant.allows(Permission.ANSWER_INSPECTION)
    return redirect("credit:own" if is_clerk else "credit:appeals")
