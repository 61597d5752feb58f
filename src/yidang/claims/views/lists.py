"""Lists of others: which stand here, of whom and of which day, and taking another one in."""

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yidang.claims.importing import uploads
from yidang.claims.lists import queries
from yidang.claims.lists.taking import heading_of, take
from yidang.claims.models import TakenList
from yidang.claims.views.common import PER_PAGE, day, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import DomainError, Invalid, NotAllowed
from yidang.kernel.texts import say
from yidang.ledger.operations import append

_KINDS = (".csv", ".xlsx")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CLAIMS)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    try:
        taken = _take(request)
    except Invalid as problem:
        return _page(request, problem)
    messages.success(request, _("The list is taken in."))
    return redirect("claims:list", taken.id)


def _take(request: GrantedRequest) -> TakenList:
    """Raises NotAllowed, Invalid."""
    if not request.grant.allows(Permission.IMPORT_CLAIMS):
        raise NotAllowed("not_allowed")
    dated_on = day(request.POST.get("dated_on", ""))
    if dated_on is None:
        raise Invalid("list_day_wrong")
    place = uploads.folder(uuid4())
    try:
        path = _laid(request.FILES.get("file"), place)
        kind, source = request.POST.get("kind", ""), request.POST.get("source", "")
        return take(grant=request.grant, kind=kind, path=path, source=source, dated_on=dated_on)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _laid(given: "UploadedFile[Any] | None", place: Path) -> Path:
    """Raises Invalid `claims_upload_missing`, `claims_upload_kind`."""
    if given is None:
        raise Invalid("claims_upload_missing")
    suffix = Path(given.name or "").suffix.lower()
    if suffix not in _KINDS:
        raise Invalid("claims_upload_kind")
    place.mkdir(parents=True)
    path = place / f"list{suffix}"
    with path.open("wb") as target:
        for chunk in given.chunks():
            target.write(chunk)
    return path


@transaction.atomic
def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "standing": queries.standing(request.grant),
        "page": Paginator(queries.lists(request.grant), PER_PAGE).get_page(request.GET.get("page")),
        "kinds": TakenList.Kind.values,
        "typed": request.POST,
        "today": today(),
        "problem": problem,
    }
    append(action="claims.lists_shown", actor=request.grant.actor, facts={})
    return render(request, "claims/lists.html", context, status=status(problem))


@require_GET
@permission_required(Permission.SEE_CLAIMS)
def one(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    found = queries.one(request.grant, list_id)
    problems = [(row, heading_of(found.kind, row["field"])) for row in found.problems[:PER_PAGE]]
    told = [(row["row"], field, _told(row["code"], field)) for row, field in problems]
    return render(request, "claims/list.html", {"one": found, "problems": told})


def _told(code: str, field: str) -> str:
    return say(code, "en" if get_language() == "en" else "zh", field=field)
