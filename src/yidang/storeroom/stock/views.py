"""Stock-taking: opened at a desk, counted on a phone with or without a network, compared and settled at a desk."""

from importlib.resources import files
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError
from yidang.storeroom.common import CAMERA, PER_PAGE, chosen, json_in, status, tried
from yidang.storeroom.models import Difference, Place, StockTake
from yidang.storeroom.stock import counting, settling
from yidang.storeroom.stock.expecting import said
from yidang.storeroom.stock.rules import SETTLEMENTS

MANAGE, SEE = Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def takes(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _takes(request, None)
    opened: list[StockTake] = []
    return tried(
        request,
        lambda: opened.append(
            counting.open_take(
                request.grant, place=request.POST.get("place", ""), with_contents="contents" in request.POST
            )
        ),
        done=_("Counting is open. Take the phone along."),
        then=lambda: reverse("storeroom:take", args=[opened[0].id]),
        again=lambda problem: _takes(request, problem),
    )


def _takes(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    rows = StockTake.objects.select_related("place", "opened_by").order_by("-number")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "places": Place.objects.all(),
        "problem": problem,
    }
    return render(request, "storeroom/takes.html", context, status=status(problem))


@require_GET
@permission_required(MANAGE, SEE)
def take(request: GrantedRequest, take_id: UUID) -> HttpResponse:
    return _take(request, take_id, None)


def _take(request: GrantedRequest, take_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = counting.find_take(take_id)
    rows = list(found.differences.select_related("settled_by").order_by("settlement", "kind", "tag"))
    names = said(tag for row in rows for tag in (row.tag, row.expected, row.seen))
    context = {
        "take": found,
        "expected": found.expectations.count(),
        "seen": found.scans.values("tag").distinct().count(),
        "rows": [_row(row, names) for row in rows],
        "problem": problem,
    }
    return render(request, "storeroom/take.html", context, status=status(problem))


def _row(row: Difference, names: object) -> dict[str, object]:
    told = dict(names)  # type: ignore[call-overload]
    return {
        "row": row,
        "thing": told.get(row.tag, ""),
        "expected": told.get(row.expected, ""),
        "seen": told.get(row.seen, ""),
        "reason": settling.reason_of(row),
        "choices": SETTLEMENTS[row.kind],
    }


@require_GET
@permission_required(MANAGE)
def count(request: GrantedRequest, take_id: UUID) -> HttpResponse:
    """The page for the phone. It works without a network once it was opened with one."""
    response = render(request, "storeroom/count.html", {"take": counting.find_take(take_id)})
    response.headers["Permissions-Policy"] = CAMERA
    return response


@require_GET
@permission_required(MANAGE)
def books(request: GrantedRequest, take_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What is expected where: tag, container and what people call the thing."""
    found = counting.find_take(take_id)
    rows = dict(found.expectations.values_list("tag", "container"))
    names = said([*rows, *rows.values()])
    listed = [{"tag": tag, "container": container, "said": names[tag]} for tag, container in rows.items()]
    return JsonResponse({"is_open": found.state == StockTake.State.COUNTING, "expected": listed})


@require_POST
@permission_required(MANAGE)
def scans(request: GrantedRequest, take_id: UUID) -> HttpResponse:
    """Raises Invalid `stock_scans_malformed`, and as `take_scans`."""
    body = json_in(request, else_code="stock_scans_malformed")
    seen = counting.read_scans(body.get("scans") if isinstance(body, dict) else None)
    return JsonResponse({"new": counting.take_scans(request.grant, take_id=take_id, scans=seen)})


@require_POST
@permission_required(MANAGE)
def compare(request: GrantedRequest, take_id: UUID) -> HttpResponse:
    return tried(
        request,
        lambda: counting.compare_take(request.grant, take_id=take_id),
        done=_("The count was compared with the books."),
        then=lambda: reverse("storeroom:take", args=[take_id]),
        again=lambda problem: _take(request, take_id, problem),
    )


@sensitive_post_parameters("reason")
@require_POST
@permission_required(MANAGE)
def settle(request: GrantedRequest, take_id: UUID) -> HttpResponse:
    given, which = request.POST, chosen(request, "difference")
    return tried(
        request,
        lambda: settling.settle(
            request.grant,
            difference_id=which or take_id,
            settlement=given.get("settlement", ""),
            reason=given.get("reason", ""),
        ),
        done=_("The difference is settled."),
        then=lambda: reverse("storeroom:take", args=[take_id]),
        again=lambda problem: _take(request, take_id, problem),
    )


@require_GET
@permission_required(MANAGE)
def worker(request: GrantedRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The service worker, from an address whose reach is the pages of counting alone."""
    text = files("yidang.storeroom").joinpath("static/storeroom/worker.js").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
