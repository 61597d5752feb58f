"""Adding to the log's files, so that a kill at any moment leaves what the next attempt completes to the same bytes.

1. Bundles and tiles beyond the checkpoint are written straight into place: nobody reads them yet.
2. They and their folders are flushed, all together.
3. Partial tiles that have filled up are removed.
4. The signed checkpoint is appended to `checkpoints` and flushed, then put in the place of `checkpoint`.
A complete note at the end of `checkpoints` that is newer than `checkpoint` was cut off within step 4 and is taken up;
an incomplete one is cut away: it was never shown to anybody.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from yidang.crypto.durable import replace_durably, sync_file
from yidang.crypto.signatures import SigningKey
from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.merkle import fold, leaf_hash
from yidang.ledger.notes import Checkpoint, parse_checkpoint, sign_checkpoint
from yidang.ledger.tiles import ENTRIES, FULL, WIDTH, Level, count_at, pack_entries, tile_path

_TAIL = 1 << 16


class LedgerWriter:
    """Whoever makes one holds the folder's lock."""

    def __init__(self, folder: LedgerFolder, keys: Sequence[SigningKey]) -> None:
        self._folder = folder
        self._keys = keys
        self._written: list[Path] = []
        self._changed_folders: set[Path] = set()

    def extend(self, entries: Sequence[bytes]) -> Checkpoint:
        """Writes the entries behind those of the checkpoint and publishes the next one.

        Raises Conflict `ledger_damaged` when the tiles do not lead to the checkpoint's root: nothing is signed on
        top of a broken log.
        """
        before = self._folder.checkpoint()
        if self._folder.tree(before.size).root != before.root:
            raise Conflict("ledger_damaged", size=before.size)
        size = before.size + len(entries)
        self._write_bundles(before.size, entries)
        self._write_hashes(before.size, [leaf_hash(entry) for entry in entries])
        self._flush()
        self._drop_filled(before.size, size)
        return self.publish(size, self._folder.tree(size).root)

    def publish(self, size: int, root: bytes) -> Checkpoint:
        signed = sign_checkpoint(self._folder.origin, size, root, self._keys)
        with (self._folder.path / "checkpoints").open("ab") as history:
            history.write((b"\n" if history.tell() else b"") + signed.note.encode())
            history.flush()
            os.fsync(history.fileno())
        replace_durably(self._folder.path / "checkpoint", signed.note.encode())
        return signed

    def _write_bundles(self, size: int, entries: Sequence[bytes]) -> None:
        number, held = divmod(size, WIDTH)
        row = [*(self._folder.entries(number, held) if held else []), *entries]
        for start in range(0, len(row), WIDTH):
            piece = row[start : start + WIDTH]
            self._write(ENTRIES, number + start // WIDTH, len(piece), pack_entries(piece))

    def _write_hashes(self, size: int, hashes: list[bytes]) -> None:
        """Hashes go up a level for each tile they fill; above the last such level nothing changes."""
        level = 0
        while hashes:
            number, held = divmod(count_at(level, size), WIDTH)
            row = (self._folder.hashes(level, number, held) if held else b"") + b"".join(hashes)
            hashes = []
            for start in range(0, len(row), FULL):
                piece = row[start : start + FULL]
                self._write(level, number + start // FULL, len(piece) // DIGEST, piece)
                if len(piece) == FULL:
                    hashes.append(fold(piece))
            level += 1

    def _write(self, level: Level, number: int, width: int, content: bytes) -> None:
        path = self._folder.path / tile_path(level, number, width)
        self._make_folder(path.parent)
        if not (path.exists() and path.read_bytes() == content):  # else an attempt cut short has written it
            with path.open("wb") as sink:
                sink.write(content)
        self._written.append(path)
        self._changed_folders.add(path.parent)

    def _make_folder(self, folder: Path) -> None:
        if not folder.exists():
            self._make_folder(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
            self._changed_folders.add(folder.parent)

    def _flush(self) -> None:
        """The first flush waits for the disk; those behind it mostly find their work done."""
        for path in self._written:
            sync_file(path)
        for folder in self._changed_folders:
            sync_file(folder)
        self._written.clear()
        self._changed_folders.clear()

    def _drop_filled(self, before: int, after: int) -> None:
        self._drop_partials(ENTRIES, before // WIDTH, after // WIDTH)
        level = 0
        while count_at(level, after):
            self._drop_partials(level, count_at(level, before) // WIDTH, count_at(level, after) // WIDTH)
            level += 1

    def _drop_partials(self, level: Level, first: int, end: int) -> None:
        if first < end:  # only the first of them can have been partial before
            shutil.rmtree((self._folder.path / tile_path(level, first, 1)).parent, ignore_errors=True)


def settle_history(folder: LedgerFolder) -> None:
    """Puts `checkpoint` and the end of `checkpoints` in agreement after a kill."""
    current = (folder.path / "checkpoint").read_bytes()
    with (folder.path / "checkpoints").open("r+b") as history:
        end = history.seek(0, os.SEEK_END)
        start = history.seek(max(0, end - _TAIL))
        tail = history.read()
        if tail.endswith(current):
            return
        known = tail.rfind(current)
        if known < 0:
            raise Conflict("ledger_history_damaged")
        newest = tail[known + len(current) + 1 :]
        if _is_complete(newest):
            replace_durably(folder.path / "checkpoint", newest)
            return
        history.truncate(start + known + len(current))
        os.fsync(history.fileno())


def _is_complete(note: bytes) -> bool:
    try:
        return len(parse_checkpoint(note.decode()).signatures) > 1
    except (Invalid, UnicodeDecodeError):
        return False
