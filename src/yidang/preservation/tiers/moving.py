"""One object to the cold store or back, and the figures about it. Crash-safe as every move: `preservation.moving`."""

from uuid import UUID

from django.db.models import Sum

from yidang.kernel import clock
from yidang.preservation import repository
from yidang.preservation.layout import object_prefix
from yidang.preservation.places import place_of, placement
from yidang.preservation.repository import COLD, MAIN
from yidang.preservation.tiers.models import ColdObject


def size_of(object_id: UUID) -> int:
    store = place_of(object_id).store
    return sum(store.stat(key).size for key in store.walk(object_prefix(object_id)))


def cool(object_id: UUID) -> int:
    """Bytes moved; 0 when it stands there already."""
    size = size_of(object_id)
    moved = repository.move(object_id, COLD)
    ColdObject.objects.update_or_create(object_id=object_id, defaults={"size": size, "since": clock.now()})
    return size if moved else 0


def warm(object_id: UUID) -> int:
    size = size_of(object_id)
    moved = is_cold(object_id) and repository.move(object_id, MAIN)
    ColdObject.objects.filter(object_id=object_id).delete()
    return size if moved else 0


def is_cold(object_id: UUID) -> bool:
    return placement().of([object_id]).get(object_id) == COLD


def cold_ids() -> set[UUID]:
    return placement().standing_in(COLD)


def agree() -> None:
    """The figures follow the places: after a rebuild, a change of class, a new version, a destruction."""
    standing = cold_ids()
    known = set(ColdObject.objects.values_list("object_id", flat=True))
    ColdObject.objects.filter(object_id__in=known - standing).delete()
    at = clock.now()
    fresh = [ColdObject(object_id=one, size=size_of(one), since=at) for one in standing - known]
    ColdObject.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)


def cold_bytes() -> int:
    return int(ColdObject.objects.aggregate(total=Sum("size"))["total"] or 0)
