"""Reads. Whatever a person is shown of an item came through `visible_items`."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID

from yidang.holdings import commitments, differences, stored
from yidang.holdings.changes import Changed, changes_since
from yidang.holdings.commitments import PageProof
from yidang.holdings.description import Description
from yidang.holdings.differences import FieldChange, VersionDiff
from yidang.holdings.models import Alias, Item, ItemFile, ItemVersion, Page, Tombstone
from yidang.holdings.reading import PageReading, decode_page
from yidang.holdings.sealing import open_description, open_note, open_reading, open_reason
from yidang.holdings.tree import (
    CategoryNode,
    FondsNode,
    SeriesEntry,
    SeriesNode,
    YearCount,
    series_list,
    tree,
)
from yidang.holdings.veil import Veil, masked, veil_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.kernel import reference_code
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import NotFound

__all__ = [
    "CategoryNode",
    "Changed",
    "FondsNode",
    "SeriesEntry",
    "SeriesNode",
    "VersionEntry",
    "YearCount",
    "changes_since",
    "description",
    "file_name",
    "find_by_digest",
    "former_codes",
    "get_item",
    "page_proof",
    "page_reading",
    "page_readings",
    "series_list",
    "shown_pages",
    "tree",
    "version_description",
    "version_diff",
    "versions",
    "visible_items",
]


def get_item(grant: Grant, code_or_id: str | UUID) -> Item:
    """By id, 档号 in any spelling, former 档号, or working number.

    Raises:
        NotFound: `item_not_found`; the same for what is not there and what the asker may not know of. `item_destroyed`
            to who sees everything.
    """
    visible = visible_items(grant).select_related("series", "volume")
    for key in _keys(code_or_id):
        if item := visible.filter(**key).first():
            return item
    raise _not_there(grant, code_or_id)


def _not_there(grant: Grant, asked: str | UUID) -> NotFound:
    """Who sees everything is told what was destroyed; to everybody else it is not there."""
    sees_all = grant.allows(Permission.VIEW_RECORDS) and any(reach.is_everything for reach in grant.reaches)
    stones = (Tombstone.objects.filter(**key).first() for key in _stone_keys(asked)) if sees_all else ()
    stone = next(filter(None, stones), None)
    if stone is None:
        return NotFound("item_not_found", item=str(asked)[:120])
    on = f"{stone.destroyed_at.astimezone(CHINA):%Y-%m-%d}"
    return NotFound("item_destroyed", item=stone.reference_code, list=stone.list_number, on=on)


def _stone_keys(asked: str | UUID) -> Iterator[dict[str, Any]]:
    return (key for key in _keys(asked) if isinstance(key.get("pk"), UUID) or "reference_code" in key)


def _keys(asked: str | UUID) -> Iterator[dict[str, Any]]:
    """What the asker may have meant, the most exact first: legacy codes are kept verbatim."""
    if isinstance(asked, UUID):
        yield {"pk": asked}
        return
    if "\0" in asked:  # which PostgreSQL refuses to look up
        return
    with suppress(ValueError):
        yield {"pk": UUID(asked)}
    for code in dict.fromkeys((asked, asked.strip(), reference_code.completed(asked))):
        yield {"reference_code": code}
        yield {"pk__in": Alias.objects.filter(reference_code=code).values("item")}
        yield {"working_number": code}


def codes_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Numbers alone, asked for by the house: whoever watches the use has no record in reach."""
    with acting(SYSTEM):
        rows = Item.objects.filter(pk__in=list(ids)).values_list("pk", "reference_code", "working_number")
        return {pk: code or number for pk, code, number in rows}


def description(item: Item) -> Description:
    return open_description(item.id, item.description)


def shown_pages(item: Item) -> int:
    """How many pages there are to see: a record kept on paper only counts its sheets and shows none."""
    return 0 if item.is_paper_only else item.page_count


def former_codes(item: Item) -> list[str]:
    """Under which it was filed before it was moved, the oldest first."""
    return list(Alias.objects.filter(item=item).order_by("since").values_list("reference_code", flat=True))


def page_reading(item: Item, number: int) -> PageReading:
    """An unread page reads as empty.

    Raises:
        NotFound: `page_not_found`.
    """
    page = Page.objects.filter(item=item, number=number).first()
    if page is None:
        raise NotFound("page_not_found", number=number)
    if page.reading is not None:
        return decode_page(open_reading(page.id, page.reading))
    return stored.page_reading(item.id, number) if page.is_read and item.version else PageReading()


def page_readings(item: Item) -> list[PageReading]:
    """All pages in order; a filed item's come from one pass over its text file."""
    if item.version:
        return stored.page_readings(item.id)
    pages = Page.objects.filter(item=item).only("id", "reading", "is_read")
    return [decode_page(open_reading(page.id, page.reading)) if page.reading else PageReading() for page in pages]


def find_by_digest(digests: Iterable[bytes]) -> dict[bytes, Item]:
    """content_digest → the first item that holds those bytes; what intake recognises duplicates by."""
    rows = ItemFile.objects.filter(digest__in=list(digests)).select_related("item").order_by("-item__created_at")
    return {bytes(row.digest): row.item for row in rows}


@dataclass(frozen=True)
class VersionEntry:
    """One line of an item's history; `ledger_entry` leads to its proof."""

    number: int
    at: datetime
    actor: str
    kind: str
    reason: str
    ledger_entry: UUID


def versions(item: Item) -> list[VersionEntry]:
    """Oldest first."""
    return [
        VersionEntry(
            row.number, row.at, row.actor, row.kind, open_reason(item.pk, row.number, row.reason), row.ledger_entry
        )
        for row in ItemVersion.objects.filter(item=item).order_by("number")
    ]


def version_description(item: Item, number: int) -> Description:
    return stored.dossier(item.pk, _existing(item, number)).description


def version_diff(grant: Grant, item: Item, a: int, b: int) -> VersionDiff:
    """From version `a` to version `b`, read from the store, with private words covered.

    Raises:
        NotFound: `item_not_found`, `version_not_found`.
    """
    seen = get_item(grant, item.pk)
    before, after = (stored.dossier(seen.pk, _existing(seen, number)) for number in (a, b))
    texts = ([page.text() for page in stored.page_readings(seen.pk, number)] for number in (a, b))
    veils = [veil_of(grant, seen, one.description) for one in (before, after)]
    return VersionDiff(
        before=a,
        after=b,
        fields=[_covered(change, veils) for change in differences.field_changes(before, after)],
        pages=differences.page_changes(before, after, *texts),
    )


def _covered(change: FieldChange, veils: Sequence[Veil]) -> FieldChange:
    """What one version called a person is covered in the other's words too."""

    def cover(text: str) -> str:
        return reduce(lambda shown, veil: masked(change.key, shown, veil), veils, text)

    return change.covered(cover)


def _existing(item: Item, number: int) -> int:
    if not 1 <= number <= item.version:
        raise NotFound("version_not_found", number=number)
    return number


def page_proof(grant: Grant, item: Item, number: int) -> PageProof:
    """What shows that the head version's ledger entry commits to this page, without showing the others.

    Raises:
        NotFound: `item_not_found`, `page_not_found`.
    """
    seen = get_item(grant, item.pk)
    blobs = stored.page_blobs(seen.pk)
    if not 1 <= number <= len(blobs):
        raise NotFound("page_not_found", number=number)
    salt = bytes.fromhex(stored.provenance(seen.pk).versions[-1].salt)
    return commitments.prove_page(salt, stored.dossier(seen.pk), blobs, number)


def file_name(item: Item, ordinal: int) -> str:
    """The original file's name as received; blank when none was given.

    Raises:
        NotFound: `original_not_found`.
    """
    file = ItemFile.objects.filter(item=item, ordinal=ordinal).first()
    if file is None:
        raise NotFound("original_not_found", ordinal=ordinal)
    if file.note:
        return open_note(item.pk, ordinal, file.note)["name"]
    return stored.dossier(item.pk).files[ordinal - 1].name
