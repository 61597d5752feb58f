"""Content files between plaintext and store: sealed under the version's data key, digested on the way."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from yidang.crypto.envelope import seal, seal_stream, sealed_size
from yidang.preservation.ports import Draft

Source = bytes | Callable[[], BinaryIO]
_SMALL = 1024 * 1024  # up to here a source is read at once: one call of each engine instead of many


@dataclass(frozen=True, slots=True)
class Sealed:
    path: str
    digest: str
    size: int  # of the plaintext
    stored: int


def key_id(object_id: UUID, version: int) -> str:
    return f"{object_id}/v{version}"


def context(object_id: UUID, path: str) -> bytes:
    """Binds sealed bytes to their object and their place in it."""
    return f"{object_id}/{path}".encode()


def seal_into(draft: Draft, path: str, source: Source, *, key: bytes, object_id: UUID) -> Sealed:
    if isinstance(source, bytes):
        return _seal_whole(draft, path, source, key=key, object_id=object_id)
    with source() as stream:
        head = _read_up_to(stream, _SMALL + 1)
        if len(head) <= _SMALL:
            return _seal_whole(draft, path, head, key=key, object_id=object_id)
        return _seal_streamed(draft, path, head, stream, key=key, object_id=object_id)


def _seal_whole(draft: Draft, path: str, plain: bytes, *, key: bytes, object_id: UUID) -> Sealed:
    sealed = seal(plain, key=key, context=context(object_id, path))
    draft.content(path, sealed)
    return Sealed(path, hashlib.sha512(sealed).hexdigest(), len(plain), len(sealed))


def _seal_streamed(draft: Draft, path: str, head: bytes, rest: BinaryIO, *, key: bytes, object_id: UUID) -> Sealed:
    source = _Chained(head, rest)
    with draft.sink(path) as sink:
        digesting = _Digesting(sink)
        seal_stream(cast("BinaryIO", source), cast("BinaryIO", digesting), key=key, context=context(object_id, path))
    return Sealed(path, digesting.digest.hexdigest(), source.size, sealed_size(source.size))


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    pieces, have = [], 0
    while have < size and (piece := stream.read(size - have)):
        pieces.append(piece)
        have += len(piece)
    return b"".join(pieces)


class _Chained:
    """What was read already, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest
        self.size = 0

    def read(self, size: int) -> bytes:
        piece, self._head = self._head[:size], self._head[size:]
        piece = piece or self._rest.read(size)
        self.size += len(piece)
        return piece


class _Digesting:
    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self.digest = hashlib.sha512()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._sink.write(data)
