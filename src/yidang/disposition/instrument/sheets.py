"""The instrument as XLSX: one sheet of classes and terms, one of the materials of each business step."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from yidang.disposition.instrument.rules import FLAGS, TEXTS, Row, blank_row, material
from yidang.kernel.errors import Invalid
from yidang.kernel.texts import say
from yidang.kernel.workbook import Sheet, as_xlsx

_CLASSES, _MATERIALS = "分类与期限", "材料清单"
# What stands over the columns, and by which they are known again.
_HEADS = {name: say(f"row_field_{name}") for name in TEXTS} | {
    "name": "材料名称",
    "is_required": "必须收集",
    "is_original": "原件",
    "is_scan_required": "必扫",
    "is_paper_kept": "保存实体",
    "is_verified": "期限已核实",
}
_NAMES = {head: name for name, head in _HEADS.items()}
_YES, _NO = "是", "否"
_SAID = {True: _YES, False: _NO}
_MOST_ROWS, _MOST_BYTES, _LONGEST = 5000, 5 * 1024 * 1024, 400


def export(rows: list[Row]) -> bytes:
    classes = [[*(row[name] for name in TEXTS), _SAID[row["is_verified"]]] for row in rows]
    materials = [
        [row["code"], one["name"], *(_SAID[one[flag]] for flag in FLAGS)] for row in rows for one in row["materials"]
    ]
    return as_xlsx(
        Sheet(_CLASSES, _heads(*TEXTS, "is_verified"), classes),
        Sheet(_MATERIALS, _heads("code", "name", *FLAGS), materials),
    )


def _heads(*names: str) -> list[str]:
    return [_HEADS[name] for name in names]


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
    names = [_NAMES.get(str(head or ""), str(head or "")) for head in next(lines)]
    found = [{name: _text(cell) for name, cell in zip(names, line, strict=False)} for line in lines]
    return [one for one in found if one.get("code")]


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("'")[:_LONGEST]
