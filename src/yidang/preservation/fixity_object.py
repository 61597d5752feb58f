"""Every byte of one object against what vouches for it: sidecars, inventories, digests, tags, and what others remember.

The order is that of trust: the ledger's digests vouch for the inventories, these for the content, the keys for the
plaintext.
"""

import hashlib
from collections.abc import Iterator, Mapping
from uuid import UUID

from yidang.crypto.keyring import Keyring
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import DomainError, Invalid, NotFound
from yidang.preservation.inventory import (
    INVENTORY,
    OBJECT_NAMASTE,
    OBJECT_NAMASTE_CONTENT,
    SIDECAR,
    Inventory,
    decode,
    sidecar,
    version_of_path,
)
from yidang.preservation.layout import object_prefix, ocfl_id
from yidang.preservation.opening import open_and_digest
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import read_key
from yidang.preservation.sealing import key_id

Remembered = Mapping[int, str]  # version → SHA-512 of its inventory, from the ledger or the catalogue


def wrong(code: str, object_id: UUID | None, path: str, detail: str = "") -> Difference:
    """Facts: `object_id` (blank for what belongs to no object), `path` in the store, `detail`."""
    return difference(code, object_id=str(object_id or ""), path=path, detail=detail)


class ObjectCheck:
    """One object being looked through; `run` yields what is wrong."""

    def __init__(self, store: ObjectStore, keys: Keyring, object_id: UUID, remembered: Remembered | None) -> None:
        self._store = store
        self._keys = keys
        self._id = object_id
        self._remembered = remembered
        self._prefix = object_prefix(object_id)
        self._expected: set[str] = set()

    def run(self) -> Iterator[Difference]:
        present = {key.removeprefix(self._prefix) for key in self._store.walk(self._prefix)}
        if not present:
            yield self._wrong("object_missing_from_store")
            return
        yield from self._check_exact(OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT)
        root = self._read(INVENTORY)
        found = self._decoded(root)
        if root is None:
            yield self._wrong("file_missing", INVENTORY)
        elif found is None:
            yield self._wrong("inventory_altered", INVENTORY)
        if root is not None and found is not None:
            yield from self._check_exact(SIDECAR, sidecar(root))
            yield from self._check_versions(found, root)
            yield from self._check_content(found)
            yield from self._check_strays(present)
        else:
            yield from self._check_remembered_alone()

    def _check_versions(self, found: Inventory, root: bytes) -> Iterator[Difference]:
        if found.id != ocfl_id(self._id):
            yield self._wrong("inventory_altered", INVENTORY)
        for number in range(1, found.head + 1):
            yield from self._check_version(found, number, root)
        for number in sorted(set(self._remembered or {}) - set(range(1, found.head + 1))):
            yield self._wrong("version_missing", f"v{number}/{INVENTORY}", str(number))

    def _check_version(self, found: Inventory, number: int, root: bytes) -> Iterator[Difference]:
        path = f"v{number}/{INVENTORY}"
        own = self._read(path)
        if own is None:
            yield self._wrong("file_missing", path)
            return
        yield from self._check_exact(f"v{number}/{SIDECAR}", sidecar(own))
        if self._remembered is not None and number not in self._remembered:
            yield self._wrong("version_unexpected", path, str(number))
        elif not self._fits(found, number, own, root) or not self._is_remembered(number, own):
            yield self._wrong("inventory_altered", path, str(number))

    def _fits(self, found: Inventory, number: int, own: bytes, root: bytes) -> bool:
        """A former inventory is what the present one says of that time."""
        if number == found.head:
            return own == root
        return own == _as_of(found, number).encode()

    def _is_remembered(self, number: int, own: bytes) -> bool:
        return self._remembered is None or hashlib.sha512(own).hexdigest() == self._remembered[number]

    def _check_content(self, found: Inventory) -> Iterator[Difference]:
        for digest, path in found.manifest.items():
            self._expected.add(path)
            yield from self._check_file(digest, path)

    def _check_file(self, digest: str, path: str) -> Iterator[Difference]:
        wanted, key = key_id(self._id, version_of_path(path)), None
        try:
            key = self._keys.key(wanted)
        except DomainError as problem:
            yield difference(problem.code, object_id=str(self._id), path=self._prefix + path, key_id=wanted)
        try:
            actual = open_and_digest(self._store, self._prefix + path, object_id=self._id, path=path, key=key)
        except NotFound:
            yield self._wrong("file_missing", path)
            return
        if actual.sha512 != digest:
            yield self._wrong("content_altered", path)
        elif not actual.opens:
            yield self._wrong("content_does_not_open", path)

    def _check_strays(self, present: set[str]) -> Iterator[Difference]:
        for path in sorted(present - self._expected):
            yield self._wrong("file_unexpected", path)

    def _check_remembered_alone(self) -> Iterator[Difference]:
        """With the inventory gone, the copies in the versions may still be sound: say which are not."""
        for number, digest in (self._remembered or {}).items():
            own = self._read(f"v{number}/{INVENTORY}")
            if own is None or hashlib.sha512(own).hexdigest() != digest:
                yield self._wrong("inventory_altered", f"v{number}/{INVENTORY}", str(number))

    def _check_exact(self, path: str, content: bytes) -> Iterator[Difference]:
        found = self._read(path)
        if found is None:
            yield self._wrong("file_missing", path)
        elif found != content:
            yield self._wrong("file_altered", path)

    def _read(self, path: str) -> bytes | None:
        self._expected.add(path)
        try:
            return read_key(self._store, self._prefix + path)
        except NotFound:
            return None

    def _decoded(self, data: bytes | None) -> Inventory | None:
        try:
            return decode(data) if data is not None else None
        except Invalid:
            return None

    def _wrong(self, code: str, path: str = "", detail: str = "") -> Difference:
        return wrong(code, self._id, self._prefix + path, detail)


def _as_of(found: Inventory, number: int) -> Inventory:
    manifest = {digest: path for digest, path in found.manifest.items() if version_of_path(path) <= number}
    return Inventory(id=found.id, manifest=manifest, versions=found.versions[:number])
