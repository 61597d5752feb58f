"""Reading objects: which there are, what they hold, and their plaintext at any place."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from yidang.crypto.envelope import SealedReader
from yidang.crypto.keyring import Keyring
from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation.inventory import INVENTORY, Inventory, decode, version_of_path
from yidang.preservation.layout import object_of_folder, object_prefix
from yidang.preservation.ports import ObjectStore, Replicated
from yidang.preservation.sealing import context, key_id
from yidang.preservation.sparing import open_spared


def inventory_of(store: ObjectStore, object_id: UUID) -> Inventory:
    """Raises NotFound `object_missing`, Invalid `inventory_damaged`."""
    encoded = read_inventory(store, object_id)
    try:
        return decode(encoded)
    except Invalid:
        return _inventory_of_another_copy(store, object_id)


def _inventory_of_another_copy(store: ObjectStore, object_id: UUID) -> Inventory:
    """Raises Invalid `inventory_damaged` when none is whole."""
    sources = store.each(object_prefix(object_id) + INVENTORY) if isinstance(store, Replicated) else iter(())
    for source in sources:
        with source, suppress(Invalid):
            return decode(source.read())
    raise Invalid("inventory_damaged")


def read_inventory(store: ObjectStore, object_id: UUID, folder: str = "") -> bytes:
    """`folder` blank for the object's own inventory, else like `v2/`."""
    try:
        return read_key(store, object_prefix(object_id) + folder + INVENTORY)
    except NotFound:
        raise NotFound("object_missing", object_id=str(object_id)) from None


def read_key(store: ObjectStore, key: str) -> bytes:
    with store.open(key) as source:
        return source.read()


def open_in(
    store: ObjectStore, keys: Keyring, object_id: UUID, logical_name: str, version: int | None = None
) -> SealedReader:
    path = content_path(inventory_of(store, object_id), object_id, logical_name, version)
    return open_path(store, keys, object_id, path)


def open_path(store: ObjectStore, keys: Keyring, object_id: UUID, path: str) -> SealedReader:
    return open_sealed(store, object_id, path, keys.key(key_id(object_id, version_of_path(path))))


def open_sealed(store: ObjectStore, object_id: UUID, path: str, key: bytes) -> SealedReader:
    place = object_prefix(object_id) + path
    if isinstance(store, Replicated):
        spared = open_spared(store.each(place), key=key, context=context(object_id, path))
        if spared is not None:
            return spared
    source = store.open(place)
    try:
        return SealedReader(source, key=key, context=context(object_id, path))
    except BaseException:
        source.close()
        raise


def content_path(found: Inventory, object_id: UUID, logical_name: str, version: int | None) -> str:
    try:
        digest = found.state(version)[logical_name]
        return found.manifest[digest]
    except KeyError:
        raise NotFound(
            "content_missing", key=logical_name, object_id=str(object_id), version=version or found.head
        ) from None


def object_ids_in(store: ObjectStore) -> Iterator[UUID]:
    """Every object of the store, by its folder's name alone."""
    for fan in store.children().folders:
        for folder in store.children(f"{fan}/").folders:
            found = object_of_folder(fan, folder)
            if found is not None:
                yield found
