"""Tables of grouping schemes: those that stand here, and another version handed in, looked at and taken in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yidang.claims.drg import uploading
from yidang.claims.drg.scheme import Scheme
from yidang.claims.drg.uploading import Typed
from yidang.claims.models import DrgScheme
from yidang.claims.views.common import status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound


@require_http_methods(["GET", "POST"])
@permission_required(Permission.IMPORT_CLAIMS)
def tables(request: GrantedRequest) -> HttpResponse:
    """By POST the files are read and shown; nothing is taken in yet."""
    if request.method == "GET":
        return _page(request)
    try:
        upload, scheme = uploading.hand_in(grant=request.grant, files=request.FILES.getlist("files"))
    except Invalid as problem:
        return _page(request, problem=problem)
    return _page(request, upload=upload, scheme=scheme)


@require_POST
@permission_required(Permission.IMPORT_CLAIMS)
def take(request: GrantedRequest, upload_id: UUID) -> HttpResponse:
    try:
        made = uploading.take_in(grant=request.grant, upload=upload_id, typed=_typed(request))
    except NotFound as problem:
        return _page(request, problem=problem)
    except (Conflict, Invalid) as problem:
        return _page(request, upload=upload_id, scheme=uploading.shown(upload_id), problem=problem)
    messages.success(
        request, _("%(name)s, version %(version)s, stands here now.") % {"name": made.name, "version": made.version}
    )
    return redirect("claims:drg_tables")


def _typed(request: GrantedRequest) -> Typed:
    given = request.POST
    return Typed(given.get("code", ""), given.get("name", ""), given.get("edition", ""), given.get("since", ""))


def _first(upload: UUID) -> Typed:
    """As the command line takes it where nothing else is said; the code nobody can guess."""
    return Typed("", uploading.called(upload), "1", today().isoformat())


def _page(
    request: GrantedRequest,
    *,
    upload: UUID | None = None,
    scheme: Scheme | None = None,
    problem: DomainError | None = None,
) -> HttpResponse:
    asks = upload is not None and scheme is not None and uploading.is_unnamed(scheme)
    context = {
        "typed": (_typed(request) if problem else _first(upload)) if asks and upload else None,
        "schemes": DrgScheme.objects.select_related("by").defer("tables"),
        "upload": upload,
        "preview": scheme.version if scheme else None,
        "counts": uploading.counts(scheme) if scheme else [],
        "notes": uploading.notes(scheme) if scheme else [],
        "problem": problem,
        "most": uploading.LARGEST // 2**20,
    }
    return render(request, "claims/drg_tables.html", context, status=status(problem))
