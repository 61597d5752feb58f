"""The records themselves: one OCFL object per item, content sealed. The room's main door."""

from uuid import UUID

from yidang.crypto.envelope import SealedReader
from yidang.crypto.keyring import COLD, MAIN, SENSITIVE
from yidang.kernel.errors import NotFound
from yidang.preservation.inventory import INVENTORY, Inventory
from yidang.preservation.layout import object_prefix
from yidang.preservation.moving import finish_moves, move
from yidang.preservation.places import (
    destine,
    new_keys,
    object_ids,
    place_of,
    placement,
    places,
    rebuild_placement,
)
from yidang.preservation.reading import inventory_of, open_in, read_inventory
from yidang.preservation.sealing import Source
from yidang.preservation.versions import NewVersion, VersionReceipt
from yidang.preservation.writing import write_objects

__all__ = [
    "COLD",
    "MAIN",
    "SENSITIVE",
    "NewVersion",
    "Source",
    "VersionReceipt",
    "destine",
    "exists",
    "finish_moves",
    "inventory_bytes",
    "move",
    "names",
    "new_keys",
    "object_ids",
    "open_content",
    "purge",
    "read_content",
    "rebuild_placement",
    "sweep",
    "versions",
    "write_objects",
]


def open_content(object_id: UUID, logical_name: str, version: int | None = None) -> SealedReader:
    """The plaintext, seekable; only the chunks touched are opened. The head version when none is given.

    Raises:
        NotFound: `object_missing`, `content_missing`, `key_missing`.
        Invalid: `content_damaged`, `inventory_damaged`, `key_damaged`.
    """
    where = place_of(object_id)
    try:
        return open_in(where.store, where.keys, object_id, logical_name, version)
    except NotFound:
        now = place_of(object_id)
        if now.name == where.name:
            raise
        return open_in(now.store, now.keys, object_id, logical_name, version)  # it was moved under our hands


def read_content(object_id: UUID, logical_name: str, version: int | None = None) -> bytes:
    with open_content(object_id, logical_name, version) as reader:
        return reader.read()


def exists(object_id: UUID) -> bool:
    return place_of(object_id).store.exists(object_prefix(object_id) + INVENTORY)


def versions(object_id: UUID) -> list[int]:
    return list(range(1, inventory(object_id).head + 1))


def names(object_id: UUID, version: int | None = None) -> list[str]:
    """The logical names of one version, the head when none is given."""
    return sorted(inventory(object_id).state(version))


def inventory(object_id: UUID) -> Inventory:
    """Who, when and what of every version, and which digest each name has."""
    return inventory_of(place_of(object_id).store, object_id)


def inventory_bytes(object_id: UUID, version: int) -> bytes:
    """As that version left it. Raises NotFound `object_missing`."""
    return read_inventory(place_of(object_id).store, object_id, f"v{version}/")


def purge(object_id: UUID) -> None:
    """Destroys an object for ever: its keys first, then its files, wherever either may stand. Again to the same end."""
    for where in places():
        if keys := where.keys.ids_below(f"{object_id}/v"):
            where.keys.delete(keys)
        where.store.delete_prefix(object_prefix(object_id))
    placement().remove([object_id])


def sweep() -> int:
    """At start: throws away what writers that were killed had begun."""
    return finish_moves() + sum(place.store.sweep() for place in places())
