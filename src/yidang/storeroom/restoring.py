"""Places, boxes and what lies in them after a lost database: the ledger told every move, and is followed again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from yidang.holdings.models import Tombstone
from yidang.ledger.queries import Event, events_of
from yidang.storeroom.keeping.rules import box_number
from yidang.storeroom.models import Box, Keeping, Outgoing, Place

RESTORED = ("storeroom_place", "storeroom_box", "storeroom_keeping", "storeroom_outgoing")


@dataclass
class _Store:
    """As the books stood after the events followed so far."""

    places: dict[str, Place] = field(default_factory=dict)
    boxes: dict[int, Box] = field(default_factory=dict)
    keepings: dict[UUID, Keeping] = field(default_factory=dict)
    outgoings: list[Outgoing] = field(default_factory=list)


@transaction.atomic
def restore() -> dict[str, int]:
    """Into empty tables. Answers how many of each came back, by table."""
    if Place.objects.exists() or Box.objects.exists():
        return {}
    store = _Store()
    for told in events_of(*_STEPS):
        _STEPS[told.action](store, told)
    _mark_destroyed(store)
    _save(store)
    counts = (len(store.places), len(store.boxes), len(store.keepings), len(store.outgoings))
    return dict(zip(RESTORED, counts, strict=True))


def _place_made(store: _Store, told: Event) -> None:
    code = str(told.facts["code"])
    store.places[code] = Place(
        id=told.subject,
        kind=told.facts["kind"],
        parent=store.places.get(code.rpartition("-")[0]),
        zone=told.facts["zone"],
        code=code,
        name=told.facts.get("name", ""),
        capacity=told.facts.get("capacity", 0),
        made_at=told.at,
    )


def _boxes_made(store: _Store, told: Event) -> None:
    first, last = box_number(told.facts["first"]), box_number(told.facts["last"])
    for number in range(first, last + 1):
        store.boxes[number] = Box(number=number, place=store.places.get(told.facts["place"]), made_at=told.at)
    if told.subject:
        store.boxes[first].id = told.subject


def _box_moved(store: _Store, told: Event) -> None:
    store.boxes[box_number(told.facts["box"])].place = store.places[told.facts["to"]]


def _box_closed(store: _Store, told: Event) -> None:
    box = store.boxes[box_number(told.facts["box"])]
    box.is_closed, box.place = True, None


def _boxed(store: _Store, told: Event) -> None:
    if told.subject:
        box = store.boxes[box_number(told.facts["to"])]
        store.keepings[told.subject] = Keeping(thing=told.subject, kind=told.facts["kind"], box=box, since=told.at)


def _unboxed(store: _Store, told: Event) -> None:
    if told.subject:
        store.keepings.pop(told.subject, None)


def _taken_out(store: _Store, told: Event) -> None:
    if told.subject is None or told.subject not in store.keepings:
        return
    out = Outgoing(thing=told.subject, kind=store.keepings[told.subject].kind, taken_at=told.at, taken_by=told.actor)
    out.reason_code = told.facts["reason"]
    out.reference = UUID(told.facts["reference"]) if told.facts["reference"] else None
    store.outgoings.append(out)


def _put_back(store: _Store, told: Event) -> None:
    for out in store.outgoings:
        if out.thing == told.subject and out.back_at is None:
            out.back_at, out.back_by = told.at, told.actor


_STEPS: dict[str, Callable[[_Store, Event], None]] = {
    "place.made": _place_made,
    "box.made": _boxes_made,
    "box.moved": _box_moved,
    "box.closed": _box_closed,
    "paper.boxed": _boxed,
    "paper.unboxed": _unboxed,
    "paper.taken_out": _taken_out,
    "paper.put_back": _put_back,
}


def _mark_destroyed(store: _Store) -> None:
    for item in Tombstone.objects.filter(item__in=store.keepings).values_list("item", flat=True):
        store.keepings[item].is_ended = True


def _save(store: _Store) -> None:
    Place.objects.bulk_create(store.places.values())
    Box.objects.bulk_create(store.boxes.values())
    Keeping.objects.bulk_create(store.keepings.values())
    Outgoing.objects.bulk_create(store.outgoings)
    if store.boxes:
        with connection.cursor() as cursor:
            sequence = "SELECT setval(pg_get_serial_sequence('storeroom_box', 'number'), %s)"
            cursor.execute(sequence, [max(store.boxes)])
