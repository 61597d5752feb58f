"""CSV in the encodings in use, and XLSX: the first row names the columns, row n of the file is row n told."""

import csv
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yidang.claims.encodings import delimiter_of, encoding_of
from yidang.claims.importing.files import Given
from yidang.claims.importing.mapping import CALLED, mapping, nearest, table_of
from yidang.claims.importing.readers.laying import Row, lay
from yidang.kernel.errors import Invalid

_WIDEST = 300
_TOLD = 12  # headings
csv.field_size_limit(1 << 20)


def read(db: Any, given: Given, own: Path | None) -> set[str]:
    """A row with more cells than headings is kept out.

    Raises Invalid `claims_file_broken`, `claims_file_unread`, `claims_encoding`, `claims_headings_unknown`,
    `claims_headings_twice`.
    """
    known = mapping(own)
    rows = rows_of(given)
    written = next(rows, (0, []))[1][:_WIDEST]
    headings = [text or f"_{place}" for place, text in enumerate(written)]
    table = given.table or table_of(headings, known)
    if not table:
        likely, lacking = nearest(headings, known)
        told = {"headings": "、".join(headings[:_TOLD]), "lacking": "、".join(lacking)}
        raise Invalid("claims_headings_unknown", file=given.name, table=CALLED[likely], **told)
    if len(set(headings)) < len(headings):
        raise Invalid("claims_headings_twice", file=given.name)
    wide: list[int] = []
    tables = lay(db, table, given.number, (headings, _fitted(rows, headings, width_of(written), wide)), known)
    for row in wide:
        db.execute("INSERT INTO bad VALUES (?, ?, ?, 'cells_surplus', '')", [table, given.number, row])
    return tables


def rows_of(given: Given) -> Iterator[Row]:
    """Raises Invalid `claims_file_broken`, `claims_encoding`."""
    return _xlsx(given) if given.path.suffix.lower() == ".xlsx" else _csv(given)


def width_of(headings: list[str | None]) -> int:
    """Up to the last heading that says something."""
    return max((place for place, text in enumerate(headings, 1) if text), default=0)


def _fitted(rows: Iterator[Row], headings: list[str], named: int, wide: list[int]) -> Iterator[Row]:
    """Empty rows are none. A row with more than the headings name is noted as `wide`: its columns may be shifted."""
    width = len(headings)
    for number, cells in rows:
        if len(cells) > named and any(cells[named:]):
            wide.append(number)
        if any(cells):
            yield number, [*cells[:width], *([None] * (width - len(cells)))]


def _csv(given: Given) -> Iterator[Row]:
    encoding = _encoding(given)
    with given.path.open(encoding=encoding, newline="") as source:
        delimiter = delimiter_of(source.readline())
        source.seek(0)
        reader = csv.reader(source, delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, [_text(cell) for cell in cells]
        except (csv.Error, UnicodeDecodeError) as problem:
            raise Invalid("claims_file_broken", file=given.name, row=reader.line_num) from problem


def _encoding(given: Given) -> str:
    """Raises Invalid `claims_encoding`."""
    encoding = encoding_of(given.path)
    if encoding is None:
        raise Invalid("claims_encoding", file=given.name)
    return encoding


def _xlsx(given: Given) -> Iterator[Row]:
    """Formulas are read as such, so that they can be refused: their cached value may be anybody's."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(given.path, read_only=True, data_only=False, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [_text(_plain(cell)) for cell in cells]
    except Exception as problem:
        raise Invalid("claims_file_unread", file=given.name) from problem


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - exact up to there
        return str(int(cell))
    return str(getattr(cell, "text", cell))  # an array formula is an object with its text


def _text(cell: str) -> str | None:
    """Full-width digits and blanks are plain ones."""
    text = cell.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    return text or None
