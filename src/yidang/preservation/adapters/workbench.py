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
        """Beside the store. Inside, where OCFL lets extensions stand, when it is a mount or its parent not ours."""
        beside, inside = self._places()
        if beside.is_dir() or (_same_device(self._root) and os.access(_nearest(self._root.parent), os.W_OK)):
            return beside
        return inside

    def _places(self) -> tuple[Path, Path]:
        return self._root.with_name(self._root.name + ".staging"), self._root / "extensions" / "yidang-staging"

    def _benches(self) -> list[Path]:
        there = [place for place in self._places() if place.is_dir()]
        return [path for place in there for path in place.iterdir() if path.is_dir()]

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
        """What cannot be put back or cleared away now is left whole for the next start."""
        with suppress(OSError):
            self._rescue(bench)
            remove_tree(bench)

    def _rescue(self, bench: Path) -> None:
        """Puts back a folder whose exchange was cut in two, on file systems without a one-instant exchange."""
        for note in bench.glob(f"*.{_RESCUE}"):
            former, home = note.with_suffix(".former"), Path(note.read_text(encoding="utf-8"))
            if former.is_dir() and not home.exists():
                home.parent.mkdir(exist_ok=True, mode=FOLDER_MODE)
                former.rename(home)


def _same_device(root: Path) -> bool:
    return _nearest(root).stat().st_dev == _nearest(root.parent).stat().st_dev


def _nearest(folder: Path) -> Path:
    """The folder, or as much of the way to it as there is."""
    while not folder.exists():
        folder = folder.parent
    return folder
