"""The policy page, and “why can X see Y?”."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from yidang.holdings.explaining import ASKING, explain
from yidang.identity.access import GrantedRequest, permission_required, signed_in
from yidang.kernel.errors import NotFound
from yidang.site import policy_page


@require_GET
@signed_in
def policy(request: GrantedRequest) -> HttpResponse:
    may_ask = any(request.grant.allows(one) for one in ASKING)
    return render(request, "site/policy.html", policy_page.page() | {"may_ask": may_ask})


@require_http_methods(["GET", "POST"])
@permission_required(*ASKING)
def why(request: GrantedRequest) -> HttpResponse:
    asked = {name: request.POST.get(name, "") for name in ("username", "code")}
    context: dict[str, object] = {"asked": asked}
    status = 200
    if request.method == "POST":
        try:
            context["found"] = explain(grant=request.grant, **asked)
        except NotFound as problem:
            context["problem"], status = problem, 422
    return render(request, "site/why.html", context, status=status)
