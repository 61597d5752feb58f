"""One pass over a stored file: digest of what is stored, and whether all of it opens."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from yidang.crypto.chunks import HEADER, SEALED_CHUNK, FileKey, file_key_of, open_chunks, plain_size
from yidang.kernel.errors import Invalid
from yidang.preservation.ports import ObjectStore
from yidang.preservation.sealing import context

_CHUNKS = 64
_PIECE = _CHUNKS * SEALED_CHUNK


@dataclass(frozen=True, slots=True)
class Opened:
    sha512: str
    opens: bool  # True also when no key was given to try


def open_and_digest(store: ObjectStore, key_in_store: str, *, object_id: UUID, path: str, key: bytes | None) -> Opened:
    """Raises NotFound `content_missing`."""
    digest = hashlib.sha512()
    size = 0
    trial = _Trial(key, context(object_id, path))
    with store.open(key_in_store) as source:
        header = source.read(HEADER)
        digest.update(header)
        trial.begin(header)
        size += len(header)
        while piece := _read_fully(source.read, _PIECE):
            digest.update(piece)
            trial.go_on(piece)
            size += len(piece)
    return Opened(digest.hexdigest(), trial.ends_well(size))


class _Trial:
    """Opens chunk after chunk without keeping any."""

    def __init__(self, key: bytes | None, binding: bytes) -> None:
        self._key = key
        self._binding = binding
        self._file: FileKey | None = None
        self._number = 0
        self._holds = True

    def begin(self, header: bytes) -> None:
        if self._key is not None:
            try:
                self._file = file_key_of(header, key=self._key, context=self._binding)
            except Invalid:
                self._holds = False

    def go_on(self, sealed: bytes) -> None:
        if self._file is None or not self._holds:
            return
        try:
            open_chunks(self._file, memoryview(sealed), first=self._number)
        except Invalid:
            self._holds = False
        self._number += _CHUNKS

    def ends_well(self, size: int) -> bool:
        if self._key is None:
            return True
        try:
            plain_size(size)
        except Invalid:
            return False
        return self._holds


def _read_fully(read: Callable[[int], bytes], size: int) -> bytes:
    found = read(size)
    while found and len(found) < size and (more := read(size - len(found))):
        found += more
    return found
