"""What a witness remembers: the newest checkpoint of each log, on the disk before anything is signed.

seen/<SHA-256 of the origin>    the newest checkpoint, as the log signed it
refused/<the same>-<digest>     a signed checkpoint that does not continue it, behind the one it should have continued
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yidang.crypto.durable import create_durably, make_private_folder, replace_durably
from yidang.ledger.notes import Checkpoint, parse_checkpoint

KEPT_REFUSALS = 1_000  # whoever holds a log's keys could otherwise fill our disk


class Memory:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def locked(self, origin: str) -> Iterator[None]:
        """From reading the newest checkpoint to keeping the next one, nobody else may do the same."""
        make_private_folder(self._folder / "locks")
        handle = os.open(self._folder / "locks" / _slug(origin), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def newest(self, origin: str) -> Checkpoint | None:
        try:
            return parse_checkpoint(self._path(origin).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def keep(self, note: str, origin: str) -> None:
        make_private_folder(self._folder / "seen")
        replace_durably(self._path(origin), note.encode())

    def refuse(self, checkpoint: Checkpoint, known: Checkpoint) -> None:
        """Keeps both sides of a contradiction: each is signed by the log, and together they convict it."""
        content = f"{known.note}\n{checkpoint.note}".encode()
        folder = self._folder / "refused"
        make_private_folder(folder)
        if sum(1 for _one in folder.iterdir()) < KEPT_REFUSALS:
            name = f"{_slug(checkpoint.origin)}-{hashlib.sha256(checkpoint.text.encode()).hexdigest()[:16]}"
            create_durably(folder / name, content)

    def _path(self, origin: str) -> Path:
        return self._folder / "seen" / _slug(origin)


def _slug(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()
