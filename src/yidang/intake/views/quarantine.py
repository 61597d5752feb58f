"""Files that could not be taken in, each with what is wrong and what can be done."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import BinaryIO, cast
from urllib.parse import unquote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.holdings.description import specs
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake.models import AccessionState, FileOutcome, ReceivedFile
from yidang.intake.operations import repairing
from yidang.intake.operations.cataloguing import map_columns, preview
from yidang.intake.operations.describing import YEAR
from yidang.intake.operations.receiving import close_accession
from yidang.intake.queries.reports import Problem, problem_of
from yidang.intake.sealed import full_path
from yidang.intake.unfold.columns import HEADER_SEARCH, LINKS, guess, normalise
from yidang.intake.unfold.sheets import Row
from yidang.kernel.errors import Invalid, NotFound

PER_PAGE = 50
SAMPLES = 3
NOT_ABOUT_COLUMNS = ("file_empty", "bytes_missing", "file_unreadable")
SHEET_SUFFIXES = (".csv", ".xls", ".xlsx")


@require_GET
@permission_required(Permission.INGEST)
def quarantine(request: GrantedRequest) -> HttpResponse:
    files = ReceivedFile.objects.filter(outcome=FileOutcome.QUARANTINED).select_related(
        "accession", "container__container"
    )
    files = files.order_by("-accession__opened_at", "position")
    accession = request.GET.get("accession", "")
    if accession:
        files = files.filter(accession=_uuid(accession))
    page = Paginator(files, PER_PAGE).get_page(request.GET.get("page"))
    problems = [(file, problem_of(file)) for file in page.object_list]
    rows = [{"file": file, "problem": problem, "can_map": _is_sheet(problem)} for file, problem in problems]
    kept = f"accession={accession}&" if accession else ""
    return render(request, "intake/quarantine.html", {"page": page, "rows": rows, "kept_query": kept})


def _is_sheet(problem: Problem) -> bool:
    return problem.file.lower().endswith(SHEET_SUFFIXES) and problem.code not in NOT_ABOUT_COLUMNS


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("accession_not_found") from None


@require_POST
@permission_required(Permission.INGEST)
def resubmit(request: GrantedRequest, file_id: UUID) -> HttpResponse:
    repairing.resubmit(grant=request.grant, file_id=file_id)
    messages.success(request, _("The file is being read again."))
    return redirect("intake:quarantine")


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.INGEST)
def discard(request: GrantedRequest, file_id: UUID) -> HttpResponse:
    repairing.discard(grant=request.grant, file_id=file_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("The file was discarded; the reason is kept."))
    return redirect("intake:quarantine")


@require_POST
@permission_required(Permission.INGEST)
def replace(request: GrantedRequest, file_id: UUID) -> HttpResponse:
    """The body is the file itself: a form upload of this size would rest on the disk in clear."""
    name = unquote(request.headers.get("X-File-Name", "")) or None
    stream = cast("BinaryIO", request)
    repairing.replace(grant=request.grant, file_id=file_id, data=lambda: nullcontext(stream), name=name)
    return JsonResponse({"url": reverse("intake:quarantine")})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INGEST)
def columns(request: GrantedRequest, file_id: UUID) -> HttpResponse:
    """Which column of a catalogue says what: decided once, remembered for every catalogue with the same header."""
    file = _sheet(file_id)
    if request.method == "GET":
        return render(request, "intake/columns.html", _mapping_form(file))
    try:
        map_columns(grant=request.grant, file_id=file_id, mapping=_mapping(request))
    except Invalid as problem:
        return render(request, "intake/columns.html", _mapping_form(file) | {"problem": problem}, status=422)
    if file.outcome == FileOutcome.QUARANTINED:
        repairing.resubmit(grant=request.grant, file_id=file_id)
    else:
        close_accession(grant=request.grant, accession_id=file.accession_id)
    messages.success(request, _("The columns are remembered, and the catalogue is being read."))
    return redirect("intake:accession", file.accession_id)


def _sheet(file_id: UUID) -> ReceivedFile:
    """In quarantine, or in an accession that is about to be closed."""
    open_ones = Q(outcome=FileOutcome.QUARANTINED) | Q(accession__state=AccessionState.RECEIVING)
    files = ReceivedFile.objects.select_related("accession", "container__container")
    file = files.filter(open_ones, pk=file_id).first()
    if file is None:
        raise NotFound("file_not_found")
    return file


def _mapping(request: HttpRequest) -> dict[int, str]:
    chosen = {name.removeprefix("column-"): str(value) for name, value in request.POST.items() if value}
    return {int(column): field for column, field in chosen.items() if column.isdecimal()}


def _mapping_form(file: ReceivedFile) -> dict[str, object]:
    rows = preview(file, HEADER_SEARCH)
    header = max(range(len(rows)), key=lambda place: sum(map(bool, rows[place])), default=0)
    titles = rows[header] if rows else ()
    guessed = guess([normalise(title) for title in titles])
    columns = [
        {
            "place": place,
            "title": title,
            "field": guessed.get(place, ""),
            "samples": _samples(rows[header + 1 :], place),
        }
        for place, title in enumerate(titles)
    ]
    fields = [*LINKS, YEAR, *(key for key in specs() if key not in LINKS)]
    return {
        "file": file,
        "name": full_path(file),
        "problem_of_file": problem_of(file) if file.code else None,
        "columns": columns,
        "fields": fields,
    }


def _samples(rows: Sequence[Row], place: int) -> list[str]:
    return [str(row[place]) for row in rows if place < len(row)][:SAMPLES]
