"""The tables of a folder, whatever its files are: one sheet or many, CSV in any encoding in use, headings further down.

A table is told by the name of its file or sheet, as `data/headings.toml` says. Codes of several rows or columns in one
cell come apart here; a blank under a merged cell is what stands above it.
"""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from yidang.claims.drg.errors import FileNotRead, TableWrong
from yidang.claims.encodings import delimiter_of, encoding_of

T = TypeVar("T")
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
_DATA = files("yidang.claims.drg") / "data"
_SEPARATORS = re.compile(r"[|;,，；、\s^~#\[\]{}'\"]+")  # a list as another program prints one, too
_ASCII = re.compile(r"[!-~]+")
_MERGED = {"mdc", "adrg", "level", "part_of_body"}  # columns of which one cell often stands for many rows
_WIDE = {  # tables that may list codes under a heading that is the group itself
    "adrg_operations": ("adrg", re.compile(r"[A-Z]{2}\d")),
    "adrg_diagnoses": ("adrg", re.compile(r"[A-Z]{2}\d")),
    "mdc_diagnoses": ("mdc", re.compile(r"(MDC)?[A-Z]")),
    "exclusions": ("exclusion", re.compile(r"(排除)?表?\d+")),
}
_ABOVE = 10  # rows a title may take before the headings
_SHORT = 2
Grid = Iterator[Sequence[Any]]


class Row:
    """One row of a table; what it lacks or says wrongly is told with its place."""

    def __init__(self, file: str, number: int, values: Mapping[str, str]) -> None:
        self.file, self.number, self._values = file, number, values

    def has(self, column: str) -> bool:
        return bool(self._values.get(column, "").strip())

    def text(self, column: str, *, default: str | None = None) -> str:
        value = self._values.get(column, "").strip()
        if value or default is not None:
            return value or str(default)
        raise self.wrong(column, "drg_reason_empty")

    def codes(self, *, least: int = 1) -> tuple[str, ...]:
        """All codes of the row, names beside them left out."""
        found = codes_in(self._values.get("code", ""))
        if len(found) < least:
            raise self.wrong("code", "drg_reason_empty")
        return found

    def number_of(self, column: str, make: Callable[[str], T], default: T) -> T:
        value = self._values.get(column, "").strip()
        if not value:
            return default
        try:
            return make(value)
        except ValueError:
            raise self.wrong(column, "drg_reason_number") from None

    def wrong(self, column: str, reason: str) -> TableWrong:
        return TableWrong(file=self.file, row=self.number, column=column, reason=reason)


def codes_in(text: str) -> tuple[str, ...]:
    """Codes as the tables and the cases are compared: half-width, capitals but for the x of an extension."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = (_ASCII.match(part) for part in _SEPARATORS.split(plain))
    return tuple(plain_code(one[0]) for one in found if one)


def plain_code(text: str) -> str:
    code = text.rstrip("(")
    return code[:1].upper() + code[1:].upper().replace("X", "x")


@cache
def headings(group: str) -> dict[str, str]:
    """What a heading, or a file, may be called → our name."""
    told: dict[str, dict[str, list[str]]] = tomllib.loads((_DATA / "headings.toml").read_text(encoding="utf-8"))
    return {alias.lower(): name for name, aliases in told[group].items() for alias in aliases}


def table_named(name: str) -> str:
    """Which table a file or a sheet of this name is; blank where it is none.

    >>> table_named("CHS-DRG 1.1 MDC主诊表"), table_named("MCC"), table_named("说明")
    ('mdc_diagnoses', 'mcc', '')
    """
    known = headings("names")
    plain = re.sub(r"[\s_\-./（）()]", "", name).lower()
    if exact := known.get(name.strip().lower()) or known.get(plain):
        return exact
    inside = [alias for alias in known if len(alias) > _SHORT and not alias.isascii() and alias in plain]
    return known[max(inside, key=len)] if inside else ""


class Tables:
    """Rows by table. `unread`: files and sheets no table is named like."""

    def __init__(self, folder: Path) -> None:
        self._grids: dict[str, list[tuple[str, Callable[[], Grid]]]] = {}
        self.unread: list[str] = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~", ".")):
                self._enter(path)

    def _enter(self, path: Path) -> None:
        own = table_named(path.stem)
        sheets = _sheets(path) if path.suffix.lower() == ".xlsx" else []
        if len(sheets) > 1 or (sheets and not own):
            for sheet in sheets:
                self._add(table_named(sheet), f"{path.name}/{sheet}", partial(_xlsx_grid, path, sheet))
        elif sheets:
            self._add(own, path.name, partial(_xlsx_grid, path, sheets[0]))
        else:
            self._add(own, path.name, partial(_csv_grid, path))

    def _add(self, table: str, label: str, grid: Callable[[], Grid]) -> None:
        if table:
            self._grids.setdefault(table, []).append((label, grid))
        else:
            self.unread.append(label)

    def __contains__(self, table: str) -> bool:
        return table in self._grids

    def rows(self, table: str) -> Iterator[Row]:
        for label, grid in self._grids.get(table, []):
            yield from _rows(label, grid(), table)


def _rows(label: str, grid: Grid, table: str) -> Iterator[Row]:
    """Rows under our own headings, numbered as the file shows them."""
    top = list(islice(grid, _ABOVE))
    at = _heading_row(top)
    names = _names(top[at]) if top else []
    if table in _WIDE and "code" not in names and top:
        yield from _wide(label, chain(top, grid), table)
        return
    above: dict[str, str] = {}
    merged = _MERGED | ({"exclusion"} if table == "exclusions" else set())
    for number, cells in enumerate(chain(top[at + 1 :], grid), start=at + 2):
        values = _values(names, cells)
        if any(values.values()):
            _fill_down(values, above, merged)
            yield Row(label, number, values)


def _wide(label: str, grid: Grid, table: str) -> Iterator[Row]:
    """A column for each group, its codes below it."""
    target, form = _WIDE[table]
    groups = [str(cell or "").strip() for cell in next(grid)]
    for number, cells in enumerate(grid, start=2):
        for group, cell in zip(groups, cells, strict=False):
            if form.match(group) and _plain(cell):
                yield Row(label, number, {target: group, "code": _plain(cell)})


def _heading_row(top: Sequence[Sequence[Any]]) -> int:
    """The first row that holds two headings we know, or else the first."""
    many = (at for at, cells in enumerate(top) if len({name for name in _names(cells) if name}) >= _SHORT)
    return next(many, 0)


def _names(cells: Sequence[Any]) -> list[str]:
    known = headings("tables")
    plain = (re.sub(r"\s", "", str(cell or "")).lower() for cell in cells)
    return [known.get(one) or known.get(one.rstrip("0123456789_"), "") for one in plain]


def _values(names: Sequence[str], cells: Sequence[Any]) -> dict[str, str]:
    """Columns of one name are one cell: codes side by side, or the first that says something."""
    values: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and (text := _plain(cell)):
            values[name] = f"{values[name]} {text}" if name == "code" and name in values else values.get(name) or text
    return values


def _fill_down(values: dict[str, str], above: dict[str, str], merged: set[str]) -> None:
    for name in merged:
        if values.get(name):
            above[name] = values[name]
        elif values.get("code") and name in above:
            values[name] = above[name]


def _plain(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)[:10] if hasattr(cell, "isoformat") else str(cell).strip()


def _csv_grid(path: Path) -> Grid:
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding or "utf-8", newline="") as source:
            delimiter = delimiter_of(source.readline())
            source.seek(0)
            yield from csv.reader(source, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error):
        raise FileNotRead(file=path.name) from None


def book_of(path: Path) -> Any:
    """Read whole, so that no file stays open. Raises FileNotRead."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError):
        raise FileNotRead(file=path.name) from None


def _sheets(path: Path) -> list[str]:
    return list(book_of(path).sheetnames)


def _xlsx_grid(path: Path, sheet: str) -> Grid:
    yield from book_of(path)[sheet].iter_rows(values_only=True)
