"""What one person leaves to another."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.duty import handing
from yidang.duty.catalogue import duties
from yidang.duty.models import HandOver
from yidang.duty.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, signed_in
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError, Invalid, NotFound


@require_http_methods(["GET", "POST"])
@signed_in
def hand_overs(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    try:
        made = handing.draw(grant=request.grant, giver_id=_person(request, "giver"), taker_id=_person(request, "taker"))
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    return redirect("duty:hand_over", made.id)


@require_GET
@signed_in
def hand_over(request: GrantedRequest, hand_over_id: UUID) -> HttpResponse:
    found = handing.hand_over_for(request.grant, hand_over_id)
    return render(
        request, "duty/hand_over.html", {"one": found, "lines": _lines(found), "mine": _unsigned(request, found)}
    )


@require_POST
@signed_in
def sign(request: GrantedRequest, hand_over_id: UUID) -> HttpResponse:
    handing.sign(grant=request.grant, hand_over_id=hand_over_id)
    messages.success(request, _("Your signature is on record."))
    return redirect("duty:hand_over", hand_over_id)


def _unsigned(request: GrantedRequest, found: HandOver) -> bool:
    me = request.grant.staff_id
    return (me == found.giver_id and found.given_at is None) or (me == found.taker_id and found.taken_at is None)


def _lines(found: HandOver) -> list[dict[str, str]]:
    known = duties()
    return [
        line | {"number": known[line["number"]].title if line["kind"] == "duty" else line["number"]}
        for line in found.lines
    ]


def _person(request: GrantedRequest, name: str) -> UUID:
    """Raises NotFound `staff_not_found`."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotFound("staff_not_found") from None


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "page": Paginator(handing.hand_overs(request.grant), PER_PAGE).get_page(request.GET.get("page")),
        "people": Staff.objects.order_by("username"),
        "giver": request.GET.get("giver", request.POST.get("giver", "")),
        "may_draw": request.grant.allows(Permission.KEEP_DUTIES),
        "problem": problem,
    }
    return render(request, "duty/hand_overs.html", context, status=status(problem))
