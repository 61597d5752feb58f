"""Tables as XLSX: what is text stays text, headings stand still, columns are as wide as what is in them."""

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN = str.maketrans({"[": "（", "]": "）", **dict.fromkeys("/\\", "、"), **dict.fromkeys(":*?", " ")})
_LONGEST_TITLE = 31
_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT = 500  # rows by which the width of a column is judged
_CONTROL = dict.fromkeys(n for n in range(32) if chr(n) not in "\t\n\r")  # no XML can hold them


@dataclass(frozen=True)
class Sheet:
    """`above`: a line over the headings. Cells are texts, numbers, dates or None; anything else is said as text."""

    title: str
    head: Sequence[object]
    rows: Iterable[Sequence[object]]
    above: str = ""


def as_xlsx(*sheets: Sheet) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet_title(sheet.title)), sheet)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def sheet_title(text: str) -> str:
    """As a workbook allows it; blank where there is none."""
    return text.translate(_FORBIDDEN).strip("'")[:_LONGEST_TITLE] or "1"


def _write(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows = [[_plain(cell) for cell in row] for row in sheet.rows]
    head = [str(cell) for cell in sheet.head]
    for number, width in enumerate(_widths([head, *rows[:_LOOKED_AT]]), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{3 if sheet.above else 2}"
    if sheet.above:
        page.append(_cells(page, [sheet.above]))
    page.append(_cells(page, head, font=Font(bold=True)))
    for row in rows:
        page.append(_cells(page, row))


def _plain(cell: object) -> str | int | float | date | None:
    if cell is None or isinstance(cell, bool | int | float | date):
        return cell
    return str(cell).translate(_CONTROL)


def _cells(page: Any, row: Sequence[Any], **style: Any) -> list[Any]:
    return list(_styled(page, row, style))


def _styled(page: Any, row: Sequence[Any], style: dict[str, Any]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        cell = WriteOnlyCell(page, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with "=" is a text, and stays one when somebody edits it
            cell.quotePrefix = value[:1] in "=+-@" and bool(value)
        for name, wanted in style.items():
            setattr(cell, name, wanted)
        yield cell


def _widths(rows: Sequence[Sequence[object]]) -> Iterator[int]:
    columns = max((len(row) for row in rows), default=0)
    for place in range(columns):
        widest = max(_width(row[place]) for row in rows if len(row) > place)
        yield min(max(widest + 2, _NARROWEST), _WIDEST)


def _width(cell: object) -> int:
    """In columns of a terminal: a Chinese character takes two."""
    text = "" if cell is None else str(cell)
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text.partition("\n")[0])
