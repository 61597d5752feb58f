"""Records for the checks, a few queries for each batch and none for each item."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F

from yidang.checks.records import FileFacts, PageFacts, Record
from yidang.holdings.models import Item, ItemFile, Page
from yidang.holdings.sealing import open_description

BATCH = 500
_FILE = ("item", "ordinal", "locator", "media_type", "size", "page_count", "digest")
_PAGE = ("item", "number", "file__ordinal", "index_in_file", "is_read", "dpi", "skew", "text_origin")


def records_of(items: Sequence[UUID]) -> Iterator[Record]:
    for start in range(0, len(items), BATCH):
        yield from _batch(items[start : start + BATCH])


def _batch(items: Sequence[UUID]) -> Iterator[Record]:
    files, pages = _files(items), _pages(items)
    found = Item.objects.filter(pk__in=items).annotate(fonds=F("series__fonds_id"))
    for item in found.order_by("working_number"):
        yield _record(item, files[item.pk], pages[item.pk])


def _rows(model: Any, items: Sequence[UUID], order: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    yield from model.objects.filter(item__in=items).order_by(order).values_list(*columns)


def _files(items: Sequence[UUID]) -> dict[UUID, list[FileFacts]]:
    found: dict[UUID, list[FileFacts]] = defaultdict(list)
    for item, ordinal, locator, media_type, size, count, digest in _rows(ItemFile, items, "ordinal", _FILE):
        found[item].append(FileFacts(ordinal, locator, media_type, size, count, bytes(digest)))
    return found


def _pages(items: Sequence[UUID]) -> dict[UUID, list[PageFacts]]:
    found: dict[UUID, list[PageFacts]] = defaultdict(list)
    for item, number, file, index, is_read, dpi, skew, origin in _rows(Page, items, "number", _PAGE):
        is_born = origin == Page.TextOrigin.BORN_DIGITAL
        found[item].append(PageFacts(number, file, index, is_read, dpi, skew, is_born))
    return found


def _record(item: Any, files: Sequence[FileFacts], pages: Sequence[PageFacts]) -> Record:
    described = open_description(item.pk, item.description)
    return Record(
        id=item.pk,
        name=item.reference_code or item.working_number,
        reference_code=item.reference_code or "",
        is_legacy_code=item.is_legacy_code,
        is_paper_only=item.is_paper_only,
        is_filed=item.version > 0,
        series=item.series_id,
        fonds=item.fonds,
        year=item.year,
        term=item.term,
        formed_on=item.formed_on,
        document_type=item.document_type,
        security_class=item.security_class,
        page_count=item.page_count,
        version=item.version,
        filed_by=item.filed_by,
        fields={key: one.value for key, one in described.fields.items()},
        files=files,
        pages=pages,
    )


def items_of(accession: UUID) -> list[UUID]:
    return list(Item.objects.filter(accession=accession).order_by("working_number").values_list("pk", flat=True))


def duplicated(items: Sequence[UUID]) -> dict[UUID, str]:
    """Item → the 档号 of another that holds the very same single file; a group's common page is no repetition."""
    alone = Item.objects.filter(pk__in=items).annotate(n=Count("files")).filter(n=1).values_list("pk", flat=True)
    digests = dict(ItemFile.objects.filter(item__in=list(alone)).values_list("digest", "item"))
    others = ItemFile.objects.filter(digest__in=list(digests)).select_related("item")
    same = {bytes(digest): item for digest, item in digests.items()}
    return {
        same[bytes(one.digest)]: one.item.reference_code or one.item.working_number
        for one in others
        if one.item_id != same[bytes(one.digest)] and one.item.files.count() == 1
    }
