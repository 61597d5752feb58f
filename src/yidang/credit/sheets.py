"""Lists as XLSX."""

import io
from collections.abc import Sequence


def as_xlsx(head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
