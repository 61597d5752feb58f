"""Which received files make one item, judged by folders and names.

The rule: every file is an item of its own, except that a sub-folder in which every file is a single picture, all
named alike but for one running number, is one item with a page a file. A person can split and join afterwards.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".jp2", ".j2k", ".bmp", ".webp"})
_LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """`root`: what the path is relative to, such as the archive it came out of."""

    key: str
    path: str
    root: str = ""


def group(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries as items, in order of receipt; pages of one item in the order of their numbers."""
    folders: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        folders[entry.root, str(PurePosixPath(entry.path).parent)].append(entry)
    groups: list[list[Entry]] = []
    for (_, folder), files in folders.items():
        is_one = folder not in {".", "/"} and is_page_run([PurePosixPath(f.path).name for f in files])
        groups.extend([in_order(files)] if is_one else [[f] for f in files])
    return groups


def is_page_run(names: Sequence[str]) -> bool:
    """Several pictures, all named alike but for one number, every number once."""
    if len(names) == 1 or any(PurePosixPath(name).suffix.lower() not in PICTURE_SUFFIXES for name in names):
        return False
    found = [_LAST_NUMBER.fullmatch(PurePosixPath(name).stem) for name in names]
    if not all(found):
        return False
    frames = {(m.group(1), m.group(3)) for m in found if m}
    numbers = [int(m.group(2)) for m in found if m]
    return len(frames) == 1 and len(set(numbers)) == len(numbers)


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: natural(entry.path))


def natural(path: str) -> list[tuple[int, int, str]]:
    """Sorts `page 10` after `page 9`."""
    return [
        (1, int(part[:18]), part) if part.isascii() and part.isdigit() else (0, 0, part)
        for part in re.split(r"(\d+)", path)
        if part
    ]


def strip_shared_top(paths: Sequence[str]) -> list[str]:
    """Without the one folder all paths stand in: a dropped or zipped folder is itself no item."""
    parts = [PurePosixPath(path).parts for path in paths]
    is_around = all(len(one) > 1 for one in parts) and len({one[0] for one in parts}) == 1
    return [str(PurePosixPath(*one[1:])) for one in parts] if is_around else list(paths)
