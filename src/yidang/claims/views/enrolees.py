"""一人一档: who somebody is to the insurance, and their settlements."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.claims import forgetting, queries
from yidang.claims.linkage.operations import merges_of
from yidang.claims.models import Settlement
from yidang.claims.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CLAIMS)
def one(request: GrantedRequest, enrolee_id: UUID) -> HttpResponse:
    if request.method == "GET":
        return _page(request, enrolee_id)
    try:
        return _page(request, enrolee_id, reason=request.POST.get("reason", "").strip() or " ")
    except Invalid as problem:
        return _page(request, enrolee_id, problem=problem)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.IMPORT_CLAIMS)
def forget(request: GrantedRequest, enrolee_id: UUID) -> HttpResponse:
    try:
        forgetting.ask_to_forget(
            grant=request.grant, enrolee_id=enrolee_id, reason=request.POST.get("reason", "").strip()
        )
    except (Invalid, Conflict) as problem:
        return _page(request, enrolee_id, problem=problem)
    messages.success(request, _("Another person has to agree before the claims are forgotten."))
    return redirect("claims:enrolee", enrolee_id)


def _page(
    request: GrantedRequest, enrolee_id: UUID, *, reason: str = "", problem: DomainError | None = None
) -> HttpResponse:
    found, words = queries.enrolee_for(request.grant, enrolee_id, reason=reason)
    own = (
        Settlement.objects.filter(person__person=found.person)
        .select_related("provider")
        .order_by("-settled_at", "-claim")
    )
    context = {
        "one": found,
        "words": words,
        "is_clear": bool(reason),
        "merges": merges_of(found),
        "page": Paginator(own, PER_PAGE).get_page(request.GET.get("page")),
        "problem": problem,
    }
    return render(request, "claims/enrolee.html", context, status=status(problem))
