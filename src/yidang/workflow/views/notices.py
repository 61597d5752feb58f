"""What a person was told."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yidang.identity.access import GrantedRequest, signed_in
from yidang.kernel.errors import NotFound
from yidang.workflow import operations, queries

PER_PAGE = 50


@require_GET
@signed_in
def notices(request: GrantedRequest) -> HttpResponse:
    show = "all" if request.GET.get("show") == "all" else "unread"
    found = queries.notices_of(request.grant, only_unread=show == "unread")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workflow/notices.html", {"page": page, "show": show, "kept_query": f"show={show}&"})


@require_POST
@signed_in
def open_notice(request: GrantedRequest, notice_id: UUID) -> HttpResponse:
    """Read, and on to what it is about."""
    notice = queries.notices_of(request.grant).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("notice_not_found")
    operations.mark_read(grant=request.grant, notices=[notice_id])
    return redirect(notice.subject_url)


@require_POST
@signed_in
def read_notices(request: GrantedRequest) -> HttpResponse:
    operations.mark_read(grant=request.grant)
    return redirect("workflow:notices")
