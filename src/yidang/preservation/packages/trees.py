"""A package as it was handed over: a folder, a ZIP or a TAR. Read where it lies: nothing is unpacked to be judged."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from yidang.kernel.errors import NotFound
from yidang.preservation.packages import limits
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.names import plain


class Entries(Protocol):
    """Files by path, as the medium has them; `open` may be called by several threads at once."""

    sizes: dict[str, int]
    folders: set[str]

    def open(self, path: str) -> BinaryIO: ...


@dataclass
class Tree:
    """Everything below the package's root folder, whose `name` is blank when there is none around it."""

    name: str
    entries: Entries
    top: str = ""
    is_packed: bool = False
    findings: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        self.sizes = {
            path.removeprefix(self.top): size for path, size in self.entries.sizes.items() if path.startswith(self.top)
        }
        self.folders = {path.removeprefix(self.top) for path in self.entries.folders if path.startswith(self.top)} - {
            ""
        }

    def open(self, path: str) -> BinaryIO:
        return self.entries.open(self.top + path)

    def read(self, path: str) -> bytes | None:
        """A control file whole; None when there is none, or none of a sane size."""
        if path not in self.sizes or self.sizes[path] > limits.CONTROL_FILE:
            return None
        with self.open(path) as source:
            return source.read(limits.CONTROL_FILE)

    def below(self, folder: str) -> "Tree":
        """The part below `folder/`, a package of its own."""
        return Tree(folder.rstrip("/").rsplit("/", 1)[-1], self.entries, self.top + folder, self.is_packed)

    def has_folder(self, folder: str) -> bool:
        return folder in self.folders or any(path.startswith(folder + "/") for path in self.sizes)


@contextmanager
def opened(path: Path) -> Iterator[Tree]:
    """Raises NotFound: `package_not_found`. What is wrong with the medium itself is among the tree's findings."""
    from yidang.preservation.packages.archives import opened_archive

    if path.is_dir():
        yield _folder(path)
    elif path.is_file():
        with opened_archive(path) as tree:
            yield tree
    else:
        raise NotFound("package_not_found", path=str(path))


class FolderEntries:
    def __init__(self, root: Path, findings: Findings) -> None:
        self._root = os.fsencode(root)
        self.sizes: dict[str, int] = {}
        self.folders: set[str] = set()
        self._walk("", findings, 0)

    def _walk(self, folder: str, findings: Findings, depth: int) -> None:
        if depth > limits.DEPTH or len(self.sizes) > limits.FILES:
            findings.error("package_too_deep", folder)
            return
        try:
            found = sorted(os.scandir(self._at(folder)), key=lambda entry: entry.name)
        except OSError as problem:
            findings.error("package_unreadable", folder, detail=problem.strerror)
            return
        for entry in found:
            self._take(folder + os.fsdecode(entry.name), entry, findings, depth)

    def _take(self, path: str, entry: "os.DirEntry[bytes]", findings: Findings, depth: int) -> None:
        status = entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            findings.error("package_entry_link", path)
        elif entry.is_dir(follow_symlinks=False):
            self.folders.add(path)
            self._walk(path + "/", findings, depth + 1)
        elif stat.S_ISREG(status.st_mode):
            self.sizes[path] = status.st_size
        else:
            findings.error("package_entry_odd", path)

    def _at(self, path: str) -> bytes:
        return os.path.join(self._root, os.fsencode(path))  # noqa: PTH118 - names may be no text

    def open(self, path: str) -> BinaryIO:
        handle = os.open(self._at(path), os.O_RDONLY | os.O_NOFOLLOW)
        return os.fdopen(handle, "rb", buffering=0)


def _folder(path: Path) -> Tree:
    findings = Findings()
    return Tree(path.resolve().name, FolderEntries(path, findings), findings=findings)


def single_top(paths: set[str]) -> str:
    """The one folder around everything, with its `/`; blank when there is none."""
    tops = {plain(path).split("/", 1)[0] for path in paths}
    if len(tops) == 1 and all("/" in path for path in paths) and paths:
        return next(iter(tops)) + "/"
    return ""
