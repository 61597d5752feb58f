"""What things are called. A storekeeper carries records by their codes and opens none: only codes are asked here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from yidang.holdings.models import Item, Tombstone, Volume
from yidang.holdings.queries import get_item
from yidang.identity.policy import system_grant
from yidang.identity.reach import acting
from yidang.kernel.errors import NotFound
from yidang.storeroom.models.keeping import ThingKind

_STORE = system_grant("storeroom")


@dataclass(frozen=True, slots=True)
class Thing:
    kind: ThingKind
    id: UUID
    code: str


def find_thing(text: str) -> Thing:
    """By 档号 of an item or a volume, working number, or label. Raises NotFound `item_not_found`."""
    asked = text.strip().removeprefix("yd:")
    kind, _, rest = asked.partition(":")
    with acting(_STORE):
        if kind != ThingKind.VOLUME and (volume := Volume.objects.filter(reference_code=asked).first()):
            return _volume(volume)
        if kind == ThingKind.VOLUME:
            return _volume(_volume_by_id(rest))
        item = get_item(_STORE, rest if kind == ThingKind.ITEM else asked)
        return Thing(ThingKind.ITEM, item.pk, item.reference_code or item.working_number)


def _volume_by_id(text: str) -> Volume:
    try:
        return Volume.objects.get(pk=UUID(text))
    except (ValueError, Volume.DoesNotExist):
        raise NotFound("item_not_found", item=text[:120]) from None


def _volume(volume: Volume) -> Thing:
    return Thing(ThingKind.VOLUME, volume.pk, volume.reference_code or str(volume.pk)[:8])


def codes_of(things: Iterable[UUID]) -> Mapping[UUID, str]:
    """档号 or working number of items and volumes; of what was destroyed, the 档号 it had."""
    wanted = list(things)
    with acting(_STORE):
        rows = Item.objects.filter(pk__in=wanted).values_list("pk", "reference_code", "working_number")
        found = {pk: code or number for pk, code, number in rows}
        volumes = Volume.objects.filter(pk__in=wanted).values_list("pk", "reference_code")
        stones = Tombstone.objects.filter(pk__in=wanted).values_list("pk", "reference_code")
        return found | {pk: code or str(pk)[:8] for pk, code in volumes} | dict(stones)


def volume_of(item_id: UUID) -> UUID | None:
    with acting(_STORE):
        return Item.objects.filter(pk=item_id).values_list("volume_id", flat=True).first()
