"""Items before they are filed: made in bulk by intake, read page by page, described, split and joined."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.db import transaction

from yidang.holdings import numbering
from yidang.holdings.changes import note_changes
from yidang.holdings.columns import described_columns, page_total
from yidang.holdings.description import Description
from yidang.holdings.drafts import Draft, PageProperties
from yidang.holdings.models import Item, ItemFile, ItemState, Page, Series
from yidang.holdings.reading import PageReading, encode_page
from yidang.holdings.scheme_versions import Terms
from yidang.holdings.sealing import seal_description, seal_note, seal_reading
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append

DRAFT_STATES = (ItemState.READING, ItemState.WAITING)
_BATCH = 1000


@transaction.atomic
def create_drafts(grant: Grant, drafts: Sequence[Draft]) -> list[Item]:
    """One item for each draft, in the same order, in state `reading`.

    Raises:
        NotFound: `series_not_found`. Invalid: `series_is_branch`, `state_secret_refused`.
    """
    grant.require(Permission.INGEST)
    series = _series_of(drafts)
    numbers = numbering.working_numbers(len(drafts))
    terms = Terms()
    items = [_item(draft, series[draft.series], number, terms) for draft, number in zip(drafts, numbers, strict=True)]
    Item.objects.bulk_create(items, batch_size=_BATCH)
    files = [file for draft, item in zip(drafts, items, strict=True) for file in _files(draft, item)]
    ItemFile.objects.bulk_create(files, batch_size=_BATCH)
    Page.objects.bulk_create(list(_pages(drafts, files)), batch_size=_BATCH)
    note_changes([item.pk for item in items])
    return items


def _series_of(drafts: Sequence[Draft]) -> dict[str, Series]:
    codes = {draft.series for draft in drafts}
    found = {row.code: row for row in Series.objects.filter(code__in=codes).select_related("retention_rule")}
    for code in codes - found.keys():
        raise NotFound("series_not_found", series=code)
    return found


def _item(draft: Draft, series: Series, number: str, terms: Terms) -> Item:
    pages = [page for file in draft.files for page in file.pages]
    return Item(
        id=draft.id,
        working_number=number,
        is_paper_only=draft.is_paper_only,
        series=series,
        volume_id=draft.volume,
        year=draft.year,
        term=terms.of(series, draft.year, draft.description.formed_on),
        document_type=draft.document_type,
        page_count=page_total(draft.description, len(pages)),
        has_seal=any(page.properties.has_seal for page in pages),
        confidence=draft.confidence,
        description=seal_description(draft.id, draft.description),
        accession=draft.accession,
        created_at=clock.now(),
        **described_columns(draft.description),
    )


def _files(draft: Draft, item: Item) -> Iterator[ItemFile]:
    for ordinal, file in enumerate(draft.files, start=1):
        yield ItemFile(
            item=item,
            ordinal=ordinal,
            locator=file.locator,
            puid=file.puid,
            media_type=file.media_type,
            size=file.size,
            page_count=len(file.pages),
            digest=file.digest,
            note=seal_note(item.id, ordinal, name=file.name, sm3=file.sm3),
        )


def _pages(drafts: Sequence[Draft], files: Sequence[ItemFile]) -> Iterator[Page]:
    described = (file for draft in drafts for file in draft.files)
    pairs = zip(files, described, strict=True)
    for _, same_item in groupby(pairs, key=lambda pair: pair[0].item_id):
        number = 0
        for row, file in same_item:
            for draft_page in file.pages:
                number += 1
                page = Page(item_id=row.item_id, number=number, file=row, index_in_file=draft_page.index_in_file)
                set_properties(page, draft_page.properties)
                if draft_page.reading is not None:
                    set_reading(page, draft_page.reading)
                yield page


def set_properties(page: Page, properties: PageProperties) -> None:
    for name, value in vars(properties).items():
        setattr(page, name, value)


def set_reading(page: Page, reading: PageReading) -> None:
    page.is_read = True
    page.reading = seal_reading(page.id, encode_page(reading))


@transaction.atomic
def save_reading(*, page_id: UUID, reading: PageReading, properties: PageProperties) -> bool:
    """Keeps what was read on a draft's page; true when no page of the item is left unread.

    Raises:
        NotFound: `page_not_found`. Conflict: `item_not_draft`.
    """
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise NotFound("page_not_found")
    item = lock_draft(page.item_id)  # so that of two last pages read at once, the second sees the first
    set_properties(page, properties)
    set_reading(page, reading)
    page.save()
    if properties.has_seal and not item.has_seal:
        Item.objects.filter(pk=item.pk).update(has_seal=True)
    note_changes([item.pk])
    return not Page.objects.filter(item=item, is_read=False).exists()


def lock_draft(item_id: UUID) -> Item:
    item = Item.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise NotFound("item_not_found")
    if item.state not in DRAFT_STATES:
        raise Conflict("item_not_draft", item=item.working_number)
    return item


@transaction.atomic
def describe(
    *,
    item_id: UUID,
    description: Description,
    by: str,
    document_type: str | None = None,
    confidence: float | None = None,
    state: ItemState | None = None,
) -> Item:
    """Replaces the description of a draft. `by` is an actor as the ledger names it; a person leaves a ledger row."""
    item = lock_draft(item_id)
    item.description = seal_description(item.id, description)
    item.page_count = page_total(description, item.pages.count())
    item.document_type = item.document_type if document_type is None else document_type
    item.confidence = item.confidence if confidence is None else confidence
    item.state = state or item.state
    for name, value in described_columns(description).items():
        setattr(item, name, value)
    item.save()
    if not by.startswith("system:"):
        append(
            action="item.described",
            actor=by,
            subject=item.id,
            facts={"working_number": item.working_number},
            private=description.to_json(),
        )
    note_changes([item.pk])
    return item


@transaction.atomic
def await_confirmation(item_ids: Sequence[UUID]) -> None:
    """These drafts wait for a person."""
    Item.objects.filter(pk__in=item_ids, state=ItemState.READING).update(state=ItemState.WAITING)
    note_changes(item_ids)


@transaction.atomic
def discard_drafts(grant: Grant, item_ids: Sequence[UUID]) -> None:
    """Forgets drafts, a duplicate's say. The staged bytes are the caller's to delete.

    Raises:
        Conflict: `item_not_draft`; what has a 档号 is never just deleted.
    """
    grant.require(Permission.INGEST)
    items = list(Item.objects.select_for_update().filter(pk__in=item_ids))
    for item in items:
        if item.state not in DRAFT_STATES or item.reference_code:
            raise Conflict("item_not_draft", item=item.working_number)
    Item.objects.filter(pk__in=[item.pk for item in items]).delete()
    note_changes([item.pk for item in items])
