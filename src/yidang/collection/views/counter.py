"""The counter: choose the business, take page after page, finish."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.collection.counter import taking
from yidang.collection.counter.picture import LARGEST_BYTES
from yidang.collection.views.common import number, status
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid, NotFound


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INGEST)
def counter(request: GrantedRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        series = request.POST.get("series", "")
        try:
            opened = taking.open_case(grant=request.grant, series=series, year=number(request, "year"))
        except (Invalid, NotFound) as refused:
            problem = refused
        else:
            return redirect("collection:counter_case", opened.id)
    context = {"choices": series_choices(), "year": today().year, "typed": request.POST, "problem": problem}
    return render(request, "collection/counter.html", context, status=status(problem))


@require_GET
@permission_required(Permission.INGEST)
def case(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    found = taking.open_at_counter(request.grant, accession_id)
    context = {"accession": found, "lines": taking.lines_with_pages(found)}
    return render(request, "collection/counter_case.html", context)


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
    lacking = taking.missing(found)
    if lacking and not request.POST.get("as_it_is"):
        context = {"accession": found, "lines": taking.lines_with_pages(found), "lacking": lacking}
        return render(request, "collection/counter_case.html", context, status=422)
    taking.finish(grant=request.grant, accession_id=accession_id)
    return redirect("intake:accession", accession_id)
