"""The contract of an import: these columns and no other, each cell of one form, and nothing that takes a word.

A file is CSV, XLSX or JSON (a list of objects). Each row is entered as if by hand and waits for a second person. Cells
are never repeated in what is answered: whoever puts words there would read them in a log.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yidang.credit.asking import Ruling, enter_deduction, enter_measure
from yidang.credit.models import Profession, Responsibility, Series
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import DomainError, Invalid

MOST_ROWS = 2000
_PROVIDER = r"[HP]\d{11}"
_DAY = r"\d{4}-\d{2}-\d{2}"
# Column → the only form its cells have. Blank where a row is of the other kind.
COLUMNS: Mapping[str, str] = {
    "code": r"([A-Z]\d{12})?",
    "id_number": r"(\d{17}[\dX]|\d{15})?",
    "profession": f"({'|'.join(Profession.values)})?",
    "provider": f"({_PROVIDER})?",
    "issuer": r"\d{6}",
    "series": "|".join(Series.values),
    "year": r"20\d{2}",
    "serial": r"\d{1,5}",
    "against": f"({_PROVIDER})?",
    "effective_on": _DAY,
    "behaviour": r"A\d{2}(-\d{1,2})?",
    "responsibility": f"({'|'.join(Responsibility.values)})?",
    "months": r"\d{0,2}",
}


@dataclass(frozen=True, slots=True)
class Taken:
    received: int
    entered: int
    refused: Sequence[tuple[int, DomainError]]


def read(name: str, data: bytes) -> list[dict[str, str]]:
    """One bad cell and nothing of the file is taken.

    Raises Invalid `credit_file`, `credit_columns`, `credit_row_cells`, `credit_cell`.
    """
    try:
        head, rows = _table(name.lower(), data)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, csv.Error):
        raise Invalid("credit_file", most=MOST_ROWS) from None
    if len(rows) > MOST_ROWS:
        raise Invalid("credit_file", most=MOST_ROWS)
    if set(head) != set(COLUMNS) or len(head) != len(COLUMNS):
        raise Invalid("credit_columns", columns=len(set(head) ^ set(COLUMNS)) or len(head))
    return [_row(number, row) for number, row in enumerate(rows, start=1)]


def take(*, grant: Grant, name: str, data: bytes) -> Taken:
    """Raises as `read`; rows that do not fit the archive are told one by one, the rest is entered."""
    grant.require(Permission.SCORE_CREDIT)
    rows, refused = read(name, data), []
    for number, row in enumerate(rows, start=1):
        try:
            _enter(grant, row)
        except DomainError as problem:
            refused.append((number, problem))
    return Taken(len(rows), len(rows) - len(refused), refused)


def _enter(grant: Grant, row: Mapping[str, str]) -> None:
    ruling = Ruling(
        row["issuer"],
        row["series"],
        int(row["year"]),
        int(row["serial"]),
        date.fromisoformat(row["effective_on"]),
        row["against"],
    )
    months = int(row["months"] or 0)
    if row["series"] == Series.PERSON:
        enter_measure(grant=grant, ruling=ruling, id_number=row["id_number"], behaviour=row["behaviour"], months=months)
        return
    enter_deduction(
        grant=grant,
        ruling=ruling,
        code=row["code"],
        profession=row["profession"],
        provider=row["provider"],
        behaviour=row["behaviour"],
        responsibility=row["responsibility"],
        months=months,
    )


def _row(number: int, row: Mapping[str, Any]) -> dict[str, str]:
    found = {column: str(row[column] or "").strip() for column in COLUMNS}
    for column, form in COLUMNS.items():
        if not re.fullmatch(form, found[column], re.ASCII):
            raise Invalid("credit_cell", row=number, column=column)
    try:
        date.fromisoformat(found["effective_on"])
    except ValueError:
        raise Invalid("credit_cell", row=number, column="effective_on") from None
    return found


def _table(name: str, data: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    if name.endswith(".json"):
        rows = json.loads(data)
        heads = {tuple(sorted(row)) for row in rows}
        (keys,) = heads or {tuple(sorted(COLUMNS))}
        return list(keys), rows
    lines = _sheet(data) if name.endswith(".xlsx") else list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    head, *body = lines
    return head, [_under(head, number, line) for number, line in enumerate(filter(any, body), start=1)]


def _under(head: list[str], number: int, line: list[str]) -> dict[str, Any]:
    """Raises Invalid `credit_row_cells`: what stands under no heading is not passed over."""
    if len(line) < len(head) or any(line[len(head) :]):
        raise Invalid("credit_row_cells", row=number)
    return dict(zip(head, line, strict=False))


def _sheet(data: bytes) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError):
        raise ValueError(data[:0]) from None
    sheet = book.worksheets[0]
    lines = [[_cell(cell) for cell in line] for line in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)]
    width = len([cell for cell in lines[0] if cell]) if lines else 0
    return [lines[0][:width], *lines[1:]] if lines else []


def _cell(cell: object) -> str:
    return cell.isoformat()[:10] if hasattr(cell, "isoformat") else "" if cell is None else str(cell)
