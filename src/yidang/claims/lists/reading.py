"""One list from CSV or XLSX: rows under our names, and those that say nothing with their reason."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from yidang.claims.importing.files import guarded
from yidang.claims.importing.readers.laying import Row
from yidang.claims.importing.readers.sheets import rows_of, width_of
from yidang.kernel.errors import Invalid

MOST = 500_000
_FORMULAS = ("=", "@")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    key: str
    names: tuple[str, ...]
    is_required: bool
    values: dict[str, str]

    @property
    def heading(self) -> str:
        """As sheets here call it; our own name stands first."""
        return next((name for name in self.names if not name.isascii()), self.names[0])


@dataclass(frozen=True, slots=True)
class Entry:
    row: int
    values: dict[str, str]


@dataclass(slots=True)
class Content:
    """`problems`: [{"row", "field", "code"}]: what stayed out and why; never what stood there."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: int, column: str, code: str) -> None:
        self.problems.append({"row": row, "field": column, "code": code})


@cache
def columns(name: str) -> tuple[Column, ...]:
    told = tomllib.loads((files("yidang.claims") / "data" / "lists.toml").read_text(encoding="utf-8"))[name]
    return tuple(
        Column(key, tuple(one["names"]), one.get("required", False), one.get("values", {})) for key, one in told.items()
    )


def read(path: Path, name: str) -> Content:
    """`name`: a table of data/lists.toml.

    Raises Invalid: of the file (`importing.files`, its reader), `list_column_missing`,
        `list_too_long`.
    """
    given = guarded(path)
    rows = rows_of(given)
    headings = next(rows, (0, []))[1]
    places, width = _places(headings, columns(name), given.name), width_of(headings)
    content = Content()
    for row in rows:
        if len(content.entries) >= MOST:
            raise Invalid("list_too_long", most=MOST)
        if any(row[1][width:]):
            content.refuse(row[0], "", "cells_surplus")
        elif any(row[1]):
            _take(content, row, places)
    return content


def _places(headings: list[str | None], wanted: tuple[Column, ...], file: str) -> dict[Column, int]:
    """Raises Invalid `list_column_missing`: a column without which no row says anything is not there."""
    known = {(text or "").strip().lower(): place for place, text in enumerate(headings)}
    found: dict[Column, int] = {}
    for one in wanted:
        place = next((known[name.lower()] for name in one.names if name.lower() in known), None)
        if place is not None:
            found[one] = place
        elif one.is_required:
            raise Invalid("list_column_missing", file=file, column=one.heading)
    return found


def _take(content: Content, row: Row, places: dict[Column, int]) -> None:
    number, cells = row
    values: dict[str, str] = {}
    for column, place in places.items():
        text = (cells[place] or "").strip() if place < len(cells) else ""
        if text.startswith(_FORMULAS):
            return content.refuse(number, column.key, "formula_cell")
        if column.is_required and not text:
            return content.refuse(number, column.key, "list_value_missing")
        values[column.key] = column.values.get(text, text)
    content.entries.append(Entry(number, values))
    return None
