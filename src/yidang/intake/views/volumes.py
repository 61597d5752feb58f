"""Volumes 案卷: opened, filled with drafts, and sealed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.holdings import volumes as shelf
from yidang.holdings.arranging.record import record_of
from yidang.holdings.description import Description, Field
from yidang.holdings.models import Volume
from yidang.holdings.operations import add_to_volume, create_volume, take_from_volume
from yidang.holdings.operations.supplements import Cause
from yidang.holdings.operations.volume_steps import last_step
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake.operations.binding import bind
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid


@sensitive_post_parameters("title")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def volumes(request: GrantedRequest) -> HttpResponse:
    """The list, and the form of a new one."""
    if request.method == "GET":
        return _list(request)
    try:
        return redirect("intake:volume", _opened(request).pk)
    except (Invalid, Conflict) as problem:
        return _list(request, problem)


def _opened(request: GrantedRequest) -> Volume:
    title, year = request.POST.get("title", "").strip(), request.POST.get("year", "")
    if not title:
        raise Invalid("volume_lacks_title")
    if not year.isdecimal():
        raise Invalid("item_year_implausible", year=year)
    described = Description({"title": Field(title, source="person")})
    return create_volume(request.grant, series=request.POST.get("series", ""), year=int(year), description=described)


def _list(request: GrantedRequest, problem: Exception | None = None) -> HttpResponse:
    context = {
        "volumes": shelf.volumes(request.grant),
        "series": shelf.series_by_volume(),
        "year": request.POST.get("year", today().year),
        "title": request.POST.get("title", ""),
        "problem": problem,
    }
    return render(request, "intake/volumes.html", context, status=422 if problem else 200)


@require_GET
@permission_required(Permission.DESCRIBE)
def volume(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    return show_volume(request, volume_id)


def show_volume(request: GrantedRequest, volume_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    """The volume's page, with what stood in the way of a step."""
    found = shelf.open_volume(request.grant, volume_id)
    is_open = found.sealed_at is None
    context = {
        "volume": found,
        "title": shelf.volume_title(found),
        "items": shelf.items_of(request.grant, found),
        "drafts": shelf.loose_drafts(request.grant, found),
        "is_open": is_open,
        "others": shelf.fitting_volumes(request.grant, found) if is_open else [],
        "step": last_step(found.pk) if is_open else None,
        "record": None if is_open else record_of(found),
        "causes": list(Cause),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "intake/volume.html", context, status=http_status(problem))


def http_status(problem: DomainError | None) -> int:
    return 200 if problem is None else 422 if isinstance(problem, Invalid) else 409


@require_POST
@permission_required(Permission.DESCRIBE)
def lay_in(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    add_to_volume(request.grant, volume_id=volume_id, item_ids=chosen(request))
    return redirect("intake:volume", volume_id)


@require_POST
@permission_required(Permission.DESCRIBE)
def take_out(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    take_from_volume(request.grant, volume_id=volume_id, item_ids=chosen(request))
    return redirect("intake:volume", volume_id)


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.DESCRIBE)
def seal(request: GrantedRequest, volume_id: UUID) -> HttpResponse:
    try:
        filed = bind(grant=request.grant, volume_id=volume_id, note=request.POST.get("note", ""))
    except (Conflict, Invalid) as problem:
        return show_volume(request, volume_id, problem)
    messages.success(request, _("The volume was sealed and %(n)d items were filed.") % {"n": len(filed)})
    return redirect("intake:volume", volume_id)


def chosen(request: HttpRequest, name: str = "item") -> list[UUID]:
    """Raises Invalid `item_choice_malformed`."""
    try:
        return [UUID(given) for given in request.POST.getlist(name)]
    except ValueError:
        raise Invalid("item_choice_malformed") from None
