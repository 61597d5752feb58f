"""A catalogue's cells as text, from CSV in any of the encodings in use, XLS or XLSX."""

import codecs
import csv
import io
import itertools
import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS, Limits

Row = list[str]
LARGEST_WHOLE = 1e15  # beyond it a spreadsheet's number is no longer exact
_ENCODINGS = ("utf-8", "gb18030")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",\t;，|"


def read_sheet(data: bytes, limits: Limits = LIMITS) -> list[Row]:
    """All rows of the first sheet; row n of a spreadsheet stands at n - 1.

    Raises:
        Refused: `catalogue_unreadable`, `catalogue_encoding`, `catalogue_too_large`.
    """
    if len(data) > limits.catalogue_bytes:
        raise Refused("catalogue_too_large", limit=limits.catalogue_rows)
    rows = _open(data)
    try:
        taken = list(itertools.islice(rows, limits.catalogue_rows + 1))
    except Refused:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, csv.Error) as problem:
        raise Refused("catalogue_unreadable") from problem
    if len(taken) > limits.catalogue_rows:
        raise Refused("catalogue_too_large", limit=limits.catalogue_rows)
    return [row[: limits.catalogue_columns] for row in taken]


def _open(data: bytes) -> Iterator[Row]:
    if data.startswith(b"PK\x03\x04"):
        return _xlsx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _xls(data)
    return _csv(data)


def _csv(data: bytes) -> Iterator[Row]:
    text = decode(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    return ([cell.strip() for cell in row] for row in reader)


def decode(data: bytes) -> str:
    """Raises Refused `catalogue_encoding`."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        raise Refused("catalogue_unreadable")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("catalogue_encoding")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Refused("catalogue_encoding") from problem


def _xlsx(data: bytes) -> Iterator[Row]:
    import openpyxl

    _refuse_swollen(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except Exception as problem:
        raise Refused("catalogue_unreadable") from problem
    return ([_text(value) for value in row] for row in _guarded(sheet.iter_rows(values_only=True)))


def _refuse_swollen(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as problem:
        raise Refused("catalogue_unreadable") from problem
    if unpacked > 8 * LIMITS.catalogue_bytes:
        raise Refused("catalogue_too_large", limit=LIMITS.catalogue_rows)


def _guarded(rows: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except Exception as problem:
        raise Refused("catalogue_unreadable") from problem


def _xls(data: bytes) -> Iterator[Row]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        sheet = book.sheet_by_index(0)
        rows = [[_xls_text(cell, book.datemode) for cell in sheet.row(n)] for n in range(sheet.nrows)]
    except Exception as problem:
        raise Refused("catalogue_unreadable") from problem
    return iter(rows)


def _xls_text(cell: Any, datemode: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return _text(xlrd.xldate_as_datetime(cell.value, datemode))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _text(cell.value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    return str(value).strip()
