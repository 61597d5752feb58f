"""The log as files: what a stranger needs to check it, and nothing else.

log.json       {"format", "origin", "hash", "created_at"}; fixed when the log is made
keys           the public keys, one to a line
checkpoint     the newest signed checkpoint
checkpoints    every checkpoint ever signed, oldest first, a blank line between two; only ever appended to
tile/…         hashes and entries, see `tiles`
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from yidang.crypto.durable import make_private_folder
from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.notes import Checkpoint, PublicKey, parse_checkpoint, parse_public_keys
from yidang.ledger.tiles import ENTRIES, WIDTH, Level, tile_path, unpack_entries, width_of
from yidang.ledger.tree import TileTree

FORMAT = "yidang-ledger/1"
HASH = "SM3"


class LedgerFolder:
    """Reading; `writing` adds to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        return (self.path / "checkpoint").exists()

    @cached_property
    def origin(self) -> str:
        """Raises Invalid `ledger_log_file_damaged`."""
        try:
            about = json.loads((self.path / "log.json").read_text(encoding="utf-8"))
            is_ours = about["format"] == FORMAT and about["hash"] == HASH
            origin = str(about["origin"])
        except (OSError, ValueError, KeyError, TypeError):
            raise Invalid("ledger_log_file_damaged") from None
        if not is_ours:
            raise Invalid("ledger_log_file_damaged")
        return origin

    def public_keys(self) -> list[PublicKey]:
        """Raises Conflict: `ledger_checkpoint_missing` while the log has not begun."""
        try:
            return parse_public_keys((self.path / "keys").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Conflict("ledger_checkpoint_missing") from None

    def checkpoint(self) -> Checkpoint:
        """Raises Conflict `ledger_checkpoint_missing` or Invalid `ledger_checkpoint_malformed`."""
        try:
            return parse_checkpoint((self.path / "checkpoint").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Conflict("ledger_checkpoint_missing") from None

    def tree(self, size: int) -> TileTree:
        return TileTree(size, self.hashes)

    def root_at(self, size: int, *, within: int) -> bytes:
        """The root over the first entries of a log of `within`, whether or not a checkpoint was ever made there."""

        def read(level: int, number: int, width: int) -> bytes:
            return self.hashes(level, number, width_of(level, number, within))[: width * DIGEST]

        return TileTree(size, read).root

    def hashes(self, level: int, number: int, width: int) -> bytes:
        """The first `width` hashes of a tile. Raises Invalid `ledger_tile_damaged`."""
        found = self.read(level, number, width)
        if len(found) < width * DIGEST:
            raise Invalid("ledger_tile_damaged", path=tile_path(level, number, width))
        return found[: width * DIGEST]

    def entries(self, number: int, width: int) -> list[bytes]:
        """The first `width` entries of a bundle. Raises Invalid `ledger_tile_damaged` or `ledger_bundle_damaged`."""
        found = list(unpack_entries(self.read(ENTRIES, number, width)))
        if len(found) < width:
            raise Invalid("ledger_bundle_damaged", path=tile_path(ENTRIES, number, width))
        return found[:width]

    def read(self, level: Level, number: int, width: int) -> bytes:
        """The partial tile or, once it has filled up, the full one in its place."""
        for path in dict.fromkeys((tile_path(level, number, width), tile_path(level, number, WIDTH))):
            try:
                return (self.path / path).read_bytes()
            except FileNotFoundError:
                continue
        raise Invalid("ledger_tile_missing", path=tile_path(level, number, width))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time, across processes; the kernel lets go of a dead one's lock."""
        make_private_folder(self.path)
        handle = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
