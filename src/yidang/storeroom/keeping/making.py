"""Rooms, rows, shelves and boxes come into being."""

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append
from yidang.storeroom.keeping.finding import find_box, find_place
from yidang.storeroom.keeping.rules import place_code
from yidang.storeroom.models import Box, Keeping, Place
from yidang.storeroom.models.keeping import Zone

MOST_AT_ONCE = 200
_BELOW = {Place.Kind.ROOM: Place.Kind.ROW, Place.Kind.ROW: Place.Kind.SHELF}


@transaction.atomic
def make_room(grant: Grant, *, code: str, name: str, zone: str) -> Place:
    """Raises Invalid: `place_code_wrong`, `zone_unknown`. Conflict: `place_taken`."""
    grant.require(Permission.MANAGE_STOREROOM)
    if zone not in Zone.values:
        raise Invalid("zone_unknown")
    room = Place(kind=Place.Kind.ROOM, zone=zone, code=place_code("", code), name=name.strip()[:40])
    return _save(grant, room)


@transaction.atomic
def make_parts(grant: Grant, *, parent: str, first: int, last: int, capacity: int = 0) -> list[Place]:
    """Rows of a room or shelves of a row, numbered from `first` to `last`; those that stand already stay as they are.

    Raises:
        NotFound: `place_not_found`. Conflict: `place_has_no_parts`. Invalid: `place_numbers_wrong`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    above = find_place(parent, lock=True)
    kind = _BELOW.get(Place.Kind(above.kind))
    if kind is None:
        raise Conflict("place_has_no_parts", place=above.code)
    if not 1 <= first <= last or last - first >= MOST_AT_ONCE:
        raise Invalid("place_numbers_wrong", most=MOST_AT_ONCE)
    standing = set(above.children.values_list("code", flat=True))
    codes = [place_code(above.code, f"{number:02d}") for number in range(first, last + 1)]
    return [
        _save(grant, Place(kind=kind, parent=above, zone=above.zone, code=code, capacity=capacity))
        for code in codes
        if code not in standing
    ]


def _save(grant: Grant, place: Place) -> Place:
    if Place.objects.filter(code=place.code).exists():
        raise Conflict("place_taken", place=place.code)
    place.made_at = clock.now()
    place.save()
    facts = {"code": place.code, "kind": str(place.kind), "zone": str(place.zone), "capacity": place.capacity}
    if place.name:
        facts["name"] = place.name
    append(action="place.made", actor=grant.actor, subject=place.id, facts=facts)
    return place


@transaction.atomic
def make_boxes(grant: Grant, *, count: int, place: str = "") -> list[Box]:
    """Raises Invalid: `box_count_wrong`. NotFound: `place_not_found`. Conflict: as `move_box`."""
    grant.require(Permission.MANAGE_STOREROOM)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid("box_count_wrong", most=MOST_AT_ONCE)
    shelf = find_place(place, lock=True) if place.strip() else None
    if shelf and shelf.kind != Place.Kind.SHELF:
        raise Conflict("place_holds_no_boxes", place=shelf.code)
    if shelf and shelf.capacity and shelf.boxes.count() + count > shelf.capacity:
        raise Conflict("shelf_is_full", place=shelf.code, capacity=shelf.capacity)
    boxes = [Box.objects.create(place=shelf, made_at=clock.now()) for _ in range(count)]
    facts = {"first": boxes[0].code, "last": boxes[-1].code, "count": count, "place": shelf.code if shelf else ""}
    append(action="box.made", actor=grant.actor, subject=boxes[0].id, facts=facts)
    return boxes


@transaction.atomic
def close_box(grant: Grant, *, box: str) -> Box:
    """Out of use. Raises NotFound: `box_not_found`. Conflict: `box_not_empty`."""
    grant.require(Permission.MANAGE_STOREROOM)
    found = find_box(box, lock=True)
    if Keeping.objects.filter(box=found).exists():
        raise Conflict("box_not_empty", box=found.code)
    found.is_closed, found.place = True, None
    found.save(update_fields=["is_closed", "place"])
    append(action="box.closed", actor=grant.actor, subject=found.id, facts={"box": found.code})
    return found
