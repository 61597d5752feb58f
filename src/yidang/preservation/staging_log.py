"""The file behind one staged upload: a log of sealed pieces, in any order, later ones lying over earlier ones.

    record: offset (8, big-endian) ‖ length of what is sealed (4) ‖ CRC-32 of these twelve bytes (4) ‖ sealed piece
    context of a piece: "staged/<staging id>/<offset>"

A record cut short by a crash was never acknowledged; it is passed over and cut off by the next writer.
"""

import io
import os
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from yidang.crypto.chunks import plain_size
from yidang.crypto.envelope import SealedReader, seal
from yidang.kernel.errors import Invalid

if TYPE_CHECKING:
    from typing_extensions import Buffer

_HEAD = struct.Struct(">QI")
_CHECK = struct.Struct(">I")
_FRONT = _HEAD.size + _CHECK.size


@dataclass(frozen=True, slots=True)
class Piece:
    """Plaintext [start, end) of the upload, found in the record that began at plaintext `offset`."""

    start: int
    end: int
    offset: int
    place: int  # of the sealed bytes in the file
    sealed: int


def encode(staging_id: str, offset: int, data: bytes, key: bytes) -> bytes:
    sealed = seal(data, key=key, context=_context(staging_id, offset))
    head = _HEAD.pack(offset, len(sealed))
    return head + _CHECK.pack(zlib.crc32(head)) + sealed


def scan(file: BinaryIO) -> tuple[list[Piece], int]:
    """The pieces that lie open, sorted, and where the last whole record ends."""
    size = file.seek(0, os.SEEK_END)
    pieces: list[Piece] = []
    end = 0
    for record in _records(file, size):
        pieces = lay_over(pieces, record)
        end = record.place + record.sealed
    return pieces, end


def _records(file: BinaryIO, size: int) -> Iterator[Piece]:
    place = 0
    while place + _FRONT <= size:
        file.seek(place)
        front = file.read(_FRONT)
        offset, sealed = _HEAD.unpack_from(front)
        place += _FRONT
        if _CHECK.unpack_from(front, _HEAD.size)[0] != zlib.crc32(front[: _HEAD.size]) or place + sealed > size:
            return
        try:
            length = plain_size(sealed)
        except Invalid:
            return
        yield Piece(offset, offset + length, offset, place, sealed)
        place += sealed


def lay_over(pieces: list[Piece], top: Piece) -> list[Piece]:
    left: list[Piece] = []
    for piece in pieces:
        if piece.end <= top.start or piece.start >= top.end:
            left.append(piece)
            continue
        if piece.start < top.start:
            left.append(Piece(piece.start, top.start, piece.offset, piece.place, piece.sealed))
        if piece.end > top.end:
            left.append(Piece(top.end, piece.end, piece.offset, piece.place, piece.sealed))
    return sorted([*left, top], key=lambda piece: piece.start)


def ranges(pieces: list[Piece]) -> list[tuple[int, int]]:
    """What has been received, neighbours joined."""
    joined: list[tuple[int, int]] = []
    for piece in pieces:
        if joined and joined[-1][1] == piece.start:
            joined[-1] = (joined[-1][0], piece.end)
        elif piece.end > piece.start:
            joined.append((piece.start, piece.end))
    return joined


def contiguous(pieces: list[Piece]) -> int:
    """Bytes received from the start without a gap."""
    joined = ranges(pieces)
    return joined[0][1] if joined and joined[0][0] == 0 else 0


class StagedReader(io.RawIOBase):
    """The plaintext of an upload up to its first gap, seekable."""

    def __init__(self, file: BinaryIO, staging_id: str, key: bytes) -> None:
        self._file = file
        self._id = staging_id
        self._key = key
        self._pieces, _ = scan(file)
        self._starts = [piece.start for piece in self._pieces]
        self._size = contiguous(self._pieces)
        self._position = 0
        self._open: tuple[int, SealedReader] | None = None

    @property
    def size(self) -> int:
        return self._size

    @property
    def ranges(self) -> list[tuple[int, int]]:
        return ranges(self._pieces)

    def detach(self) -> None:
        """Gives the file back instead of closing it."""
        self._file = io.BytesIO()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._position = base + offset
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        end = self._size if size is None or size < 0 else min(self._position + size, self._size)
        found = self.range(self._position, end)
        self._position += len(found)
        return found

    def readall(self) -> bytes:
        return self.read()

    def readinto(self, buffer: "Buffer", /) -> int:
        view = memoryview(buffer).cast("B")
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)

    def range(self, start: int, end: int) -> bytes:
        """Plaintext of a range that has been received."""
        parts = []
        while start < end:
            piece = self._pieces[bisect_right(self._starts, start) - 1]
            until = min(end, piece.end)
            parts.append(self._read_piece(piece, start, until))
            start = until
        return b"".join(parts)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _read_piece(self, piece: Piece, start: int, end: int) -> bytes:
        reader = self._reader(piece)
        reader.seek(start - piece.offset)
        return reader.read(end - start)

    def _reader(self, piece: Piece) -> SealedReader:
        if self._open is None or self._open[0] != piece.place:
            window = cast("BinaryIO", _Window(self._file, piece.place, piece.sealed))
            reader = SealedReader(window, key=self._key, context=_context(self._id, piece.offset))
            self._open = piece.place, reader
        return self._open[1]


class _Window:
    """A stretch of a file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._position = 0

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._position = offset + (self._size if whence == os.SEEK_END else 0)
        return self._position

    def read(self, size: int = -1) -> bytes:
        left = self._size - self._position
        self._file.seek(self._start + self._position)
        found = self._file.read(left if size < 0 else min(size, left))
        self._position += len(found)
        return found

    def close(self) -> None:
        """The file belongs to the reader of the whole."""


def _context(staging_id: str, offset: int) -> bytes:
    return f"staged/{staging_id}/{offset}".encode()
