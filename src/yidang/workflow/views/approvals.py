"""Approvals: see exactly what will happen, then allow it, refuse it or take it back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.identity.access import GrantedRequest, signed_in
from yidang.kernel.errors import Conflict, Invalid
from yidang.workflow import operations, queries
from yidang.workflow.approvals import title_of
from yidang.workflow.freshness import is_fresh, renew

PER_PAGE = 50
SHOWN = ("open", "asked", "decided")


@require_GET
@signed_in
def approvals(request: GrantedRequest) -> HttpResponse:
    show = request.GET.get("show", "open")
    show = show if show in SHOWN else "open"
    page = Paginator(queries.approvals_of(request.grant, show=show), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"approval": one, "title": title_of(one.kind), "state": queries.state_of(one)} for one in page.object_list]
    context = {"page": page, "rows": rows, "show": show, "kept_query": f"show={show}&"}
    return render(request, "workflow/approvals.html", context)


@require_GET
@signed_in
def approval(request: GrantedRequest, approval_id: UUID) -> HttpResponse:
    return _page(request, approval_id)


def _page(request: GrantedRequest, approval_id: UUID, problem: Conflict | Invalid | None = None) -> HttpResponse:
    shown = queries.shown_approval(request.grant, approval_id)
    context = {"shown": shown, "problem": problem, "is_fresh": is_fresh(request)}
    return render(request, "workflow/approval.html", context, status=_status(problem))


def _status(problem: Conflict | Invalid | None) -> int:
    if problem is None:
        return 200
    return 422 if isinstance(problem, Invalid) else 409


@require_POST
@signed_in
def approve(request: GrantedRequest, approval_id: UUID) -> HttpResponseBase:
    fresh = is_fresh(request)
    shown = queries.shown_approval(request.grant, approval_id)
    if shown.may_decide and not fresh:
        return renew(reverse("workflow:approval", args=[approval_id]))
    try:
        operations.approve(grant=request.grant, approval_id=approval_id, second_factor_fresh=fresh)
    except (Conflict, Invalid) as problem:
        return _page(request, approval_id, problem)
    messages.success(request, _("Approved, and carried out."))
    return redirect("workflow:approval", approval_id)


@sensitive_post_parameters("reason")
@require_POST
@signed_in
def refuse(request: GrantedRequest, approval_id: UUID) -> HttpResponse:
    try:
        operations.refuse(grant=request.grant, approval_id=approval_id, reason=request.POST.get("reason", ""))
    except (Conflict, Invalid) as problem:
        return _page(request, approval_id, problem)
    messages.success(request, _("Refused. The asker is told why."))
    return redirect("workflow:approval", approval_id)


@require_POST
@signed_in
def withdraw(request: GrantedRequest, approval_id: UUID) -> HttpResponse:
    try:
        operations.withdraw(grant=request.grant, approval_id=approval_id)
    except Conflict as problem:
        return _page(request, approval_id, problem)
    messages.success(request, _("Taken back."))
    return redirect("workflow:approval", approval_id)
