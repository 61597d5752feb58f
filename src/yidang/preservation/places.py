"""The places where objects stand, each a store with a keyring, and where a given object is.

`main` holds everything not placed elsewhere; `sensitive` the most sensitive class, in a store and under keys of its
own; `cold` what is rarely asked for, moved there and back by policy.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yidang.crypto import passphrases
from yidang.crypto.keyring import COLD, MAIN, SENSITIVE, Keyring, keyring_of
from yidang.preservation.inventory import INVENTORY
from yidang.preservation.layout import object_prefix
from yidang.preservation.placement import Placement, placement_of
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import object_ids_in
from yidang.preservation.sealing import key_id
from yidang.preservation.store import store_at

NAMES = (MAIN, SENSITIVE, COLD)


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    store: ObjectStore
    keys: Keyring


@dataclass(frozen=True, slots=True)
class Spec:
    """What another process needs to open a place, whose settings may have come from elsewhere than its environment."""

    name: str
    home: str
    url: str
    endpoint: str
    passphrase: str


def spec(name: str) -> Spec:
    config = settings.YIDANG
    urls = {MAIN: config.store_url, SENSITIVE: config.sensitive_store_url, COLD: config.cold_store_url}
    return Spec(name, str(config.home), urls[name], config.s3_endpoint, passphrases.typed())


def opened(spec: Spec) -> Place:
    if spec.passphrase and not passphrases.typed():
        passphrases.take(spec.passphrase)
    return Place(spec.name, store_at(spec.url, spec.endpoint), keyring_of(Path(spec.home), spec.name))


def place(name: str) -> Place:
    return opened(spec(name))


def places() -> list[Place]:
    """Every place, the main one first."""
    return [place(name) for name in NAMES]


def placement() -> Placement:
    return placement_of(settings.YIDANG.home)


def place_of(object_id: UUID) -> Place:
    """Where the object stands, or would be written."""
    return place(placement().of([object_id]).get(object_id, MAIN))


def names_of(object_ids: Collection[UUID]) -> dict[UUID, str]:
    """The place of each, the main one included."""
    elsewhere = placement().of(object_ids)
    return {one: elsewhere.get(one, MAIN) for one in object_ids}


def new_keys(object_ids: Sequence[UUID], number: int) -> dict[UUID, bytes]:
    """The data key of version `number` of each object, in the ring of its place; made and durable where missing."""
    found: dict[UUID, bytes] = {}
    names = names_of(object_ids)
    for name in dict.fromkeys(names.values()):
        here = [one for one in object_ids if names[one] == name]
        keys = place(name).keys.new_keys([key_id(one, number) for one in here])
        found |= {one: keys[key_id(one, number)] for one in here}
    return found


def destine(object_ids: Collection[UUID], name: str) -> None:
    """Objects not yet written will be written there. Before their keys are made."""
    if object_ids and name != MAIN:
        placement().put(object_ids, name)


def rebuild_placement() -> int:
    """The table again from what stands in the places; says how many objects are not in the main one."""
    count = 0
    for name in NAMES[1:]:
        store = place(name).store
        # A move cut off may have left half an object there: it counts where its own inventory stands.
        standing = {one for one in object_ids_in(store) if store.exists(object_prefix(one) + INVENTORY)}
        placement().remove(placement().standing_in(name) - standing)
        placement().put(standing, name)
        count += len(standing)
    return count


def object_ids() -> Iterator[UUID]:
    for one in places():
        yield from object_ids_in(one.store)
