"""CSV in the encodings in use, and XLSX: the first row names the columns, row n of the file is row n told."""

import codecs
import csv
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.mapping import mapping, table_of
from yidang.claims.importing.readers.laying import Row, lay
from yidang.kernel.errors import Invalid

_DELIMITERS = ",\t;，|"
_WIDEST = 300
_SAMPLE = 1 << 16
csv.field_size_limit(1 << 20)


def read(db: Any, given: Given, own: Path | None) -> set[str]:
    """Raises Invalid `claims_file_broken`, `claims_encoding`, `claims_table_unknown`, `claims_headings_twice`."""
    known = mapping(own)
    rows = rows_of(given)
    headings = [text or f"_{place}" for place, text in enumerate(next(rows, (0, []))[1])][:_WIDEST]
    table = given.table or table_of(headings, known)
    if not table:
        raise Invalid("claims_table_unknown", file=given.name)
    if len(set(headings)) < len(headings):
        raise Invalid("claims_headings_twice", file=given.name)
    lay(db, table, given.number, (headings, _fitted(rows, len(headings))), known)
    return {table}


def rows_of(given: Given) -> Iterator[Row]:
    """Raises Invalid `claims_file_broken`, `claims_encoding`."""
    return _xlsx(given) if given.path.suffix.lower() == ".xlsx" else _csv(given)


def _fitted(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Empty rows are none."""
    for number, cells in rows:
        if any(cells):
            yield number, [*cells[:width], *([None] * (width - len(cells)))]


def _csv(given: Given) -> Iterator[Row]:
    encoding = _encoding(given)
    with given.path.open(encoding=encoding, newline="") as source:
        delimiter = max(_DELIMITERS, key=source.readline().count)
        source.seek(0)
        reader = csv.reader(source, delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, [_text(cell) for cell in cells]
        except (csv.Error, UnicodeDecodeError) as problem:
            raise Invalid("claims_file_broken", file=given.name, row=reader.line_num) from problem


def _encoding(given: Given) -> str:
    """Raises Invalid `claims_encoding`."""
    with given.path.open("rb") as source:
        head = source.read(_SAMPLE)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        if b"\0" not in head:
            return encoding
    raise Invalid("claims_encoding", file=given.name)


def _xlsx(given: Given) -> Iterator[Row]:
    """Formulas are read as such, so that they can be refused: their cached value may be anybody's."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(given.path, read_only=True, data_only=False, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [_text(_plain(cell)) for cell in cells]
    except Exception as problem:
        raise Invalid("claims_file_broken", file=given.name, row=0) from problem


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
