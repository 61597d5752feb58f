"""The confirm desk: a page beside its form, one draft after another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.holdings import volumes as shelf
from yidang.holdings.choices import series_choices
from yidang.holdings.description import specs
from yidang.holdings.models import Item, Series
from yidang.holdings.queries import description, get_item, shown_pages
from yidang.holdings.showing import open_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.intake import desk
from yidang.intake.operations import parting
from yidang.intake.operations.confirming import Place, confirm_item, save_confirmed, send_back
from yidang.kernel.errors import Conflict, DomainError, Invalid

LATER = "later"  # chosen in the place of a volume


@require_GET
@permission_required(Permission.CONFIRM)
def confirm(request: GrantedRequest) -> HttpResponse:
    item = desk.next_waiting(request.grant, accession=_accession(request))
    return _at(request, item) if item else render(request, "intake/confirm_empty.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.CONFIRM)
def confirm_one(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    if request.method == "GET":
        item = open_item(request.grant, item_id).item
        if item.state != "waiting":
            return redirect("access:item", item_id)
        return _desk(request, item, {}, {})
    typed = {key: request.POST[f"field-{key}"] for key in specs() if f"field-{key}" in request.POST}
    item = get_item(request.grant, item_id)
    try:
        return _confirmed(request, item, typed)
    except (Invalid, Conflict) as problem:
        return _desk(request, item, typed, _problems(problem), status=422)


def _confirmed(request: GrantedRequest, item: Item, typed: dict[str, str]) -> HttpResponse:
    place = _place(request, item)
    kind = request.POST.get("document_type") or None
    is_elsewhere = (place.series, place.year) != (item.series_id, item.year)
    if is_elsewhere and shelf.series_by_volume().filter(pk=place.series).exists():
        save_confirmed(grant=request.grant, item_id=item.pk, values=typed, document_type=kind, place=place)
        messages.info(request, _("This series is kept in volumes: choose the volume."))
        return _at(request, item)
    confirm_item(grant=request.grant, item_id=item.pk, values=typed, document_type=kind, place=place)
    return _next(request, item)


def _place(request: HttpRequest, item: Item) -> Place:
    """As the form says; a form without a place leaves the item where it is."""
    year = request.POST.get("year", str(item.year))
    if not year.isdecimal():
        raise Invalid("item_year_implausible", year=year)
    series, volume = request.POST.get("series") or item.series_id, request.POST.get("volume", "")
    is_elsewhere = (series, int(year)) != (item.series_id, item.year)  # the volumes offered were those of its old place
    if is_elsewhere or not volume:
        return Place(series, int(year))
    return Place(series, int(year), is_later=True) if volume == LATER else Place(series, int(year), _uuid(volume))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("item_choice_malformed") from None


ABOUT = {"legacy_code_taken": "legacy_code", "item_year_implausible": "year", "item_of_other_series": "year"}


def _problems(problem: DomainError) -> dict[str, DomainError]:
    """Under the field it is about, else under the title, where the eye begins."""
    field = str(problem.facts.get("field", "")) or ABOUT.get(problem.code, "title")
    return {field: problem}


def _desk(
    request: GrantedRequest, item: Item, typed: dict[str, str], problems: dict[str, DomainError], status: int = 200
) -> HttpResponse:
    accession = _accession(request)
    following = desk.next_waiting(request.grant, item, accession)
    context = {
        "item": item,
        "form": desk.desk_form(description(item), item.document_type, typed, problems),
        "left": desk.waiting(request.grant, accession).count(),
        "next_item": following,
        "skip_url": _url(request, following) if following else "",
        "can_join": following is not None
        and (following.accession, following.series_id, following.year) == (item.accession, item.series_id, item.year),
        "page_numbers": range(1, shown_pages(item) + 1),
        "images": shown_pages(item),
        "recordings": [one for one in item.files.all() if one.media_type.startswith(("audio/", "video/"))],
        "accession": accession,
        "place": _place_form(request, item, problems.get("year")),
    }
    return render(request, "intake/confirm.html", context, status=status)


def _place_form(request: GrantedRequest, item: Item, problem: DomainError | None) -> dict[str, object]:
    """Series and year as they are or were typed; volumes only where the series is kept in them."""
    by_volume = item.series.arrangement == Series.Arrangement.BY_VOLUME
    having = {"series": item.series_id, "year": item.year, "sealed_at": None}
    return {
        "series": request.POST.get("series", item.series_id),
        "year": request.POST.get("year", item.year),
        "choices": series_choices(),
        "by_volume": by_volume,
        "volumes": shelf.volumes(request.grant, **having) if by_volume else [],
        "formed_in": item.formed_on.year if item.formed_on and item.formed_on.year != item.year else None,
        "problem": problem,
    }


def _accession(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("accession", ""))
    except ValueError:
        return None


def _url(request: HttpRequest, item: Item) -> str:
    accession = _accession(request)
    return reverse("intake:confirm_item", args=[item.pk]) + (f"?accession={accession}" if accession else "")


def _at(request: HttpRequest, item: Item) -> HttpResponse:
    return redirect(_url(request, item))


def _next(request: GrantedRequest, item: Item) -> HttpResponse:
    following = desk.next_waiting(request.grant, item, _accession(request))
    return _at(request, following) if following else redirect("intake:confirm")


@require_POST
@permission_required(Permission.CONFIRM)
def split(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    starts = sorted(int(start) for start in request.POST.getlist("start") if start.isdecimal())
    pieces = parting.split(grant=request.grant, item_id=item_id, starts=starts)
    messages.success(request, _("The draft was split into %(n)d.") % {"n": len(pieces)})
    return _at(request, pieces[0])


@require_POST
@permission_required(Permission.CONFIRM)
def join(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    joined = parting.join(grant=request.grant, item_ids=[item_id, _other(request)])
    messages.success(request, _("The two drafts are one now."))
    return _at(request, joined)


def _other(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        raise Invalid("join_wrong") from None


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.CONFIRM)
def reject(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = get_item(request.grant, item_id)
    send_back(grant=request.grant, item_id=item_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("The draft was sent back; its file waits in quarantine."))
    return _next(request, item)
