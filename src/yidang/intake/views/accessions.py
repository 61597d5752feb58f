"""Batches coming in: the list, a new one, its upload in pieces, and how it gets on."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yidang.holdings.models import Series
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake.models import Accession
from yidang.intake.operations.receiving import close_accession, open_accession, receive_chunk
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid

PER_PAGE = 25
LARGEST_PARCEL = 5 * 2**20
LARGEST_HEADING = 16 * 2**10


@require_GET
@permission_required(Permission.INGEST)
def accessions(request: GrantedRequest) -> HttpResponse:
    rows = Accession.objects.select_related("series").annotate(file_count=Count("files")).order_by("-opened_at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "intake/accessions.html", {"page": page})


@require_GET
@permission_required(Permission.INGEST)
def new(request: GrantedRequest) -> HttpResponse:
    return render(request, "intake/new.html", {"choices": series_choices(), "year": today().year})


def series_choices() -> Sequence[tuple[Series, list[Series]]]:
    """Each category with the series that can take records."""
    rows = list(Series.objects.order_by("fonds", "position", "code"))
    branches = [row for row in rows if row.parent_id is None]
    return [(branch, [row for row in rows if row.parent_id == branch.code]) for branch in branches]


@require_POST
@permission_required(Permission.INGEST)
def open_(request: GrantedRequest) -> HttpResponse:
    year = request.POST.get("year", "")
    if not year.isdecimal():
        raise Invalid("year_implausible", year=year)
    series = request.POST.get("series", "")
    opened = open_accession(grant=request.grant, series=series, year=int(year), channel="browser")
    return JsonResponse(_addresses(opened.id), status=201)


def _addresses(accession_id: UUID) -> dict[str, str]:
    return {
        "url": reverse("intake:accession", args=[accession_id]),
        "files_url": reverse("intake:receive", args=[accession_id]),
        "close_url": reverse("intake:close", args=[accession_id]),
    }


@require_POST
@permission_required(Permission.INGEST)
def receive(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    """Answers the byte to go on from, whether or not this piece was the one expected."""
    heading, data = _parcel(request)
    try:
        file = receive_chunk(grant=request.grant, accession_id=accession_id, data=data, **heading)
    except Conflict as problem:
        if problem.code != "upload_offset":
            raise
        return JsonResponse({"received": problem.facts["expected"]})
    return JsonResponse({"received": file.received_bytes})


def _parcel(request: HttpRequest) -> tuple[dict[str, Any], bytes]:
    """Length of the heading (4 bytes, big-endian) ‖ heading as JSON ‖ bytes of the file.

    Raises:
        Invalid: `parcel_malformed`, `upload_too_large`.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PARCEL:
        raise Invalid("upload_too_large")
    length = int.from_bytes(request.read(4), "big")
    if not 0 < length <= LARGEST_HEADING:
        raise Invalid("parcel_malformed")
    try:
        given = json.loads(request.read(length))
        heading = {"path": str(given["path"]), "offset": int(given["offset"]), "size": int(given["size"])}
    except (ValueError, KeyError, TypeError):
        raise Invalid("parcel_malformed") from None
    if min(heading["offset"], heading["size"]) < 0:
        raise Invalid("parcel_malformed")
    return heading, request.read()


@require_POST
@permission_required(Permission.INGEST)
def close(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    close_accession(grant=request.grant, accession_id=accession_id)
    return JsonResponse(_addresses(accession_id))
