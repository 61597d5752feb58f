"""A stream sealed while it is read, so that what is too large to hold goes straight to where it is kept."""

import io
import secrets
from collections.abc import Iterable, Iterator

from yidang.crypto.chunks import CHUNK, SALT, file_key, seal_chunks

_PIECE = 64 * CHUNK


def sealed_pieces(plain: Iterable[bytes], *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The bytes `crypto.envelope.seal` would give of all pieces together."""
    file = file_key(key, salt=secrets.token_bytes(SALT), context=context)
    yield file.header
    number, held = 0, bytearray()
    for piece in plain:
        held += piece
        if len(held) >= _PIECE:
            whole = len(held) // CHUNK * CHUNK
            yield bytes(seal_chunks(file, memoryview(bytes(held[:whole])), first=number, last=False))
            number += whole // CHUNK
            del held[:whole]
    yield bytes(seal_chunks(file, memoryview(bytes(held)), first=number, last=True))


class PieceReader(io.RawIOBase):
    """An iterator of pieces as a stream to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            found, self._held = self._held + b"".join(self._pieces), b""
        else:
            while not self._held and (piece := next(self._pieces, b"")):
                self._held = piece
            found, self._held = self._held[:size], self._held[size:]
        self.count += len(found)
        return found

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
