"""Reading a sealed file at any place, opening only the chunks touched."""

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from yidang.crypto.chunks import (
    CHUNK,
    HEADER,
    SEALED_CHUNK,
    damaged,
    file_key_of,
    open_chunks,
    plain_size,
)

if TYPE_CHECKING:
    from typing_extensions import Buffer


class SealedReader(io.RawIOBase):
    """The plaintext of a sealed file, seekable.

    Raises Invalid `content_damaged` as soon as a touched chunk is not what was sealed. The length is trusted only
    after the last chunk has been opened, which a seek from the end, `size` and a read to the end all do.
    """

    def __init__(self, ciphertext: BinaryIO, *, key: bytes, context: bytes) -> None:
        self._ciphertext = ciphertext
        self._sealed_size = ciphertext.seek(0, os.SEEK_END)
        ciphertext.seek(0)
        self._file = file_key_of(ciphertext.read(HEADER), key=key, context=context)
        self._size = plain_size(self._sealed_size)
        self._is_end_known = False
        self._position = 0
        self._held_number = -1
        self._held = b""

    @property
    def size(self) -> int:
        self._check_end()
        return self._size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        bases = {os.SEEK_SET: 0, os.SEEK_CUR: self._position}
        base = self.size if whence == os.SEEK_END else bases[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._position = base + offset
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        start = self._position
        end = self._size if size is None or size < 0 else min(start + size, self._size)
        if end <= start:
            self._check_end()
            return b""
        found = self._range(start, end)
        self._position = end
        return found

    def readall(self) -> bytes:
        return self.read()

    def readinto(self, buffer: "Buffer", /) -> int:
        view = memoryview(buffer).cast("B")
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._ciphertext.close()
        super().close()

    def _range(self, start: int, end: int) -> bytes:
        first, last = start // CHUNK, (end - 1) // CHUNK
        if first == last:
            return self._one(first)[start - first * CHUNK : end - first * CHUNK]
        opened = self._open(first, last)
        self._hold(last, bytes(opened[(last - first) * CHUNK :]))
        return bytes(memoryview(opened)[start - first * CHUNK : end - first * CHUNK])

    def _one(self, number: int) -> bytes:
        if number != self._held_number:
            self._hold(number, bytes(self._open(number, number)))
        return self._held

    def _hold(self, number: int, chunk: bytes) -> None:
        """Small reads in a row mostly stay in one chunk: keep the last one opened."""
        self._held_number, self._held = number, chunk
        self._is_end_known = self._is_end_known or number == self._size // CHUNK

    def _open(self, first: int, last: int) -> bytearray:
        start = HEADER + first * SEALED_CHUNK
        end = min(HEADER + (last + 1) * SEALED_CHUNK, self._sealed_size)
        self._ciphertext.seek(start)
        sealed = _read_fully(self._ciphertext, end - start)
        return open_chunks(self._file, memoryview(sealed), first=first)

    def _check_end(self) -> None:
        if not self._is_end_known:
            self._one(self._size // CHUNK)


def _read_fully(source: BinaryIO, size: int) -> bytes:
    found = source.read(size)
    while len(found) < size:
        more = source.read(size - len(found))
        if not more:
            raise damaged()  # shorter than a moment ago
        found += more
    return found
