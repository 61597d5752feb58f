"""A folder of this machine as the files in it, whatever their names are made of."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yidang.intake.unfold.archive import decode_name, is_dropping, tidy
from yidang.intake.unfold.boundaries import natural


@dataclass(frozen=True)
class Incoming:
    """A file on this machine and the path under which it is received."""

    source: Path
    path: str
    is_catalogue: bool = False


def walk(root: Path) -> Iterator[Incoming]:
    """Every file below a folder in the order of names; links and devices too, so that they are named."""
    if not root.is_dir() or root.is_symlink():
        yield Incoming(root, root.name)
        return
    seen: set[str] = set()
    for source, path in entries(root):
        if not is_dropping(path):
            yield Incoming(source, _unlike(seen, tidy(path)))


def _unlike(seen: set[str], path: str) -> str:
    """Names that differ in what cannot be shown look alike; each is a file of its own all the same."""
    stem, dot, suffix = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
    own, copy = path, 2
    while own in seen:
        own, copy = f"{stem} ({copy}){dot}{suffix}", copy + 1
    seen.add(own)
    return own


def entries(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file with its path below `root` in readable characters: names may be GB18030 on an old share.

    A folder that cannot be opened comes out as itself, so that reading it fails with its name.
    """
    yield from _below(root, "")


def _below(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    try:
        with os.scandir(folder) as found:
            listed = [(readable(entry.name), entry.is_dir(follow_symlinks=False), entry.path) for entry in found]
    except OSError:
        yield folder, prefix.rstrip("/") or folder.name
        return
    for name, is_folder, path in sorted(listed, key=lambda one: natural(one[0])):
        if is_folder:
            yield from _below(Path(path), f"{prefix}{name}/")
        else:
            yield Path(path), prefix + name


def readable(name: str) -> str:
    return decode_name(os.fsencode(name))
