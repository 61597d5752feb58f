"""检测方案 of a fonds: which checks at which stage, mandatory or not; changed by two."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.checks import kinds, schemes
from yidang.checks.catalogue import STAGES, rows
from yidang.holdings.models import Fonds
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.workflow.operations import ask_approval


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_CHECKS)
def scheme(request: GrantedRequest, fonds: str) -> HttpResponse:
    if not Fonds.objects.filter(pk=fonds).exists():
        raise NotFound("fonds_not_found", fonds=fonds)
    if request.method == "GET":
        return _page(request, fonds, None)
    try:
        plan = kinds.plan_of(fonds, _choices(request, fonds))
        asked = ask_approval(grant=request.grant, kind=kinds.SCHEME, plan=plan, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, fonds, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("checks:scheme", fonds)


def _choices(request: GrantedRequest, fonds: str) -> dict[tuple[str, str], str]:
    """What differs from what is in force."""
    return {
        (code, stage): given
        for code, stages in schemes.in_force(fonds).rows.items()
        for stage, choice in stages.items()
        if (given := request.POST.get(f"{code}.{stage}", choice)) != choice
    }


def _page(request: GrantedRequest, fonds: str, problem: DomainError | None) -> HttpResponse:
    found = schemes.in_force(fonds)
    lines = [
        {"row": row, "stages": [(stage, found.rows[code].get(stage, "")) for stage in STAGES]}
        for code, row in rows().items()
        if code in found.rows
    ]
    context = {"fonds": fonds, "scheme": found, "lines": lines, "choices": schemes.CHOICES, "stages": STAGES}
    status = 200 if problem is None else 409 if isinstance(problem, Conflict) else 422
    return render(request, "checks/scheme.html", context | {"problem": problem}, status=status)
