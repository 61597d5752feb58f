"""What lies in a folder, without following links and without failing."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

DECLARATION = re.compile(r"\d=.*", re.DOTALL)
_OBJECT_DECLARATION = re.compile(r"0=ocfl_object_.*", re.DOTALL)
_ROOT_DECLARATION = re.compile(r"0=ocfl_\d.*", re.DOTALL)


@dataclass
class Entries:
    """The direct contents of one folder, sorted by name."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # symbolic
    others: list[str] = field(default_factory=list)  # devices, pipes, sockets
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.files or self.folders or self.links or self.others or self.problem)


def entries_of(folder: Path) -> Entries:
    found = Entries()
    try:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            _kind(found, entry).append(entry.name)
    except OSError as problem:
        found.problem = problem.strerror or "unreadable"
    return found


def _kind(found: Entries, entry: os.DirEntry[str]) -> list[str]:
    if entry.is_symlink():
        return found.links
    if entry.is_dir(follow_symlinks=False):
        return found.folders
    return found.files if entry.is_file(follow_symlinks=False) else found.others


def read_bytes(path: Path) -> bytes | None:
    """None when there is no readable regular file."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


def is_object_declaration(name: str) -> bool:
    return _OBJECT_DECLARATION.fullmatch(name) is not None


def is_root_declaration(name: str) -> bool:
    return _ROOT_DECLARATION.fullmatch(name) is not None


def looks_like_storage_root(folder: Path) -> bool:
    """By its declaration; without any, by a layout file or by holding folders but nothing of an object."""
    here = entries_of(folder)
    if any(is_object_declaration(name) for name in here.files):
        return False
    if any(is_root_declaration(name) for name in here.files) or "ocfl_layout.json" in here.files:
        return True
    if "inventory.json" in here.files or any(re.fullmatch(r"v\d+", name) for name in here.folders):
        return False
    return any(_holds_object(folder / name) for name in here.folders)


def _holds_object(folder: Path) -> bool:
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        here = entries_of(place)
        if any(is_object_declaration(name) for name in here.files):
            return True
        waiting += [place / name for name in here.folders]
    return False
