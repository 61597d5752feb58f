"""The outbox of the system administrator: what went out, with its proof, and what failed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Invalid
from yidang.workflow import operations, queries
from yidang.workflow.addresses import target_of

PER_PAGE = 50


@require_GET
@permission_required(Permission.SEE_SYSTEM)
def outbox(request: GrantedRequest) -> HttpResponse:
    return _page(request)


def _page(request: GrantedRequest, *, secret: str = "", problem: Invalid | None = None) -> HttpResponse:
    state = request.GET.get("state", "")
    context = {
        "page": Paginator(queries.outbox(request.grant, state=state), PER_PAGE).get_page(request.GET.get("page")),
        "webhooks": [{"id": one.id, "target": target_of(one)} for one in queries.house_webhooks(request.grant)],
        "state": state,
        "secret": secret,
        "problem": problem,
        "kept_query": f"state={state}&" if state else "",
    }
    return render(request, "workflow/outbox.html", context, status=422 if problem else 200)


@require_POST
@permission_required(Permission.SEE_SYSTEM)
def resend(request: GrantedRequest, delivery_id: UUID) -> HttpResponse:
    operations.resend(grant=request.grant, delivery_id=delivery_id)
    messages.success(request, _("It is sent again."))
    return redirect("workflow:outbox")


@sensitive_variables("secret")
@sensitive_post_parameters("target")
@require_POST
@permission_required(Permission.SEE_SYSTEM)
def add_webhook(request: GrantedRequest) -> HttpResponse:
    try:
        secret = operations.add_house_webhook(grant=request.grant, target=request.POST.get("target", ""))
    except Invalid as problem:
        return _page(request, problem=problem)
    return _page(request, secret=secret)


@require_POST
@permission_required(Permission.SEE_SYSTEM)
def remove_webhook(request: GrantedRequest, address_id: UUID) -> HttpResponse:
    operations.remove_house_webhook(grant=request.grant, address_id=address_id)
    messages.success(request, _("The webhook was taken away."))
    return redirect("workflow:outbox")
