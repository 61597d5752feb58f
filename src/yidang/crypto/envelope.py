"""Sealing whole values and streams; the byte layout stands in `chunks`, reading at any place in `sealed_reader`."""

import secrets
from typing import BinaryIO

from yidang.crypto.chunks import (
    CHUNK,
    HEADER,
    SALT,
    file_key,
    file_key_of,
    open_chunks,
    plain_size,
    seal_chunks,
    sealed_size,
)
from yidang.crypto.sealed_reader import SealedReader

__all__ = ["SealedReader", "seal", "seal_stream", "sealed_size", "unseal"]

_PIECE = 64 * CHUNK


def seal(plain: bytes, *, key: bytes, context: bytes) -> bytes:
    """`key` is 16 uniformly random bytes; `context` says what this is, and must be said again to open it."""
    file = file_key(key, salt=secrets.token_bytes(SALT), context=context)
    return file.header + seal_chunks(file, memoryview(plain), first=0, last=True)


def unseal(sealed: bytes, *, key: bytes, context: bytes) -> bytes:
    """Raises Invalid `content_damaged` unless key, context and every byte are those of the sealing."""
    file = file_key_of(sealed[:HEADER], key=key, context=context)
    size = plain_size(len(sealed))
    opened = open_chunks(file, memoryview(sealed)[HEADER:], first=0)
    assert len(opened) == size  # noqa: S101 - the two formulas are one, or nothing here can be trusted
    return bytes(opened)


def seal_stream(source: BinaryIO, sink: BinaryIO, *, key: bytes, context: bytes) -> None:
    file = file_key(key, salt=secrets.token_bytes(SALT), context=context)
    sink.write(file.header)
    number, held = 0, b""
    while piece := source.read(_PIECE):
        held += piece
        whole = len(held) // CHUNK * CHUNK
        sink.write(seal_chunks(file, memoryview(held)[:whole], first=number, last=False))
        number, held = number + whole // CHUNK, held[whole:]
    sink.write(seal_chunks(file, memoryview(held), first=number, last=True))
