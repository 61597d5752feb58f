"""Many small files as one, so that a copy costs one wait for the disk, or one call of the network, for hundreds.

A pack of the store: content files as they stand (sealed under their own data keys, so that a destroyed key destroys
them here too) ‖ sealed directory ‖ its length (8, big-endian). The directory holds the inventory of each version, and
that the SHA-512 of every content file: so every byte is vouched for by a sealed one.

A pack of a tree: all files end to end, sealed as one; the tree's list says which begins where.
"""

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self, cast
from uuid import UUID

from yidang.crypto.envelope import unseal
from yidang.kernel.errors import Invalid
from yidang.preservation.copies.deposit import Deposit, new_name
from yidang.preservation.inventory import Inventory, decode, version_of_path

FULL = 32 * 1024 * 1024
_LENGTH = 8
_PIECE = 1024 * 1024
Opener = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Placed:
    path: str  # within the object
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one version of one object added."""

    object_id: UUID
    number: int
    inventory: bytes
    files: tuple[Placed, ...]

    def digests(self) -> dict[str, str]:
        """Path → SHA-512 of the content files this version added."""
        return added(decode(self.inventory), self.number)


def added(inventory: Inventory, number: int) -> dict[str, str]:
    return {path: digest for digest, path in inventory.manifest.items() if version_of_path(path) == number}


class PackWriter:
    """Collects versions until the pack is full; `close` gives its name, or None when nothing came."""

    def __init__(self, deposit: Deposit) -> None:
        self._deposit = deposit
        self._body = tempfile.SpooledTemporaryFile(max_size=2 * FULL)  # noqa: SIM115 - closed with the pack
        self.pieces: list[Piece] = []
        self.name = new_name("packs")

    @property
    def size(self) -> int:
        return self._body.tell()

    @property
    def is_full(self) -> bool:
        return self.size >= FULL

    def add(self, object_id: UUID, number: int, inventory: bytes, open_content: Callable[[str], BinaryIO]) -> None:
        """Raises Invalid `content_damaged` when a file is not what the inventory says: damage is never copied."""
        start = self._body.tell()
        try:
            files = tuple(
                self._take(path, digest, open_content(path))
                for path, digest in added(decode(inventory), number).items()
            )
        except BaseException:
            self._body.seek(start)
            self._body.truncate()
            raise
        self.pieces.append(Piece(object_id, number, inventory, files))

    def _take(self, path: str, digest: str, source: BinaryIO) -> Placed:
        start, actual = self._body.tell(), hashlib.sha512()
        with source:
            while piece := source.read(_PIECE):
                actual.update(piece)
                self._body.write(piece)
        if actual.hexdigest() != digest:
            raise Invalid("content_damaged", path=path)
        return Placed(path, start, self._body.tell() - start)

    def discard(self) -> None:
        self._body.close()

    def close(self) -> int:
        """Writes the pack; the bytes stored."""
        with self._body as body:
            directory = self._deposit.sealed(self.name, _encode(self.pieces))
            body.write(directory + len(directory).to_bytes(_LENGTH, "big"))
            size = body.tell()
            body.seek(0)
            self._deposit.store.put(self.name, cast("BinaryIO", body))
        return size


class PackReader:
    """One pack, opened. Raises NotFound `content_missing`, Invalid `content_damaged` for its directory."""

    def __init__(self, deposit: Deposit, name: str) -> None:
        self.name = name
        self._source = deposit.store.open(name)
        try:
            self.pieces = self._directory(deposit)
        except BaseException:
            self._source.close()
            raise

    def _directory(self, deposit: Deposit) -> list[Piece]:
        end = self._source.seek(0, os.SEEK_END)
        self._source.seek(max(0, end - _LENGTH))
        length = int.from_bytes(self._source.read(_LENGTH), "big")
        if length > end - _LENGTH:
            raise Invalid("content_damaged")
        self._source.seek(end - _LENGTH - length)
        sealed = read_fully(self._source, length)
        self.body = end - _LENGTH - length
        return _decode(unseal(sealed, key=deposit.key, context=deposit.context(self.name)))

    def content(self, placed: Placed) -> bytes:
        self._source.seek(placed.offset)
        return read_fully(self._source, placed.length)

    def pieces_of(self, placed: Placed) -> Iterator[bytes]:
        """For what may be too large to hold."""
        self._source.seek(placed.offset)
        left = placed.length
        while left and (found := self._source.read(min(left, _PIECE))):
            left -= len(found)
            yield found

    def damaged(self) -> list[tuple[Piece, str]]:
        """Reads every byte: the files that are not what their inventory says."""
        found = []
        for piece in self.pieces:
            digests = piece.digests()
            for placed in piece.files:
                actual = hashlib.sha512()
                for some in self.pieces_of(placed):
                    actual.update(some)
                if actual.hexdigest() != digests.get(placed.path):
                    found.append((piece, placed.path))
        return found

    def close(self) -> None:
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_fully(source: BinaryIO, size: int) -> bytes:
    found = source.read(size)
    while len(found) < size and (more := source.read(size - len(found))):
        found += more
    return found


def _encode(pieces: list[Piece]) -> bytes:
    rows = [
        [str(one.object_id), one.number, one.inventory.decode(), [[p.path, p.offset, p.length] for p in one.files]]
        for one in pieces
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1)


def _decode(data: bytes) -> list[Piece]:
    try:
        rows = json.loads(zlib.decompress(data))
    except (ValueError, zlib.error):
        raise Invalid("content_damaged") from None
    return [
        Piece(UUID(object_id), number, inventory.encode(), tuple(Placed(*row) for row in files))
        for object_id, number, inventory, files in rows
    ]
