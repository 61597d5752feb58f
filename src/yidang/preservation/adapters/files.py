"""Plain files and folders with as few system calls as honesty allows."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def write_new(path: str, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        write_fully(handle, data)
    finally:
        os.close(handle)


def write_fully(handle: int, data: bytes) -> None:
    written = os.write(handle, data)
    if written < len(data):
        rest = memoryview(data)[written:]
        while rest:
            rest = rest[os.write(handle, rest) :]


def sync_path(path: Path | str) -> None:
    """A file's bytes, or a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_tree(source: Path, destination: Path) -> None:
    """A second name for every file of `source`; costs no bytes."""
    for place, folders, names in os.walk(source):
        below = destination / Path(place).relative_to(source)
        for name in folders:
            (below / name).mkdir(mode=FOLDER_MODE, exist_ok=True)
        for name in names:
            if not (below / name).exists():
                os.link(Path(place) / name, below / name)


def remove_tree(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def walk_files(folder: Path) -> Iterator[Path]:
    """Every file below, symbolic links included and not followed, sorted within each folder."""
    for place, folders, names in os.walk(folder, onerror=_raise_unless_gone):
        folders.sort()
        for name in sorted([*names, *_links(place, folders)]):
            yield Path(place) / name


def _links(place: str, folders: list[str]) -> list[str]:
    return [name for name in folders if Path(place, name).is_symlink()]


def _raise_unless_gone(problem: OSError) -> None:
    if not isinstance(problem, FileNotFoundError):
        raise problem
