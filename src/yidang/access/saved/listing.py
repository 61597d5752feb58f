"""A list of chosen records to take along: what the search shows of each, names covered as they are there."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from yidang.holdings.models import Item
from yidang.holdings.queries import description
from yidang.holdings.veil import veil_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST = 2000
_FORMULA = frozenset("=+-@\t\r")
Row = Sequence[str]


@transaction.atomic
def list_of(grant: Grant, items: Sequence[UUID], form: str) -> tuple[list[Item], list[str]]:
    """The records that the asker may see, in the order chosen, and their titles as the asker may see them.

    Raises:
        Invalid: `list_empty`, `list_form_unknown`.
    """
    grant.require(Permission.DOWNLOAD)
    if form not in FORMS:
        raise Invalid("list_form_unknown", form=form)
    known = visible_items(grant).select_related("series").in_bulk(list(dict.fromkeys(items))[:MOST])
    chosen = [known[one] for one in dict.fromkeys(items) if one in known]
    if not chosen:
        raise Invalid("list_empty")
    titles = [_title(grant, item) for item in chosen]
    facts = {"format": form, "records": len(chosen)}
    append(action="list.exported", actor=grant.actor, facts=facts, private={"items": [str(one.pk) for one in chosen]})
    return chosen, titles


def _title(grant: Grant, item: Item) -> str:
    described = description(item)
    return veil_of(grant, item, described).over(described.title)


def as_csv(head: Row, rows: Sequence[Row]) -> bytes:
    """With a byte-order mark, by which a spreadsheet knows UTF-8; no cell is taken for a formula."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerows([head, *(map(_harmless, row) for row in rows)])
    return sink.getvalue().encode("utf-8-sig")


def as_xlsx(head: Row, rows: Sequence[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (head, *rows):
        sheet.append(list(_cells(sheet, row)))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _cells(sheet: Any, row: Row) -> Iterator[Any]:
    for text in row:
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"  # a title that begins with "=" is a title
        yield cell


def _harmless(text: str) -> str:
    return "'" + text if text[:1] in _FORMULA else text
