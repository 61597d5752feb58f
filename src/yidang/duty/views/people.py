"""Who answers for what."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.duty import responsibilities
from yidang.duty.catalogue import duties as all_duties
from yidang.duty.views.common import day, status
from yidang.identity.access import GrantedRequest, permission_required, signed_in
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound


@require_GET
@signed_in
def duties(request: GrantedRequest) -> HttpResponse:
    return _page(request, None)


@require_POST
@permission_required(Permission.KEEP_DUTIES)
def appoint(request: GrantedRequest) -> HttpResponse:
    given = request.POST
    try:
        responsibilities.appoint(
            grant=request.grant,
            staff_id=_uuid(given.get("staff", "")),
            duty=given.get("duty", ""),
            since=day(request, "since"),
            document=given.get("document", ""),
        )
    except (Invalid, NotFound, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("The appointment is on record."))
    return redirect("duty:duties")


@require_POST
@permission_required(Permission.KEEP_DUTIES)
def end(request: GrantedRequest, responsibility_id: UUID) -> HttpResponse:
    try:
        ended = responsibilities.end(
            grant=request.grant, responsibility_id=responsibility_id, until=day(request, "until")
        )
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    messages.success(request, _("The duty has ended. Draw up what is handed over."))
    return redirect(f"/duty/hand-overs/?giver={ended.staff_id}")


def _uuid(text: str) -> UUID:
    """Raises NotFound `staff_not_found`."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("staff_not_found") from None


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "held": responsibilities.duties_today(),
        "past": [(one, all_duties()[one.duty]) for one in responsibilities.history()],
        "people": Staff.objects.filter(is_active=True).order_by("username"),
        "may_keep": request.grant.allows(Permission.KEEP_DUTIES),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "duty/duties.html", context, status=status(problem))
