"""Where drafts are made: in the file system of the store, out of its sight, and never left to pile up."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yidang.preservation.adapters.files import FOLDER_MODE, remove_tree

_RESCUE = "rescue"


class Workbench:
    """Each writer works in a folder of its own that it holds locked as long as it lives."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def open(self) -> Iterator[Path]:
        bench = self.place / secrets.token_hex(8)
        bench.mkdir(parents=True, mode=FOLDER_MODE)
        handle = os.open(bench, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield bench
        finally:
            self._clear(bench)
            os.close(handle)

    @contextmanager
    def revising(self) -> Iterator[None]:
        """One writer at a time changes folders that exist; freed by the kernel when it dies."""
        self.place.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        handle = os.open(self.place / "revising.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def sweep(self) -> int:
        found = [path for path in self._benches() if self._is_abandoned(path)]
        for bench in found:
            self._clear(bench)
        return len(found)

    @property
    def place(self) -> Path:
        """Beside the store; inside, as an extension OCFL lets stand there, when the store is a mount of its own."""
        beside = self._root.with_name(self._root.name + ".staging")
        if _same_device(self._root, self._root.parent):
            return beside
        return self._root / "extensions" / "yidang-staging"

    def _benches(self) -> list[Path]:
        if not self.place.is_dir():
            return []
        return [path for path in self.place.iterdir() if path.is_dir()]

    def _is_abandoned(self, bench: Path) -> bool:
        try:
            handle = os.open(bench, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True

    def _clear(self, bench: Path) -> None:
        """What cannot be cleared away now is swept at the next start; the work itself has ended already."""
        with suppress(OSError):
            self._rescue(bench)
            remove_tree(bench)

    def _rescue(self, bench: Path) -> None:
        """Puts back a folder whose exchange was cut in two, on file systems without a one-instant exchange."""
        for note in bench.glob(f"*.{_RESCUE}"):
            former, home = note.with_suffix(".former"), Path(note.read_text(encoding="utf-8"))
            if former.is_dir() and not home.exists():
                with suppress(FileExistsError):
                    former.rename(home)


def _same_device(root: Path, parent: Path) -> bool:
    while not root.exists():
        root = root.parent
    while not parent.exists():
        parent = parent.parent
    return root.stat().st_dev == parent.stat().st_dev
