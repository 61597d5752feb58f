"""Foreign files as tables of text in DuckDB: CSV in the encodings in use, XLSX, Parquet."""
# ruff: noqa: S608 - names of columns and of tables, quoted; values stay in the tables

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from yidang.claims.encodings import delimiter_of, encoding_of
from yidang.kernel.errors import Invalid
from yidang.oversight.evaluation.labelled.errors import file_broken, row_too_wide

_NOTHING = ("", "NA", "N/A", "NULL", "null", "None", "nan", "NaN", "\\N", "-", "—")
_LINE = re.compile(r"Line: (\d+)")
_TOO_WIDE = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_NAMELESS = "column{}"  # DuckDB's own word for a column without a heading
_MEMORY = "900MB"
Given = tuple[str, set[str] | None]  # what DuckDB reads; the headings of a sheet as they are written


class Store:
    """Tables of one measuring; a row's `_row` is its row in the file, headings are row 1."""

    def __init__(self, db: Any, place: Path) -> None:
        self.db = db
        self._place = place

    def lay(self, table: str, path: Path) -> list[str]:
        """The headings. Raises Invalid `labelled_file_broken`, `labelled_file_unread`, `labelled_row_too_wide`."""
        import duckdb

        given, written = self._of(path)
        try:
            self.db.execute(f"CREATE TABLE {table} AS SELECT row_number() OVER () + 1 AS _row, * FROM {given}")
        except duckdb.Error as problem:
            raise _refused(path.name, str(problem)) from problem
        columns = [row[0] for row in self.db.execute(f"DESCRIBE {table}").fetchall() if row[0] != "_row"]
        width = _width(columns, written)
        self._refuse_wide(table, path.name, columns, width)
        return columns[:width]

    def _refuse_wide(self, table: str, file: str, columns: Sequence[str], width: int) -> None:
        """A value beyond the last heading: all of its row may stand under the wrong ones."""
        for place, name in enumerate(columns[width:], width + 1):
            asked = f"SELECT min(_row) FROM {table} WHERE {quoted(name)} IS NOT NULL"
            (row,) = self.db.execute(asked).fetchall()[0]
            if row is not None:
                raise row_too_wide(file, row, cells=place, headings=width)

    def _of(self, path: Path) -> Given:
        kind = path.suffix.lower()
        if kind == ".parquet":
            return f"(SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet({literal(str(path))}))", None
        if kind == ".xlsx":
            return self._of_book(path)
        return self._of_text(path)

    def _of_text(self, path: Path) -> Given:
        """DuckDB reads UTF-8 alone: anything else is written anew."""
        encoding = encoding_of(path)
        if encoding is None:
            raise file_broken(path.name)
        with path.open(encoding=encoding, errors="replace") as source:
            delimiter = delimiter_of(source.readline())
            source.seek(0)
            written = next(filter(any, csv.reader(source, delimiter=delimiter)), [])
            if encoding not in ("utf-8", "utf-8-sig"):
                source.seek(0)
                path = self._place / f"{path.stem}.utf8.csv"
                with path.open("w", encoding="utf-8") as target:
                    target.writelines(source)
        nothing = ", ".join(map(literal, _NOTHING))
        given = (
            f"read_csv({literal(str(path))}, header = true, all_varchar = true, delim = {literal(delimiter)},"
            f" quote = '\"', null_padding = true, nullstr = [{nothing}])"
        )
        return given, set(written)

    def _of_book(self, path: Path) -> Given:
        import openpyxl
        import pyarrow as pa

        try:
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
            rows = [[_said(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        except Exception as problem:
            raise file_broken(path.name) from problem
        widest = max(map(len, rows), default=0)
        rows = [[*row, *[None] * (widest - len(row))] for row in rows]
        headings = [text or _NAMELESS.format(at) for at, text in enumerate(rows[0] if rows else [])]
        columns = list(zip(*rows[1:], strict=True)) or [()] * len(headings)
        sheet = pa.table({name: pa.array(list(one), "string") for name, one in zip(headings, columns, strict=False)})
        self.db.register("sheet", sheet)
        return "sheet", {text for text in rows[0] if text} if rows else set()


@contextmanager
def store() -> Iterator[Store]:
    import duckdb

    with tempfile.TemporaryDirectory(prefix="yidang-labelled-") as place:
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": 2,
            "memory_limit": _MEMORY,
            "temp_directory": place,
        }
        with duckdb.connect(config=config) as db:
            db.execute("SET enable_progress_bar = false")
            yield Store(db, Path(place))


def _refused(file: str, problem: str) -> Invalid:
    line, wide = _LINE.search(problem), _TOO_WIDE.search(problem)
    row = int(line[1]) if line else 0
    if wide and int(wide[2]) > int(wide[1]):
        return row_too_wide(file, row, cells=int(wide[2]), headings=int(wide[1]))
    return file_broken(file, row)


def _width(columns: Sequence[str], written: set[str] | None) -> int:
    """Up to the last heading that somebody wrote; a nameless one may stand before it."""
    named = (at for at, name in enumerate(columns, 1) if name != _NAMELESS.format(at - 1) or name in (written or ()))
    return len(columns) if written is None else max(named, default=0)


def _said(cell: Any) -> str | None:
    if cell is None or str(cell).strip() in _NOTHING:
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
