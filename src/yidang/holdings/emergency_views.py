"""The page behind the glass, and the page of who looks at it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.holdings import emergency
from yidang.identity import glass
from yidang.identity.access import GrantedRequest, permission_required, signed_in
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.BREAK_GLASS)
def break_glass(request: GrantedRequest) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        given = request.POST
        try:
            broken = emergency.break_glass(
                grant=request.grant, id_number=given.get("id_number", ""), reason=given.get("reason", "")
            )
        except (Invalid, Conflict) as refusal:
            problem = refusal
        else:
            return redirect("holdings:glass", broken.id)
    context = {"rules": glass.rules(), "hours": glass.rules()["minutes"] / 60, "problem": problem}
    return render(request, "holdings/break_glass.html", context, status=422 if problem else 200)


@sensitive_post_parameters("remark")
@require_http_methods(["GET", "POST"])
@signed_in
def review(request: GrantedRequest, glass_id: UUID) -> HttpResponse:
    if request.method == "POST":
        emergency.review_glass(
            grant=request.grant,
            glass_id=glass_id,
            is_justified=request.POST.get("verdict") == "justified",
            remark=request.POST.get("remark", ""),
        )
        messages.success(request, _("The review was kept."))
        return redirect("holdings:glass", glass_id)
    found = emergency.review_of(request.grant, glass_id)
    is_own = found.glass.staff_id == request.grant.staff_id
    context = {
        "review": found,
        "is_own": is_own,
        "may_review": request.grant.allows(Permission.APPROVE_SECURITY) and not is_own,
    }
    return render(request, "holdings/glass.html", context)
