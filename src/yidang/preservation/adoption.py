"""Taking up what an earlier attempt left: a version is adopted only if it holds the same plaintext."""

from hashlib import sha512
from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

from yidang.crypto.keyring import Keyring
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation.inventory import (
    INVENTORY,
    OBJECT_NAMASTE,
    OBJECT_NAMASTE_CONTENT,
    SIDECAR,
    Inventory,
    decode,
    sidecar,
)
from yidang.preservation.layout import object_prefix
from yidang.preservation.ports import ObjectStore, Replicated
from yidang.preservation.reading import inventory_of, open_path, read_inventory
from yidang.preservation.sealing import Source
from yidang.preservation.versions import NewVersion, VersionReceipt

_PIECE = 1024 * 1024


def adopt(store: ObjectStore, keys: Keyring, new: NewVersion) -> VersionReceipt:
    """Raises Conflict `version_differs`."""
    complete(store, new.object_id, new.number)
    if isinstance(store, Replicated):
        store.secure(object_prefix(new.object_id))  # an attempt cut short may have reached one copy only
    encoded = read_inventory(store, new.object_id, f"v{new.number}/")
    found = decode(encoded)
    if not _is_same(store, keys, new, found):
        raise Conflict("version_differs", object_id=str(new.object_id), version=new.number)
    _remove_strays(store, new, found)
    paths = [path for path in found.manifest.values() if path.startswith(f"v{new.number}/")]
    prefix = object_prefix(new.object_id)
    return VersionReceipt(
        object_id=new.object_id,
        number=new.number,
        inventory_sha512=sha512(encoded).hexdigest(),
        sizes={name: _plain_size(store, keys, new, found, name) for name in new.content},
        stored_bytes=sum(store.stat(prefix + path).size for path in paths) + 2 * len(encoded),
        is_adopted=True,
    )


def complete(store: ObjectStore, object_id: UUID, number: int) -> bool:
    """Finishes a version whose claim was made but whose last files were not, as a store without rename may leave it."""
    try:
        if inventory_of(store, object_id).head >= number:
            return False
    except NotFound:
        if number > 1:
            raise
    encoded = read_inventory(store, object_id, f"v{number}/")
    prefix, mark = object_prefix(object_id), sidecar(encoded)
    store.put(f"{prefix}v{number}/{SIDECAR}", mark)
    store.put(prefix + OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT)
    store.put(prefix + SIDECAR, mark)
    store.put(prefix + INVENTORY, encoded)
    return True


def _remove_strays(store: ObjectStore, new: NewVersion, found: Inventory) -> None:
    """What attempts cut short laid beside the content that counts, and could not take away again."""
    prefix, folder = object_prefix(new.object_id), f"v{new.number}/"
    counts = {folder + INVENTORY, folder + SIDECAR, *found.manifest.values()}
    for key in list(store.walk(prefix + folder)):
        if key.removeprefix(prefix) not in counts:
            store.delete(key)


def _is_same(store: ObjectStore, keys: Keyring, new: NewVersion, found: Inventory) -> bool:
    state = found.state(new.number)
    if set(state) != {*new.content, *new.carry}:
        return False
    former = found.state(new.number - 1) if new.carry else {}
    if any(state[name] != former.get(name) for name in new.carry):
        return False
    decisive = new.content if new.decisive is None else set(new.decisive) & set(new.content)
    return all(_holds(store, keys, new, found, name) for name in decisive)


def _holds(store: ObjectStore, keys: Keyring, new: NewVersion, found: Inventory, name: str) -> bool:
    path = found.manifest[found.state(new.number)[name]]
    try:
        with open_path(store, keys, new.object_id, path) as there, _opened(new.content[name]) as here:
            return _are_equal(cast("BinaryIO", there), here)
    except (Invalid, NotFound):
        return False


def _opened(source: Source) -> BinaryIO:
    return BytesIO(source) if isinstance(source, bytes) else source()


def _are_equal(one: BinaryIO, other: BinaryIO) -> bool:
    while True:
        piece = one.read(_PIECE)
        if piece != _read_fully(other, len(piece) or 1):
            return False
        if not piece:
            return True


def _read_fully(stream: BinaryIO, size: int) -> bytes:
    pieces = b""
    while len(pieces) < size and (piece := stream.read(size - len(pieces))):
        pieces += piece
    return pieces


def _plain_size(store: ObjectStore, keys: Keyring, new: NewVersion, found: Inventory, name: str) -> int:
    with open_path(store, keys, new.object_id, found.manifest[found.state(new.number)[name]]) as reader:
        return reader.size
