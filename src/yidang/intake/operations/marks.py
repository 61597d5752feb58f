"""Separator sheets 分隔页 and item barcodes: where one record of a scanned stack ends and the next begins.

A code `YIDANG:NEXT` stands on a sheet of its own that is no page of a record, unless it says more than a sheet does.
A code `YIDANG:ITEM:<anything>` stands on a record's first page, which stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from yidang.crypto.fields import open_field, seal_field
from yidang.holdings.models import Item, Page
from yidang.intake.models import PageMark
from yidang.intake.reading.facts import Barcode

NEXT, ITEM = "YIDANG:NEXT", "YIDANG:ITEM:"
LONGEST_SHEET_TEXT = 120  # a separator sheet says little more than what it is


@dataclass(frozen=True)
class Mark:
    """`number`: 1-based place of the page in its item."""

    page: int
    is_separator: bool
    value: str


def note(page: Page, barcodes: Sequence[Barcode], *, is_bare: bool) -> None:
    """Remembers a page that begins a record."""
    value = next((code.value.strip() for code in barcodes if is_mark(code.value.strip())), None)
    if value is None or page.item.accession is None:
        return
    sealed = seal_field(value.encode(), table="page_mark", row=str(page.pk), field="value")
    PageMark.objects.update_or_create(
        page=page.pk,
        defaults={"accession_id": page.item.accession, "is_separator": value == NEXT and is_bare, "value": sealed},
    )


def is_mark(value: str) -> bool:
    return value == NEXT or value.startswith(ITEM)


def cuts(pages: int, marks: Sequence[Mark]) -> list[list[int]]:
    """The pages of each record, separator sheets left out."""
    starts = {mark.page for mark in marks}
    sheets = {mark.page for mark in marks if mark.is_separator}
    records: list[list[int]] = [[]]
    for page in range(1, pages + 1):
        if page in starts:
            records.append([])
        if page not in sheets:
            records[-1].append(page)
    return [record for record in records if record]


def marks_of(item: Item) -> list[Mark]:
    pages = dict(item.pages.values_list("pk", "number"))
    found = PageMark.objects.filter(page__in=pages)
    return [Mark(pages[row.page], row.is_separator, _value(row)) for row in found]


def _value(row: PageMark) -> str:
    return open_field(bytes(row.value), table="page_mark", row=str(row.page), field="value").decode()


def part(item: Item) -> list[Item]:
    """The item, or the items it falls into at its marks. Inside the caller's transaction."""
    marks = marks_of(item)
    if not marks:
        return [item]
    from yidang.intake.operations.parting import part_at

    return part_at(item, cuts(item.pages.count(), marks))
