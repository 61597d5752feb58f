"""Leaks, damage and losses."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.duty import incidents as operations
from yidang.duty.models import Incident
from yidang.duty.views.common import PER_PAGE, day, status
from yidang.identity.access import GrantedRequest, permission_required, signed_in
from yidang.identity.names import names_of
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@signed_in
def incidents(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given = request.POST
    try:
        made = operations.report(
            grant=request.grant,
            kind=given.get("kind", ""),
            happened_on=day(request, "happened_on"),
            words=given.get("words", ""),
            code=given.get("code", ""),
        )
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    messages.success(request, _("The report is on record; the head has been told."))
    return redirect("duty:incident", made.id)


@require_GET
@signed_in
def incident(request: GrantedRequest, incident_id: UUID) -> HttpResponse:
    return _one(request, incident_id, None)


@sensitive_post_parameters("outcome")
@require_POST
@permission_required(Permission.KEEP_DUTIES)
def close(request: GrantedRequest, incident_id: UUID) -> HttpResponse:
    try:
        operations.close(grant=request.grant, incident_id=incident_id, outcome=request.POST.get("outcome", ""))
    except (Invalid, Conflict) as problem:
        return _one(request, incident_id, problem)
    messages.success(request, _("The incident is closed."))
    return redirect("duty:incident", incident_id)


def _one(request: GrantedRequest, incident_id: UUID, problem: DomainError | None) -> HttpResponse:
    account = operations.account_of(request.grant, incident_id)
    may_close = request.grant.allows(Permission.KEEP_DUTIES) and account.incident.closed_at is None
    names = names_of(event.actor for event in account.chain)
    context = {"account": account, "names": names, "may_close": may_close, "problem": problem}
    return render(request, "duty/incident.html", context, status=status(problem))


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "page": Paginator(operations.incidents(request.grant), PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Incident.Kind.values,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "duty/incidents.html", context, status=status(problem))
