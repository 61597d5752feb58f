"""What is due, and forming the group that appraises it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yidang.disposition.appraising import MOST_ITEMS, open_appraisal
from yidang.disposition.due import due_groups
from yidang.disposition.models import Part
from yidang.disposition.people import able
from yidang.disposition.views.common import chosen, number, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid


@require_http_methods(["GET", "POST"])
@permission_required(Permission.OPEN_APPRAISAL, Permission.APPROVE_DESTRUCTION)
def due(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    try:
        made = open_appraisal(
            request.grant,
            series=request.POST.getlist("series"),
            until=number(request, "until"),
            members=_members(request),
            url="/disposition/appraisals/{id}/",
        )
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    return redirect("disposition:appraisal", made.id)


def _members(request: GrantedRequest) -> dict[UUID, str]:
    """Raises Invalid: `appraisal_member_wrong` when one person is named for two parts."""
    named = [(one, part) for part in Part.values for one in chosen(request, part)]
    if len({one for one, _ in named}) != len(named):
        raise Invalid("appraisal_member_wrong")
    return dict(named)


def _page(request: GrantedRequest, problem: Invalid | Conflict | None) -> HttpResponse:
    groups = due_groups(request.grant)
    context = {
        "groups": groups,
        "total": sum(group.count for group in groups),
        "year": today().year,
        "parts": Part.values,
        "people": able(Permission.APPRAISE),
        "most": MOST_ITEMS,
        "problem": problem,
        "typed": request.POST,
        "chosen": request.POST.getlist("series"),
    }
    return render(request, "disposition/due.html", context, status=status(problem))
