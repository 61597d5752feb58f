"""Importing by browser: hand in, watch, and see what was kept out and why."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yidang.claims.importing import quarantine, uploads
from yidang.claims.models import Import, QuarantinedRow
from yidang.claims.tasks import take_in
from yidang.claims.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.ledger.operations import append

_RUNNING = (Import.State.WAITING, Import.State.RUNNING)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.IMPORT_CLAIMS)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _list(request, None)
    try:
        batch = uploads.hand_in(grant=request.grant, files=request.FILES.getlist("files"))
    except (Invalid, Conflict) as problem:
        return _list(request, problem)
    take_in.defer(batch_id=str(batch.id))
    messages.success(request, _("The files are handed in and are being taken in."))
    return redirect("claims:import", batch.id)


def _list(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    found = Import.objects.select_related("by").order_by("-number")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "problem": problem, "most": uploads.LARGEST // 2**20}
    return render(request, "claims/imports.html", context, status=status(problem))


@require_GET
@permission_required(Permission.IMPORT_CLAIMS)
def one(request: GrantedRequest, import_id: UUID) -> HttpResponse:
    batch = _batch(import_id)
    rows = QuarantinedRow.objects.filter(batch=batch).order_by("file", "row", "id")
    context = {
        "one": batch,
        "is_running": batch.state in _RUNNING,
        "is_followed": batch.state in (*_RUNNING, Import.State.ACCEPTED),
        "is_fragment": "HX-Request" in request.headers,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    template = "claims/_progress.html" if request.headers.get("HX-Request") else "claims/import.html"
    return render(request, template, context)


@require_GET
@permission_required(Permission.IMPORT_CLAIMS)
@transaction.atomic
def bad_rows(request: GrantedRequest, import_id: UUID) -> HttpResponse:
    """The rows as they came, to be mended and handed in again."""
    batch = _batch(import_id)
    append(
        action="claims.rows_handed_back", actor=request.grant.actor, subject=batch.id, facts={"rows": batch.rejected}
    )
    answer = HttpResponse(quarantine.as_sheet(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{batch.name}.csv"'
    return answer


def _batch(import_id: UUID) -> Import:
    """Raises NotFound `claims_import_not_found`."""
    found = Import.objects.select_related("by").filter(id=import_id).first()
    if found is None:
        raise NotFound("claims_import_not_found")
    return found
