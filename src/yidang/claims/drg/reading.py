"""Tables of a scheme from a folder of CSV or XLSX files, each named as the table, or one workbook `scheme.xlsx`.

What does not hold is refused with file, row and column: a table half read would group wrongly without a word.
"""

import csv
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from yidang.claims.drg.errors import FileNotRead, TableMissing, TableWrong
from yidang.claims.drg.scheme import Adrg, Complicating, Drg, Listed, Mdc, Scheme, Version

T = TypeVar("T")
_DATA = files("yidang.claims.drg") / "data"
_KINDS = {"operation": "operation", "procedure": "procedure", "medical": "medical"} | {
    "外科": "operation",
    "手术": "operation",
    "非手术室操作": "procedure",
    "操作": "procedure",
    "内科": "medical",
}
_SEVERITIES = {1, 3, 5, 7, 9}
_OPTIONAL = {"complications", "exclusions", "trauma", "supports"}
_BOOK = "scheme.xlsx"


class Row:
    """One row of a table; what it lacks or says wrongly is told with its place."""

    def __init__(self, file: str, number: int, values: dict[str, str]) -> None:
        self.file, self.number, self._values = file, number, values

    def text(self, column: str, *, default: str | None = None) -> str:
        value = self._values.get(column, "").strip()
        if value or default is not None:
            return value or str(default)
        raise self.wrong(column, "drg_reason_empty")

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


def synthetic_folder() -> Path:
    return Path(str(_DATA / "synthetic"))


@cache
def synthetic() -> Scheme:
    return read_scheme(synthetic_folder())


@cache
def headings(group: str) -> dict[str, str]:
    """What a heading may be called → our name."""
    told: dict[str, dict[str, list[str]]] = tomllib.loads((_DATA / "headings.toml").read_text(encoding="utf-8"))
    return {alias.lower(): name for name, aliases in told[group].items() for alias in aliases}


def read_scheme(folder: Path) -> Scheme:
    """The scheme in `folder`.

    Raises:
        TableMissing, TableWrong, FileNotRead: the first thing found wrong.
    """
    version = _one_version(_rows(folder, "scheme"), folder)
    mdcs = [Mdc(row.text("code").removeprefix("MDC"), row.text("name")) for row in _rows(folder, "mdc")]
    known = {one.code for one in mdcs}
    adrgs = [_adrg(row, known) for row in _unique(_rows(folder, "adrg"), "adrg")]
    named = {one.code for one in adrgs}
    return Scheme(
        version=version,
        mdcs=mdcs,
        adrgs=adrgs,
        mdc_diagnoses=[_listed(row, "mdc", known) for row in _rows(folder, "mdc_diagnoses")],
        adrg_operations=[_listed(row, "adrg", named) for row in _rows(folder, "adrg_operations")],
        adrg_diagnoses=[_listed(row, "adrg", named) for row in _rows(folder, "adrg_diagnoses")],
        drgs=[_drg(row, named) for row in _unique(_rows(folder, "drg"), "drg")],
        complications=[_complicating(row) for row in _rows(folder, "complications")],
        exclusions=[_listed(row, "exclusion", None) for row in _rows(folder, "exclusions")],
        trauma=[_listed(row, "part_of_body", None) for row in _rows(folder, "trauma")],
        supports=[_listed(row, "item", None) for row in _rows(folder, "supports")],
    )


def _one_version(rows: Iterator[Row], folder: Path) -> Version:
    row = next(rows, None)
    if row is None:
        raise TableMissing(table="scheme", folder=str(folder))
    return Version(
        code=row.text("code"),
        name=row.text("name"),
        version=row.text("version"),
        source=row.text("source"),
        verified=row.text("verified", default=""),
        effective_from=_day(row, "effective_from"),
        approved_by=row.text("approved_by", default=""),
    )


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row.text(column))
    except ValueError:
        raise row.wrong(column, "drg_reason_date") from None


def _adrg(row: Row, mdcs: set[str]) -> Adrg:
    code = row.text("adrg")
    mdc = row.text("mdc", default=code[:1]).removeprefix("MDC")
    if mdc not in mdcs:
        raise row.wrong("mdc", "drg_reason_unknown")
    kind = _KINDS.get(row.text("kind", default=_kind_of(code)))
    if kind is None:
        raise row.wrong("kind", "drg_reason_unknown")
    sex, age_from = row.number_of("sex", int, 0), row.number_of("age_from", int, 0)
    return Adrg(code, row.text("name"), mdc, kind, sex, age_from, row.number_of("age_until", int, 200))


def _kind_of(code: str) -> str:
    """The second letter of a CHS-DRG code: A–J operation, K–Q procedure, R–Z medical."""
    letter = code[1:2]
    return "operation" if letter <= "J" else "procedure" if letter <= "Q" else "medical"


def _listed(row: Row, target: str, known: set[str] | None) -> Listed:
    value = row.text(target)
    value = value.removeprefix("MDC") if target == "mdc" else value
    if known is not None and value not in known:
        raise row.wrong(target, "drg_reason_unknown")
    return Listed(row.text("code"), value, row.number_of("part", int, 1))


def _complicating(row: Row) -> Complicating:
    level = row.text("level").upper()
    if level not in ("MCC", "CC"):
        raise row.wrong("level", "drg_reason_unknown")
    return Complicating(row.text("code"), level, row.text("exclusion", default=""))


def _drg(row: Row, adrgs: set[str]) -> Drg:
    code = row.text("drg")
    adrg = row.text("adrg", default=code[:3])
    if adrg not in adrgs:
        raise row.wrong("adrg", "drg_reason_unknown")
    severity = row.number_of("severity", int, int(code[-1]) if code[-1:].isdigit() else 0)
    if severity not in _SEVERITIES:
        raise row.wrong("severity", "drg_reason_unknown")
    weight = row.number_of("weight", float, 0.0)
    if weight <= 0:
        raise row.wrong("weight", "drg_reason_number")
    fen, days = row.number_of("benchmark_fen", int, 0), row.number_of("benchmark_days", float, 0.0)
    return Drg(code, adrg, severity, row.text("name"), weight, fen, days)


def _unique(rows: Iterator[Row], column: str) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if row.text(column) in seen:
            raise row.wrong(column, "drg_reason_twice")
        seen.add(row.text(column))
        yield row


def _rows(folder: Path, table: str) -> Iterator[Row]:
    """Rows under our own headings; a table that may be missing and is, has none."""
    path, grid = _grid(folder, table)
    if path is None:
        if table not in _OPTIONAL:
            raise TableMissing(table=table, folder=str(folder))
        return
    known = headings("tables")
    names = [known.get(str(cell or "").strip().lower(), "") for cell in next(grid, [])]
    for number, cells in enumerate(grid, start=2):
        values = {name: _plain(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(values.values()):
            yield Row(path, number, values)


def _plain(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)[:10] if hasattr(cell, "isoformat") else str(cell)


def _grid(folder: Path, table: str) -> tuple[str | None, Iterator[list[Any]]]:
    if (path := folder / f"{table}.csv").is_file():
        return path.name, _csv_grid(path)
    if (path := folder / f"{table}.xlsx").is_file():
        return path.name, _xlsx_grid(path, None)
    if (path := folder / _BOOK).is_file():
        return f"{path.name}/{table}", _xlsx_grid(path, table)
    return None, iter(())


def _csv_grid(path: Path) -> Iterator[list[Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            yield from csv.reader(source)
    except (UnicodeDecodeError, csv.Error):
        raise FileNotRead(file=path.name) from None


def _xlsx_grid(path: Path, sheet: str | None) -> Iterator[list[Any]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError):
        raise FileNotRead(file=path.name) from None
    if sheet is not None and sheet not in book.sheetnames:
        return
    for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True):
        yield list(row)
