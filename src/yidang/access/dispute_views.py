"""Asking for a dispute file, watching it being made, taking it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.access.dispute import keeping
from yidang.access.tasks import make_dispute
from yidang.holdings.queries import get_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError, Invalid, NotFound


@require_POST
@permission_required(Permission.DOWNLOAD)
def order(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    return _ordered(request, [get_item(request.grant, item_id).pk])


@sensitive_post_parameters("codes")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DOWNLOAD)
def case(request: GrantedRequest) -> HttpResponse:
    """Several records at once, by their codes, one a line, or as hits chosen in a search."""
    codes = (request.POST.get("codes") or "\n".join(request.POST.getlist("item")))[:200_000]
    if request.method == "GET":
        return render(request, "access/dispute_case.html")
    try:
        items = [get_item(request.grant, code.strip()).pk for code in codes.splitlines() if code.strip()]
        if not items:
            raise Invalid("dispute_empty")  # noqa: TRY301 - told on the form like the others
    except (NotFound, Invalid) as problem:
        return render(request, "access/dispute_case.html", {"problem": problem, "codes": codes}, status=422)
    return _ordered(request, items)


def _ordered(request: GrantedRequest, items: list[UUID]) -> HttpResponse:
    made = keeping.order(request.grant, items)
    make_dispute.defer(order=made.id)
    return redirect("access:dispute", made.id)


@require_GET
@permission_required(Permission.DOWNLOAD)
def dispute(request: GrantedRequest, order_id: UUID) -> HttpResponse:
    found = keeping.ordered_by(request.grant, order_id)
    context = {"order": found, "problem": DomainError(found.problem) if found.problem else None}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "access/_dispute.html" if is_part else "access/dispute.html", context)


@require_GET
@permission_required(Permission.DOWNLOAD)
def dispute_file(request: GrantedRequest, order_id: UUID) -> FileResponse:
    found = keeping.ordered_by(request.grant, order_id)
    name = f"dispute-{found.number}.zip"
    return FileResponse(keeping.opened(found), as_attachment=True, filename=name, content_type="application/zip")
