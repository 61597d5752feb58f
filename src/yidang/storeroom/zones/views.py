"""The entry register of the three zones."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError
from yidang.storeroom.common import PER_PAGE, chosen, people, status, tried
from yidang.storeroom.models import Place
from yidang.storeroom.zones import register as lines

MANAGE, SEE = Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def register(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given, room = request.POST, chosen(request, "room")
    return tried(
        request,
        lambda: lines.note_entry(
            request.grant,
            room_id=room or UUID(int=0),
            staff=chosen(request, "staff"),
            visitor=given.get("visitor", ""),
            body=given.get("body", ""),
            companion=chosen(request, "companion"),
            reason=given.get("reason", ""),
        ),
        done=_("The entry is in the register."),
        then=lambda: reverse("storeroom:register"),
        again=lambda problem: _page(request, problem),
    )


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    page = Paginator(lines.entries(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [lines.told(entry) for entry in page.object_list],
        "rooms": Place.objects.filter(kind=Place.Kind.ROOM),
        "people": people(),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "storeroom/register.html", context, status=status(problem))


@require_POST
@permission_required(MANAGE)
def leave(request: GrantedRequest, entry_id: UUID) -> HttpResponse:
    lines.note_leaving(request.grant, entry_id=entry_id)
    return redirect("storeroom:register")
