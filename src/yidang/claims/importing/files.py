"""Which files an import reads, and which it refuses before opening them."""

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yidang.claims.tables import TABLES
from yidang.kernel.errors import Invalid

_KINDS: Final = {".parquet": "parquet", ".csv": "sheet", ".xlsx": "sheet", ".json": "interface", ".jsonl": "interface"}
LARGEST_SHEET: Final = 2 * 2**30
LARGEST_BOOK: Final = 64 * 2**20
LARGEST_MESSAGES: Final = 512 * 2**20
_NO_CLAIMS: Final = frozenset({"truth.csv", "made.json"})  # beside generated data
_SWOLLEN: Final = 200  # unpacked to packed
_LARGEST_UNPACKED: Final = 2**30


@dataclass(frozen=True)
class Given:
    """One file: `table` where its name or folder says it, blank where a mapping or its content must."""

    number: int
    path: Path
    name: str
    kind: str
    table: str = ""


def collect(path: Path) -> list[Given]:
    """The files of a folder, or the one file.

    Raises:
        Invalid: `claims_path_missing`, `claims_path_linked`, `claims_no_files`, `claims_file_too_large`,
            `claims_book_swollen`, `claims_file_unread`.
    """
    if path.is_symlink():
        raise Invalid("claims_path_linked", file=path.name)
    if path.is_file():
        found = [path]
    elif path.is_dir():
        found = [Path(folder) / name for folder, _dirs, names in os.walk(path) for name in names]
    else:
        raise Invalid("claims_path_missing", file=path.name)
    wanted = sorted(one for one in found if one.suffix.lower() in _KINDS and one.name not in _NO_CLAIMS)
    if not wanted:
        raise Invalid("claims_no_files", file=path.name)
    root = path if path.is_dir() else path.parent
    return [_guarded(number, one, root) for number, one in enumerate(wanted, 1)]


def guarded(path: Path) -> Given:
    """One sheet by itself. Raises as `collect`."""
    return _guarded(1, path, path.parent)


def _guarded(number: int, path: Path, root: Path) -> Given:
    name = path.relative_to(root).as_posix()
    if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
        raise Invalid("claims_path_linked", file=name)
    kind = _KINDS[path.suffix.lower()]
    _refuse_large(path, name, kind)
    return Given(number, path, name, kind, _table_of(path.relative_to(root)))


def _refuse_large(path: Path, name: str, kind: str) -> None:
    is_book = path.suffix.lower() == ".xlsx"
    limits = {"sheet": LARGEST_BOOK if is_book else LARGEST_SHEET, "interface": LARGEST_MESSAGES}
    if kind in limits and path.stat().st_size > limits[kind]:
        raise Invalid("claims_file_too_large", file=name, limit=limits[kind] // 2**20)
    if is_book:
        _refuse_swollen(path, name)


def _refuse_swollen(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise Invalid("claims_file_unread", file=name) from problem
    if unpacked > min(_LARGEST_UNPACKED, _SWOLLEN * path.stat().st_size):
        raise Invalid("claims_book_swollen", file=name)


def _table_of(inside: Path) -> str:
    """`lines/month=2026-01/part.parquet`, `lines.csv` and `lines-2026.csv` are lines."""
    first = inside.parts[0].split(".")[0].split("-")[0].lower()
    stem = inside.stem.split("-")[0].lower()
    return first if first in TABLES else stem if stem in TABLES else ""
