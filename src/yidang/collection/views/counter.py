"""The counter: choose the business, take page after page, finish."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.collection.capture.cases import case_named
from yidang.collection.counter import taking
from yidang.collection.counter.picture import LARGEST_BYTES
from yidang.collection.models import Case, Sitting
from yidang.collection.views.common import number, status
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INGEST)
def counter(request: GrantedRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        series = request.POST.get("series", "")
        try:
            sitting = taking.open_case(grant=request.grant, series=series, year=number(request, "year"))
        except (Invalid, NotFound) as refused:
            problem = refused
        else:
            return redirect("collection:counter_case", sitting.pk)
    return _beginning(request, problem)


def _beginning(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {"choices": series_choices(), "year": today().year, "typed": request.POST, "problem": problem}
    return render(request, "collection/counter.html", context, status=status(problem))


@sensitive_post_parameters("case")
@require_POST
@permission_required(Permission.INGEST)
def find(request: GrantedRequest) -> HttpResponse:
    """A case that stands already, by its number or the code on its sheet."""
    case = case_named(request.POST.get("case", ""))
    if case is None or not _is_own(request, case):
        return _beginning(request, NotFound("case_not_found"))
    return redirect("collection:counter_case", taking.open_for_case(grant=request.grant, case=case).pk)


def _is_own(request: GrantedRequest, case: Case) -> bool:
    sections = request.grant.departments
    return sections is None or case.series.department_id in sections


@require_GET
@permission_required(Permission.INGEST)
def case(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    found = taking.open_at_counter(request.grant, accession_id)
    return render(request, "collection/counter_case.html", _shown(found))


def _shown(sitting: Sitting) -> dict[str, Any]:
    lines = taking.lines_with_pages(sitting)
    return {"sitting": sitting, "lines": lines, "chosen": taking.first_wanted(lines)}


@require_POST
@permission_required(Permission.INGEST)
def take(request: GrantedRequest, accession_id: UUID, number: int) -> HttpResponse:
    """The body is one JPEG as the camera gave it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES:
        raise Invalid("picture_too_large")
    data = request.read(LARGEST_BYTES + 1)
    taken = taking.take_page(grant=request.grant, accession_id=accession_id, material=number, data=data)
    known = {"material": taken.number, "page": taken.page, "width": taken.width, "height": taken.height}
    return JsonResponse(known | {"is_cut": taken.is_cut})


@require_POST
@permission_required(Permission.INGEST)
def finish(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    """What is required and not there is told first; `as_it_is` says that the person knows."""
    found = taking.open_at_counter(request.grant, accession_id)
    lacking = taking.missing(taking.lines_with_pages(found))
    if lacking and not request.POST.get("as_it_is"):
        return _unfinished(request, found, lacking=lacking)
    try:
        taking.finish(grant=request.grant, accession_id=accession_id)
    except Conflict as problem:
        return _unfinished(request, found, problem=problem)
    if found.case is not None and request.grant.allows(Permission.SEE_COLLECTION):
        return redirect("collection:case", found.case.pk)
    return redirect("intake:accession", accession_id)


def _unfinished(request: GrantedRequest, sitting: Sitting, **why: Any) -> HttpResponse:
    return render(request, "collection/counter_case.html", _shown(sitting) | why, status=422)
