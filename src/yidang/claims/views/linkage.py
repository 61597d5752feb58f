"""Pairs that may be one person, decided by a person; and merges taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.claims import queries
from yidang.claims.linkage import operations
from yidang.claims.models import Enrolee
from yidang.claims.sealed import words_of
from yidang.claims.tasks import link
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.ledger.operations import append

_PER_PAGE = 20
_KEYS = ("name", "id_number", "phone", "home")


@require_GET
@permission_required(Permission.IMPORT_CLAIMS)
@transaction.atomic
def band(request: GrantedRequest) -> HttpResponse:
    """What agrees is told, what it is stays masked."""
    page = Paginator(operations.waiting().select_related("left", "right"), _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, _compared(one.left, one.right)) for one in page.object_list]
    append(action="enrolees.compared", actor=request.grant.actor, facts={"shown": len(rows)})
    return render(request, "claims/band.html", {"page": page, "rows": rows})


def _compared(left: Enrolee, right: Enrolee) -> list[tuple[str, str, str, bool]]:
    ours, theirs = words_of(left), words_of(right)
    a, b = queries.shown(ours, is_clear=False), queries.shown(theirs, is_clear=False)
    return [
        (key, a.get(key, ""), b.get(key, ""), bool(ours.get(key)) and ours.get(key) == theirs.get(key)) for key in _KEYS
    ]


@require_POST
@permission_required(Permission.IMPORT_CLAIMS)
def decide(request: GrantedRequest, candidate_id: UUID) -> HttpResponse:
    operations.decide(grant=request.grant, candidate_id=candidate_id, is_same=request.POST.get("same") == "1")
    messages.success(request, _("The decision is kept."))
    return redirect("claims:band")


@require_POST
@permission_required(Permission.IMPORT_CLAIMS)
def undo(request: GrantedRequest, merge_id: UUID) -> HttpResponse:
    done = operations.undo(grant=request.grant, merge_id=merge_id)
    messages.success(request, _("The merge is undone: each stands for itself again."))
    return redirect("claims:enrolee", done.gone_id)


@require_POST
@permission_required(Permission.IMPORT_CLAIMS)
def look(request: GrantedRequest) -> HttpResponse:
    link.defer()
    messages.success(request, _("The enrolees are being compared."))
    return redirect("claims:band")
