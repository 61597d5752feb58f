"""Batches coming in: the list, a new one, its upload in pieces, and how it gets on."""

import json
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yidang.holdings.choices import series_choices
from yidang.holdings.visibility import visible_items
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake import queries
from yidang.intake.models import Accession, AccessionState
from yidang.intake.operations.cataloguing import unclear_sheets
from yidang.intake.operations.receiving import close_accession, open_accession, receive_chunk
from yidang.intake.operations.repairing import resubmit_catalogue
from yidang.intake.queries.reports import duplicates
from yidang.intake.stopping import stopped_by
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.kernel.plainness import is_plain

PER_PAGE = 25
SHOWN_ITEMS = 200
LARGEST_PARCEL = 5 * 2**20
LARGEST_CATALOGUE = 50 * 2**20
LARGEST_HEADING = 16 * 2**10
LARGEST_FILE = 2**63 - 1  # what the column holds; the limits of intake are far below


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
    if request.content_type in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        raise Invalid("parcel_malformed")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PARCEL:
        raise Invalid("upload_too_large")
    length = int.from_bytes(request.read(4), "big")
    if not 0 < length <= LARGEST_HEADING:
        raise Invalid("parcel_malformed")
    try:
        given = json.loads(request.read(length))
        heading: dict[str, Any] = {
            "path": str(given["path"]),
            "offset": int(given["offset"]),
            "size": int(given["size"]),
        }
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise Invalid("parcel_malformed") from None
    sizes_fit = all(0 <= heading[name] <= LARGEST_FILE for name in ("offset", "size"))
    if not sizes_fit or not is_plain(heading["path"]):
        raise Invalid("parcel_malformed")
    return heading, request.read()


@require_POST
@permission_required(Permission.INGEST)
def close(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    """A table that nobody understands is asked about first; `as_it_is` says that it is no catalogue."""
    unclear = [] if request.POST.get("as_it_is") else unclear_sheets(_accession(accession_id))
    if unclear:
        goal = reverse("intake:columns", args=[unclear[0].pk])
    else:
        close_accession(grant=request.grant, accession_id=accession_id)
        goal = reverse("intake:accession", args=[accession_id])
    is_script = "application/json" in request.headers.get("Accept", "")
    return JsonResponse({"url": goal}) if is_script else redirect(goal)


@require_GET
@permission_required(Permission.INGEST)
def accession(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    found = _accession(accession_id)
    if found.state == AccessionState.RECEIVING:
        context = {"accession": found, "known_files": found.files.count(), **_addresses(found.id)}
        return render(request, "intake/accession.html", context)
    return render(request, "intake/accession.html", _progress(found) | _outcomes(request, found))


@require_GET
@permission_required(Permission.INGEST)
def progress(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    """Polled every second; says `moved` when the lists below have something new to show."""
    context = _progress(_accession(accession_id))
    response = render(request, "intake/_progress.html", context)
    if context["seen"] != request.GET.get("seen"):
        response["HX-Trigger"] = "moved"
    return response


@require_GET
@permission_required(Permission.INGEST)
def outcomes(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    found = _accession(accession_id)
    return render(request, "intake/_outcomes.html", _progress(found) | _outcomes(request, found))


def _accession(accession_id: UUID) -> Accession:
    found = Accession.objects.select_related("series").filter(pk=accession_id).first()
    if found is None:
        raise NotFound("accession_not_found")
    return found


def _progress(found: Accession) -> dict[str, Any]:
    known = queries.progress(found)
    ended = found.done_at or now()
    return {
        "accession": found,
        "progress": known,
        "stopped_by": "" if known.is_done else stopped_by(),
        "seen": "-".join(map(str, [known.state, known.files_done, known.quarantined, known.waiting, known.pages])),
        "took": (ended - found.opened_at).total_seconds(),
        "steps": max(known.files + known.pages, 1),
        "steps_done": known.files_done + known.pages_done,
    }


def _outcomes(request: GrantedRequest, found: Accession) -> dict[str, Any]:
    items = visible_items(request.grant).filter(accession=found.pk).order_by("-filed_at", "working_number")
    return {
        "problems": queries.problems(found),
        "duplicates": duplicates(found),
        "items": items[:SHOWN_ITEMS],
        "item_count": items.count(),
    }


@require_POST
@permission_required(Permission.INGEST)
def catalogue(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    """A corrected catalogue; the body is the file itself, so that it rests nowhere in clear."""
    data = request.read(LARGEST_CATALOGUE + 1)
    if len(data) > LARGEST_CATALOGUE:
        raise Invalid("upload_too_large")
    name = unquote(request.headers.get("X-File-Name", ""))
    resubmit_catalogue(grant=request.grant, accession_id=accession_id, data=data, name=name)
    return JsonResponse({"url": reverse("intake:accession", args=[accession_id])})


@require_GET
@permission_required(Permission.INGEST)
def receipt(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    found = _accession(accession_id)
    content = queries.receipt(found)
    if request.GET.get("format") == "json":
        headers = {"Content-Disposition": f'attachment; filename="{found.number}.json"'}
        return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})
    digest = bytes(found.receipt_digest).hex() if found.receipt_digest else ""
    return render(request, "intake/receipt.html", {"accession": found, "receipt": content, "digest": digest})
