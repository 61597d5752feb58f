"""The instrument as XLSX: one sheet of classes and terms, one of the materials of each business step."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook

from yidang.disposition.instrument.rules import FLAGS, TEXTS, Row, blank_row, material
from yidang.kernel.errors import Invalid

_CLASSES, _MATERIALS = "分类与期限", "材料清单"
_YES, _NO = "是", "否"
_MOST_ROWS, _MOST_BYTES, _LONGEST = 5000, 5 * 1024 * 1024, 400
_FORMULA = ("=", "+", "-", "@")


def export(rows: list[Row]) -> bytes:
    book = Workbook()
    classes = book.active
    if classes is None:
        raise Invalid("instrument_sheet_wrong")
    classes.title = _CLASSES
    classes.append([*TEXTS, "is_verified"])
    materials = book.create_sheet(_MATERIALS)
    materials.append(["code", "name", *FLAGS])
    for row in rows:
        classes.append([_plain(row[name]) for name in TEXTS] + [_YES if row["is_verified"] else _NO])
        for one in row["materials"]:
            flags = [_YES if one[flag] else _NO for flag in FLAGS]
            materials.append([row["code"], _plain(one["name"]), *flags])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _plain(text: str) -> str:
    """No cell begins a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read(data: bytes) -> list[Row]:
    """Raises Invalid: `instrument_sheet_wrong`."""
    if len(data) > _MOST_BYTES:
        raise Invalid("instrument_sheet_wrong")
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        classes, materials = _table(book[_CLASSES]), _table(book[_MATERIALS])
        rows = {one["code"]: blank_row() | {name: one.get(name, "") for name in TEXTS} for one in classes}
        for one in materials:
            flags = {flag: one.get(flag) == _YES for flag in FLAGS}
            rows[one["code"]]["materials"] = [*rows[one["code"]]["materials"], material(one["name"], flags)]
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, IndexError):
        raise Invalid("instrument_sheet_wrong") from None
    if len(rows) != len(classes):
        raise Invalid("instrument_sheet_wrong")
    return list(rows.values())


def _table(sheet: Any) -> list[dict[str, str]]:
    lines = sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
    names = [str(name or "") for name in next(lines)]
    found = [{name: _text(cell) for name, cell in zip(names, line, strict=False)} for line in lines]
    return [one for one in found if one.get("code")]


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("'")[:_LONGEST]
