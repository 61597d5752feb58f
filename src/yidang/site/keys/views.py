"""The page of the security administrator: how it stands with the keys, and asking for a change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Invalid
from yidang.site.keys import approval
from yidang.site.keys.queries import status
from yidang.workflow.operations import ask_approval


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_KEYS)
def keys(request: GrantedRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    change = approval.REPLACE_ROOT if request.POST.get("change") == approval.REPLACE_ROOT else approval.ROTATE
    try:
        reason = request.POST.get("reason", "")
        asked = ask_approval(grant=request.grant, kind=approval.CODE, plan={"change": change}, reason=reason)
    except Invalid as problem:
        return _page(request, problem=problem, change=change)
    messages.success(request, _("Asked. Another person now has to approve it."))
    return redirect("workflow:approval", approval_id=asked.id)


def _page(request: GrantedRequest, *, problem: Invalid | None = None, change: str = approval.ROTATE) -> HttpResponse:
    context = {"state": status(), "problem": problem, "change": change}
    return render(request, "site/keys.html", context, status=422 if problem else 200)
