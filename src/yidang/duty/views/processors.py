"""Firms under contract and what they touched."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yidang.duty import processing
from yidang.duty.views.common import day, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError, Invalid, NotFound


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_DUTIES)
def processors(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given = request.POST
    try:
        made = processing.keep(
            grant=request.grant,
            name=given.get("name", ""),
            contract=given.get("contract", ""),
            work=given.get("work", ""),
            since=day(request, "since"),
            until=day(request, "until"),
            usernames=given.getlist("accounts"),
        )
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    messages.success(request, _("The contract is on record."))
    return redirect("duty:processor", made.id)


@require_GET
@permission_required(Permission.KEEP_DUTIES)
def processor(request: GrantedRequest, processor_id: UUID) -> HttpResponse:
    found, touched = processing.touched(request.grant, processor_id)
    return render(request, "duty/processor.html", {"one": found, "touched": touched})


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "contracts": processing.contracts(),
        "people": Staff.objects.filter(is_active=True).order_by("username"),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "duty/processors.html", context, status=status(problem))
