"""What a page shows of places and boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yidang.ledger.browsing import Asked, page
from yidang.ledger.queries import Event
from yidang.storeroom.keeping.names import codes_of
from yidang.storeroom.models import Box, Keeping, Outgoing, Place
from yidang.storeroom.models.keeping import Zone

_MOVES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Kept:
    keeping: Keeping
    code: str
    is_out: bool


def rooms_by_zone() -> list[tuple[Zone, list[Place]]]:
    rooms = list(Place.objects.filter(kind=Place.Kind.ROOM))
    return [(zone, [room for room in rooms if room.zone == zone]) for zone in Zone]


def boxes_below(place: Place) -> QuerySet[Box]:
    """On the shelf itself, or on any shelf of the row or room."""
    return Box.objects.filter(Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place))


def box_counts(places: Sequence[Place]) -> Mapping[UUID, int]:
    return {place.pk: boxes_below(place).count() for place in places}


def boxes(place: Place | None = None) -> QuerySet[Box]:
    rows = boxes_below(place) if place else Box.objects.filter(is_closed=False)
    return rows.select_related("place").annotate(things=Count("keepings")).order_by("number")


def contents(box: Box) -> list[Kept]:
    rows = list(box.keepings.all())
    ids = [row.thing for row in rows]
    codes = codes_of(ids)
    out = set(Outgoing.objects.filter(thing__in=ids, back_at__isnull=True).values_list("thing", flat=True))
    kept = [Kept(row, codes.get(row.thing, str(row.thing)[:8]), row.thing in out) for row in rows]
    return sorted(kept, key=lambda one: one.code)


def moves(subject: UUID) -> list[Event]:
    """From the ledger, the newest first."""
    return page(Asked(subject=subject), _MOVES_SHOWN)
