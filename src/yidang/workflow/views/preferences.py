"""How notices reach a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, signed_in
from yidang.kernel.errors import Invalid
from yidang.workflow import operations, queries
from yidang.workflow.addresses import target_of
from yidang.workflow.notices import notice_kinds
from yidang.workflow.outbox_models import Channel


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: GrantedRequest) -> HttpResponse:
    if request.method == "POST":
        wanted = [tuple(pair.split(":", 1)) for pair in request.POST.getlist("wanted") if ":" in pair]
        operations.choose_channels(grant=request.grant, wanted=[(kind, channel) for kind, channel in wanted])
        messages.success(request, _("Saved."))
        return redirect("workflow:preferences")
    return _page(request)


@sensitive_variables("secret")
@sensitive_post_parameters("target")
@require_POST
@signed_in
def address(request: GrantedRequest) -> HttpResponse:
    channel = Channel.WEBHOOK if request.POST.get("channel") == Channel.WEBHOOK else Channel.EMAIL
    target = request.POST.get("target", "")
    try:
        secret = operations.set_address(grant=request.grant, channel=channel, target=target)
    except Invalid as problem:
        return _page(request, problem=problem, wrong={channel.value: target})
    if secret:
        return _page(request, secret=secret)
    messages.success(request, _("Saved."))
    return redirect("workflow:preferences")


def _page(
    request: GrantedRequest, *, secret: str = "", problem: Invalid | None = None, wrong: dict[str, str] | None = None
) -> HttpResponse:
    unwanted = queries.unwanted(request.grant)
    own = {channel: target_of(one) for channel, one in queries.own_addresses(request.grant).items()}
    rows = [
        {"kind": kind, "email": (kind, "email") not in unwanted, "webhook": (kind, "webhook") not in unwanted}
        for kind in notice_kinds()
    ]
    context = {
        "rows": rows,
        "targets": own | (wrong or {}),
        "wrong": wrong or {},
        "secret": secret,
        "problem": problem,
    }
    return render(request, "workflow/preferences.html", context, status=422 if problem else 200)
