"""A folder of this machine as the files in it, whatever their names are made of."""

import os
from collections.abc import Iterator
from pathlib import Path

from yidang.intake.unfold.archive import decode_name
from yidang.intake.unfold.boundaries import natural


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
