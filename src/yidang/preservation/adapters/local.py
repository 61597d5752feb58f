"""The store in a local directory: stage in the same file system, sync, rename."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from yidang.kernel.errors import Invalid
from yidang.preservation.adapters.engine import engine_errors, missing, taken
from yidang.preservation.adapters.files import FOLDER_MODE, sync_path, walk_files
from yidang.preservation.adapters.local_batch import LocalBatch
from yidang.preservation.adapters.workbench import Workbench
from yidang.preservation.ports import Children, Stat


class LocalStore:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._workbench = Workbench(root)

    def put(self, key: str, data: bytes | BinaryIO, *, if_absent: bool = False) -> None:
        path = self._path(key)
        with engine_errors(), self._workbench.open() as bench:
            draft = bench / secrets.token_hex(8)
            _fill(draft, data)
            path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            self._place(draft, path, key, if_absent=if_absent)
            sync_path(path.parent)

    def open(self, key: str) -> BinaryIO:
        path = self._path(key)
        with engine_errors():
            try:
                return path.open("rb", buffering=0)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                raise missing(key) from None

    def exists(self, key: str) -> bool:
        with engine_errors():
            return self._path(key).is_file()

    def stat(self, key: str) -> Stat:
        with engine_errors():
            try:
                return Stat(size=self._path(key).stat().st_size)
            except (FileNotFoundError, NotADirectoryError):
                raise missing(key) from None

    def walk(self, prefix: str = "") -> Iterator[str]:
        with engine_errors():
            for path in walk_files(self._folder(prefix)):
                yield path.relative_to(self.root).as_posix()

    def children(self, prefix: str = "") -> Children:
        folders: list[str] = []
        files: list[str] = []
        with engine_errors(), suppress(FileNotFoundError):
            for entry in os.scandir(self._folder(prefix)):
                (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        return Children(tuple(sorted(folders)), tuple(sorted(files)))

    def delete(self, key: str) -> None:
        path = self._path(key)
        with engine_errors(), suppress(FileNotFoundError):
            path.unlink()
            sync_path(path.parent)

    def delete_prefix(self, prefix: str) -> None:
        """Out of sight in one rename, then erased at leisure."""
        folder = self._folder(prefix)
        with engine_errors(), self._workbench.open() as bench:
            try:
                folder.rename(bench / "deleted")
            except FileNotFoundError:
                return
            self._remove_empty_parents(folder)

    @contextmanager
    def batch(self) -> Iterator[LocalBatch]:
        with engine_errors(), self._workbench.open() as bench:
            yield LocalBatch(self.root, bench, self._workbench)

    def sweep(self) -> int:
        with engine_errors():
            count = self._workbench.sweep()  # first: it may put a folder back
            self._remove_empty_folders()
            return count

    def _place(self, draft: Path, path: Path, key: str, *, if_absent: bool) -> None:
        if not if_absent:
            draft.replace(path)
            return
        try:
            os.link(draft, path)  # unlike a rename, it never replaces
        except FileExistsError:
            raise taken(key) from None
        draft.unlink()

    def _remove_empty_folders(self) -> None:
        """Of a deletion cut short; a writer that finds its folder gone brings it back."""
        for name in self.children().folders:
            with suppress(OSError):
                (self.root / name).rmdir()

    def _remove_empty_parents(self, folder: Path) -> None:
        """OCFL forbids empty folders (E073)."""
        with suppress(OSError):
            while (folder := folder.parent) != self.root:
                sync_path(folder)
                folder.rmdir()

    def _folder(self, prefix: str) -> Path:
        return self._path(prefix.rstrip("/")) if prefix else self.root

    def _path(self, key: str) -> Path:
        if not all(part and part not in {".", ".."} for part in key.split("/")) or "\0" in key:
            raise Invalid("key_malformed", key=key)
        return self.root / key


def _fill(path: Path, data: bytes | BinaryIO) -> None:
    with path.open("xb") as sink:
        if isinstance(data, bytes):
            sink.write(data)
        else:
            shutil.copyfileobj(data, sink, 1024 * 1024)
        sink.flush()
        os.fsync(sink.fileno())
