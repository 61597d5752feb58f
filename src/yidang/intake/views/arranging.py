"""Volumes arranged: suggested, ordered, split, merged, taken back a step, supplemented and checked."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.holdings import volumes as shelf
from yidang.holdings.arranging.suggesting import compose_volume, suggest
from yidang.holdings.description import Description, Field
from yidang.holdings.operations import check_volume, merge_volumes, order_volume, split_volume, undo_step
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake.operations.binding import supplement
from yidang.intake.views.volumes import chosen, show_volume
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed

_LONGEST_YEAR = 4


@sensitive_post_parameters("title")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def suggestions(request: GrantedRequest) -> HttpResponse:
    """A GET with a series suggests; a POST confirms one suggestion, as far as its papers are still ticked."""
    if request.method == "GET":
        return _suggestions(request, None)
    try:
        made = compose_volume(
            request.grant,
            series=request.POST.get("series", ""),
            year=_year(request.POST.get("year", "")),
            item_ids=chosen(request),
            title=request.POST.get("title", ""),
        )
    except (Invalid, Conflict) as problem:
        return _suggestions(request, problem)
    messages.success(request, _("The volume is open. Nothing is numbered before it is sealed."))
    return redirect("intake:volume", made.pk)


def _suggestions(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    series, year = asked.get("series", ""), asked.get("year", str(today().year))
    found = suggest(request.grant, series=series, year=_year(year)) if series else None
    context = {
        "found": found,
        "series": shelf.series_by_volume(),
        "chosen": series,
        "year": year,
        "problem": problem,
    }
    return render(request, "intake/suggestions.html", context, status=409 if problem else 200)


def _year(given: str) -> int:
    if not given.isdecimal() or len(given) > _LONGEST_YEAR:
        raise Invalid("item_year_implausible", year=given[:_LONGEST_YEAR])
    return int(given)


@require_POST
@permission_required(Permission.DESCRIBE)
def order(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    def put() -> None:
        order_volume(request.grant, volume_id=volume_id, order=_order(request))

    return _done(request, volume_id, put, _("The order was saved."))


def _order(request: HttpRequest) -> list[UUID]:
    """`item-order` names the items as they stood on the page, `place-<id>` the place each was given."""
    ids = chosen(request, "item-order")
    places = {pk: _place(request.POST.get(f"place-{pk}", "")) for pk in ids}
    return sorted(ids, key=lambda pk: places[pk])


def _place(given: str) -> int:
    if not given.isdecimal() or len(given) > len("100000"):
        raise Invalid("volume_order_wrong")
    return int(given)


@sensitive_post_parameters("title")
@require_POST
@permission_required(Permission.DESCRIBE)
def split(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    title = request.POST.get("title", "").strip()

    def part() -> None:
        if not title:
            raise Invalid("volume_lacks_title")
        described = Description({"title": Field(title, source="person")})
        split_volume(request.grant, volume_id=volume_id, item_ids=chosen(request), description=described)

    return _done(request, volume_id, part, _("The chosen items are a volume of their own now."))


@require_POST
@permission_required(Permission.DESCRIBE)
def merge(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    def join() -> None:
        merge_volumes(request.grant, volume_id=volume_id, others=chosen(request, "volume"))

    return _done(request, volume_id, join, _("The volumes were merged."))


@require_POST
@permission_required(Permission.DESCRIBE)
def undo(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    return _done(request, volume_id, lambda: undo_step(request.grant, volume_id=volume_id), _("The step was undone."))


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.DESCRIBE)
def add_late(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    def add() -> None:
        supplement(
            grant=request.grant,
            volume_id=volume_id,
            item_ids=chosen(request),
            cause=request.POST.get("cause", ""),
            note=request.POST.get("note", ""),
        )

    return _done(request, volume_id, add, _("The supplement was filed and recorded."))


@require_POST
@permission_required(Permission.DESCRIBE)
def check(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    def vouch() -> None:
        check_volume(request.grant, volume_id=volume_id)

    return _done(request, volume_id, vouch, _("You are on record as having checked the volume."))


def _done(request: GrantedRequest, volume_id: UUID, step: Callable[[], None], said: str) -> HttpResponse:
    try:
        step()
    except (Invalid, Conflict, NotAllowed) as problem:
        return show_volume(request, volume_id, problem)
    messages.success(request, said)
    return redirect("intake:volume", volume_id)
