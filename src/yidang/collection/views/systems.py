"""Business systems and their tokens, for the system administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from yidang.collection.capture import systems
from yidang.collection.capture.models import BusinessSystem
from yidang.collection.views.common import number, status
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid

_CALLS = 60


@sensitive_variables("made")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_INTERFACES)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given = request.POST
    try:
        made = systems.enter_system(
            request.grant,
            code=given.get("code", ""),
            name=given.get("name", ""),
            scopes=given.getlist("scope"),
            series=given.getlist("series"),
            calls_a_minute=number(request, "calls", _CALLS),
        )
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    return _page(request, None, made)


def _page(request: GrantedRequest, problem: DomainError | None, made: systems.Entered | None = None) -> HttpResponse:
    context = {
        "rows": BusinessSystem.objects.select_related("made_by", "revoked_by"),
        "scopes": list(systems.Scope),
        "choices": series_choices(),
        "calls": _CALLS,
        "made": made,
        "typed": request.POST if problem else {},
        "problem": problem,
    }
    return render(request, "collection/systems.html", context, status=status(problem))


@sensitive_variables("made")
@require_POST
@permission_required(Permission.MANAGE_INTERFACES)
def renew(request: GrantedRequest, system_id: UUID) -> HttpResponse:
    try:
        made = systems.renew_token(request.grant, system_id=system_id)
    except Conflict as problem:
        return _page(request, problem)
    return _page(request, None, made)


@require_POST
@permission_required(Permission.MANAGE_INTERFACES)
def revoke(request: GrantedRequest, system_id: UUID) -> HttpResponse:
    try:
        systems.revoke(request.grant, system_id=system_id)
    except Conflict as problem:
        return _page(request, problem)
    messages.success(request, _("The token is refused from now on."))
    return redirect("collection:systems")
