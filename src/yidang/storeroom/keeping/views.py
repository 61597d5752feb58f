"""Places, boxes and their labels."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.names import names_of
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError, NotFound
from yidang.storeroom.common import PER_PAGE, chosen, number, status, tried
from yidang.storeroom.keeping import labels, listing, making, moving
from yidang.storeroom.keeping.finding import find_box
from yidang.storeroom.keeping.lending import place_of
from yidang.storeroom.keeping.names import codes_of, find_thing
from yidang.storeroom.keeping.reference import reference_sheet
from yidang.storeroom.models import Box, Place
from yidang.storeroom.models.keeping import Zone

MANAGE, SEE = Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def places(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _places(request, None)
    given = request.POST
    return tried(
        request,
        lambda: making.make_room(
            request.grant, code=given.get("code", ""), name=given.get("name", ""), zone=given.get("zone", "")
        ),
        done=_("The room is on the list."),
        then=lambda: reverse("storeroom:places"),
        again=lambda problem: _places(request, problem),
    )


def _places(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    zones = listing.rooms_by_zone()
    rooms = [room for _zone, some in zones for room in some]
    counts = listing.box_counts(rooms)
    context = {
        "zones": [(zone, [(room, counts[room.pk]) for room in some]) for zone, some in zones],
        "has_rooms": bool(rooms),
        "zone_choices": list(Zone),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "storeroom/places.html", context, status=status(problem))


def _place(place_id: UUID) -> Place:
    """Raises NotFound `place_not_found`."""
    found = Place.objects.select_related("parent__parent").filter(pk=place_id).first()
    if found is None:
        raise NotFound("place_not_found", place="")
    return found


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def place(request: GrantedRequest, place_id: UUID) -> HttpResponse:
    found = _place(place_id)
    if request.method == "GET":
        return _place_page(request, found, None)
    return tried(
        request,
        lambda: making.make_parts(
            request.grant,
            parent=found.code,
            first=number(request, "first"),
            last=number(request, "last"),
            capacity=number(request, "capacity"),
        ),
        done=_("The places are on the list."),
        then=lambda: reverse("storeroom:place", args=[found.pk]),
        again=lambda problem: _place_page(request, found, problem),
    )


def _place_page(request: GrantedRequest, found: Place, problem: DomainError | None) -> HttpResponse:
    children = list(found.children.all())
    counts = listing.box_counts(children)
    page = Paginator(listing.boxes(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": found,
        "above": [one for one in (found.parent and found.parent.parent, found.parent) if one],
        "children": [(child, counts[child.pk]) for child in children],
        "page": page,
        "problem": problem,
    }
    return render(request, "storeroom/place.html", context, status=status(problem))


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def boxes(request: GrantedRequest) -> HttpResponse:
    """Looks for a box or a record by its code, which is handed over in a form and in no address."""
    if request.method == "GET":
        return _boxes(request, None)
    if "find" in request.POST:
        return _find(request, request.POST["find"])
    made: list[Box] = []
    return tried(
        request,
        lambda: made.extend(
            making.make_boxes(request.grant, count=number(request, "count"), place=request.POST.get("place", ""))
        ),
        done=_("The boxes have their numbers. Print the labels."),
        then=lambda: reverse("storeroom:box", args=[made[0].id]) if len(made) == 1 else reverse("storeroom:boxes"),
        again=lambda problem: _boxes(request, problem),
    )


def _find(request: GrantedRequest, text: str) -> HttpResponse:
    try:
        return redirect("storeroom:box", _box_named(text).id)
    except DomainError as problem:
        return _boxes(request, problem)


def _box_named(text: str) -> Box:
    """By its own code, or by that of what lies in it. Raises NotFound, Invalid."""
    tidy = text.strip()
    if tidy.upper().removeprefix("YD:BOX:").startswith("H") and tidy[-6:].isdecimal() and "-" not in tidy:
        return find_box(tidy)
    where = place_of(find_thing(tidy).id)
    if where is None:
        raise NotFound("paper_not_kept")
    return find_box(where.box)


def _boxes(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    page = Paginator(listing.boxes().order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "problem": problem, "typed": request.POST, "most": making.MOST_AT_ONCE}
    return render(request, "storeroom/boxes.html", context, status=status(problem))


def _box(box_id: UUID) -> Box:
    """Raises NotFound `box_not_found`."""
    found = Box.objects.select_related("place").filter(id=box_id).first()
    if found is None:
        raise NotFound("box_not_found", box="")
    return found


@require_GET
@permission_required(MANAGE, SEE)
def box(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    return _box_page(request, _box(box_id), None)


def _box_page(request: GrantedRequest, found: Box, problem: DomainError | None) -> HttpResponse:
    moves = listing.moves(found.id)
    context = {
        "box": found,
        "contents": listing.contents(found),
        "moves": moves,
        "names": names_of(one.actor for one in moves),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "storeroom/box.html", context, status=status(problem))


@require_POST
@permission_required(MANAGE)
def put_in(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    found = _box(box_id)
    return tried(
        request,
        lambda: moving.put_into_box(
            request.grant, box=found.code, things=request.POST.get("things", "").splitlines()[: making.MOST_AT_ONCE]
        ),
        done=_("They lie in this box now."),
        then=lambda: reverse("storeroom:box", args=[found.id]),
        again=lambda problem: _box_page(request, found, problem),
    )


@require_POST
@permission_required(MANAGE)
def take_from(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    found, thing = _box(box_id), chosen(request, "thing")
    if thing:
        moving.take_from_box(request.grant, thing=thing, code=codes_of([thing]).get(thing, ""))
    return redirect("storeroom:box", found.id)


@require_POST
@permission_required(MANAGE)
def move_box(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    found = _box(box_id)
    return tried(
        request,
        lambda: moving.move_box(request.grant, box=found.code, place=request.POST.get("place", "")),
        done=_("The box stands in its new place."),
        then=lambda: reverse("storeroom:box", args=[found.id]),
        again=lambda problem: _box_page(request, found, problem),
    )


@require_POST
@permission_required(MANAGE)
def close_box(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    found = _box(box_id)
    return tried(
        request,
        lambda: making.close_box(request.grant, box=found.code),
        done=_("The box is out of use."),
        then=lambda: reverse("storeroom:box", args=[found.id]),
        again=lambda problem: _box_page(request, found, problem),
    )


@require_GET
@permission_required(MANAGE)
def place_labels(request: GrantedRequest, place_id: UUID) -> HttpResponse:
    """Of the boxes that stand there, or of the place and its parts."""
    found = _place(place_id)
    if request.GET.get("of") == "boxes":
        made = [labels.of_box(one) for one in listing.boxes(found)]
    else:
        made = [labels.of_place(one) for one in (found, *found.children.all())]
    return _pdf(request, made)


@require_GET
@permission_required(MANAGE)
def box_labels(request: GrantedRequest, box_id: UUID) -> HttpResponse:
    """Of the box, or of what lies in it."""
    found = _box(box_id)
    made = labels.of_contents(found) if request.GET.get("of") == "contents" else [labels.of_box(found)]
    return _pdf(request, made)


@require_GET
@permission_required(MANAGE)
def box_reference(_request: GrantedRequest, box_id: UUID) -> HttpResponse:
    data = reference_sheet(_box(box_id), "en" if get_language() == "en" else "zh")
    headers = {"Content-Disposition": 'inline; filename="reference.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _pdf(request: GrantedRequest, made: list[labels.Label]) -> HttpResponse:
    data = labels.draw(made, "single" if request.GET.get("form") == "single" else "sheet")
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return response
