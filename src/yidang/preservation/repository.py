"""The records themselves: one OCFL object per item, content sealed. The room's main door."""

from collections.abc import Iterator
from uuid import UUID

from yidang.crypto.envelope import SealedReader
from yidang.crypto.keyring import keyring
from yidang.preservation.inventory import INVENTORY, Inventory
from yidang.preservation.layout import object_prefix
from yidang.preservation.reading import inventory_of, object_ids_in, open_in
from yidang.preservation.sealing import Source, key_id
from yidang.preservation.store import object_store
from yidang.preservation.versions import NewVersion, VersionReceipt
from yidang.preservation.writing import write_objects

__all__ = [
    "NewVersion",
    "Source",
    "VersionReceipt",
    "exists",
    "names",
    "object_ids",
    "open_content",
    "purge",
    "read_content",
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
    return open_in(object_store(), object_id, logical_name, version)


def read_content(object_id: UUID, logical_name: str, version: int | None = None) -> bytes:
    with open_content(object_id, logical_name, version) as reader:
        return reader.read()


def exists(object_id: UUID) -> bool:
    return object_store().exists(object_prefix(object_id) + INVENTORY)


def versions(object_id: UUID) -> list[int]:
    return list(range(1, inventory(object_id).head + 1))


def names(object_id: UUID, version: int | None = None) -> list[str]:
    """The logical names of one version, the head when none is given."""
    return sorted(inventory(object_id).state(version))


def inventory(object_id: UUID) -> Inventory:
    """Who, when and what of every version, and which digest each name has."""
    return inventory_of(object_store(), object_id)


def object_ids() -> Iterator[UUID]:
    return object_ids_in(object_store())


def purge(object_id: UUID) -> None:
    """Destroys an object for ever: its keys first, then its files. Whoever calls this has the right to."""
    count = inventory(object_id).head if exists(object_id) else 0
    keyring().delete([key_id(object_id, number) for number in range(1, count + 1)])
    object_store().delete_prefix(object_prefix(object_id))


def sweep() -> int:
    """At start: throws away what writers that were killed had begun."""
    return object_store().sweep()
