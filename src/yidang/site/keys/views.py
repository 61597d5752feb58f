"""The pages of the security administrator: how it stands with the keys, asking for a change, taking shares."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.factors import fresh_factor_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.site.keys import approval, handing_over
from yidang.site.keys.queries import status
from yidang.workflow.operations import ask_approval

_UNTOUCHED = {"change": approval.ROTATE, "shares": "5", "needed": "3", "reason": ""}


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_KEYS)
def keys(request: GrantedRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _UNTOUCHED)
    given = {name: request.POST.get(name, default) for name, default in _UNTOUCHED.items()}
    try:
        asked = ask_approval(grant=request.grant, kind=approval.CODE, plan=_plan(given), reason=given["reason"])
    except (Invalid, Conflict) as problem:
        return _page(request, given, problem=problem)
    messages.success(request, _("Asked. Another person now has to approve it."))
    return redirect("workflow:approval", approval_id=asked.id)


def _plan(given: dict[str, str]) -> dict[str, Any]:
    """Whatever is no count is none: `share_counts` says so."""
    shares, needed = (int(text) if text.isdecimal() else 0 for text in (given["shares"], given["needed"]))
    return approval.plan_of(given["change"], shares=shares, needed=needed)


def _page(request: GrantedRequest, given: dict[str, str], *, problem: DomainError | None = None) -> HttpResponse:
    waiting = handing_over.waiting(request.grant)
    context = {"state": status(), "problem": problem, "given": given, "waiting": waiting}
    return render(request, "site/keys.html", context, status=422 if problem else 200)


@sensitive_variables()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_KEYS)
@fresh_factor_required
def shares(request: GrantedRequest, approval_id: UUID) -> HttpResponse:
    """Asked for, the page that warns; sent, the shares: that answer is the only time they are seen."""
    try:
        if request.method != "POST":
            asked = handing_over.require_waiting(request.grant, approval_id)
            return render(request, "site/take_shares.html", {"approval": asked})
        made = handing_over.take(request.grant, approval_id)
    except Conflict as problem:
        return _refused(request, problem)
    return render(request, "site/shares.html", {"sheets": [handing_over.sheet_of(one) for one in made]})


def _refused(request: HttpRequest, problem: Conflict) -> HttpResponse:
    return render(request, "site/take_shares.html", {"problem": problem}, status=409)
