"""The stamped page: in the reader, alone to print, and as PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.access.filing_stamp.stamping import stamped_page, stamped_pdf
from yidang.access.page_images import WIDTHS
from yidang.holdings.printing.stamp import stamp_of
from yidang.holdings.queries import get_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def sheet(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    found = get_item(request.grant, item_id)
    context = {
        "item": found,
        "stamp": stamp_of(found),
        "can_download": request.grant.allows(Permission.DOWNLOAD) and found.page_count > 0,
    }
    return render(request, "access/filing_stamp/sheet.html", context)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def page(request: GrantedRequest, item_id: UUID, number: int) -> HttpResponse:
    asked = request.GET.get("w", "")
    width = int(asked) if asked.isdecimal() and len(asked) < len("100000") else WIDTHS[-1]
    found = get_item(request.grant, item_id)
    return HttpResponse(stamped_page(request.grant, found, number, width), content_type="image/jpeg")


@require_GET
@permission_required(Permission.DOWNLOAD)
def download(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    found = get_item(request.grant, item_id)
    headers = {"Content-Disposition": f'attachment; filename="{found.pk}.pdf"'}
    return HttpResponse(stamped_pdf(request.grant, found), content_type="application/pdf", headers=headers)
