"""A sealed file written as it comes: a ZIP of clear records never stands on the disk, not even half of one."""

import secrets
from typing import BinaryIO

from yidang.crypto.chunks import CHUNK, SALT, file_key, seal_chunks


class SealingSink:
    """Something to write to. What was not closed does not open: the last chunk is missing."""

    def __init__(self, sink: BinaryIO, *, key: bytes, context: bytes) -> None:
        self._sink = sink
        self._file = file_key(key, salt=secrets.token_bytes(SALT), context=context)
        self._held = b""
        self._number = 0
        sink.write(self._file.header)

    def write(self, data: bytes) -> int:
        self._held += data
        whole = len(self._held) // CHUNK * CHUNK
        if whole:
            self._sink.write(seal_chunks(self._file, memoryview(self._held)[:whole], first=self._number, last=False))
            self._number, self._held = self._number + whole // CHUNK, self._held[whole:]
        return len(data)

    def flush(self) -> None:
        """Half a chunk cannot be sealed; it waits for the rest or for the end."""

    def finish(self) -> None:
        self._sink.write(seal_chunks(self._file, memoryview(self._held), first=self._number, last=True))
