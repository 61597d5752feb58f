"""Drafts split and joined by hand, and their pages put in order: what a scanned stack needs before it is filed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from yidang.holdings import numbering, paging
from yidang.holdings.columns import described_columns, page_total
from yidang.holdings.description import Description
from yidang.holdings.models import Item, ItemFile, ItemState, Page
from yidang.holdings.operations.drafting import lock_draft, set_reading
from yidang.holdings.reading import decode_page, turn
from yidang.holdings.sealing import open_description, open_note, open_reading, seal_description, seal_note
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append

_ASIDE = 1_000_000


@transaction.atomic
def split_item(grant: Grant, *, item_id: UUID, starts: Sequence[int]) -> list[Item]:
    """Cuts a draft before each page number in `starts`; answers the pieces in page order, the first being the draft.

    Each piece keeps its pages, their readings and the fields read from them. A file whose pages fall into several
    pieces is kept whole with each, as it was received.

    Raises:
        Conflict: `item_not_draft`. Invalid: `split_wrong` unless 1 < starts ≤ pages, rising.
    """
    grant.require(Permission.CONFIRM)
    item = lock_draft(item_id)
    pages = list(Page.objects.filter(item=item).select_related("file"))
    cuts = [1, *starts, len(pages) + 1]
    if not starts or any(later <= earlier for earlier, later in pairwise(cuts)):
        raise Invalid("split_wrong", pages=len(pages))
    ranges = list(pairwise(cuts))
    description = open_description(item.pk, item.description)
    pieces = [_piece(item, pages[start - 1 : end - 1]) for start, end in ranges[1:]]
    for piece, (start, end) in zip([item, *pieces], ranges, strict=True):
        _settle(piece, _part(description, start, end))
    append(
        action="item.split",
        actor=grant.actor,
        subject=item.pk,
        facts={"into": [str(piece.pk) for piece in pieces], "pages": len(pages)},
    )
    return [item, *pieces]


def _piece(item: Item, pages: Sequence[Page]) -> Item:
    (number,) = numbering.working_numbers(1)
    piece = Item(
        id=uuid4(),
        working_number=number,
        series_id=item.series_id,
        volume_id=item.volume_id,
        volume_position=item.volume_position,
        year=item.year,
        term=item.term,
        document_type=item.document_type,
        confidence=item.confidence,
        accession=item.accession,
        created_at=clock.now(),
        state=item.state,
    )
    piece.description = seal_description(piece.pk, Description())
    piece.save(force_insert=True)
    _take_pages(piece, pages)
    return piece


def _part(description: Description, start: int, end: int) -> Description:
    """The fields that were read on these pages, and those of no page, with pages counted anew."""
    kept = {
        key: replace(field, page=field.page - start + 1) if field.page else field
        for key, field in description.fields.items()
        if field.page is None or start <= field.page < end
    }
    return Description(kept)


@transaction.atomic
def join_items(grant: Grant, *, item_ids: Sequence[UUID]) -> Item:
    """Makes one draft of several, pages in the order given.

    The first keeps its identity and its fields; a field it lacks comes from the next that has it.

    Raises:
        Conflict: `item_not_draft`, `item_of_other_series`. Invalid: `join_wrong` for fewer than two.
    """
    grant.require(Permission.CONFIRM)
    ids = list(dict.fromkeys(item_ids))
    locked = {pk: lock_draft(pk) for pk in sorted(ids)}
    if len(ids) == 1 or not ids:
        raise Invalid("join_wrong")
    first, *others = (locked[pk] for pk in ids)
    for other in others:
        if (other.series_id, other.year) != (first.series_id, first.year):
            raise Conflict("item_of_other_series", item=other.working_number)
    description = open_description(first.pk, first.description)
    for other in others:
        offset = Page.objects.filter(item=first).count()
        description = _joined(description, open_description(other.pk, other.description), offset)
        _take_pages(first, list(Page.objects.filter(item=other).select_related("file")))
        other.delete()
    if any(other.state == ItemState.READING for other in others):
        first.state = ItemState.READING
    _settle(first, description)
    append(
        action="item.joined",
        actor=grant.actor,
        subject=first.pk,
        facts={"from": [str(pk) for pk in ids[1:]], "pages": first.page_count},
    )
    return first


def _joined(description: Description, other: Description, offset: int) -> Description:
    moved = {
        key: replace(field, page=field.page + offset) if field.page else field
        for key, field in other.fields.items()
        if key not in description.fields
    }
    return description.with_fields(moved)


def _take_pages(item: Item, pages: Sequence[Page]) -> None:
    """Pages of another draft become the last of this one; their files come along, each once."""
    number = Page.objects.filter(item=item).count()
    files = {file.locator: file for file in ItemFile.objects.filter(item=item)}
    for page in pages:
        number += 1
        locator = page.file.locator
        if locator not in files:
            files[locator] = _copy_file(item, page.file, len(files) + 1)
        page.item, page.file, page.number = item, files[locator], number
        page.save(update_fields=["item", "file", "number"])


def _copy_file(item: Item, file: ItemFile, ordinal: int) -> ItemFile:
    note = open_note(file.item_id, file.ordinal, file.note)
    return ItemFile.objects.create(
        item=item,
        ordinal=ordinal,
        locator=file.locator,
        puid=file.puid,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        note=seal_note(item.pk, ordinal, name=note["name"], sm3=bytes.fromhex(note["sm3"])),
    )


def _settle(item: Item, description: Description) -> None:
    """Counts pages and files anew after a cut or a join."""
    pages = list(Page.objects.filter(item=item))
    for file in ItemFile.objects.filter(item=item):
        file.page_count = sum(page.file_id == file.pk for page in pages)
        if file.page_count or not pages:
            file.save(update_fields=["page_count"])
        else:
            file.delete()
    _close_ranks(item)
    item.page_count = page_total(description, len(pages))
    item.has_seal = any(page.has_seal for page in pages)
    item.description = seal_description(item.pk, description)
    for name, value in described_columns(description).items():
        setattr(item, name, value)
    item.save()


def _close_ranks(item: Item) -> None:
    for ordinal, file in enumerate(ItemFile.objects.filter(item=item), start=1):
        if file.ordinal != ordinal:
            note = open_note(item.pk, file.ordinal, file.note)
            file.note = seal_note(item.pk, ordinal, name=note["name"], sm3=bytes.fromhex(note["sm3"]))
            file.ordinal = ordinal
            file.save(update_fields=["ordinal", "note"])


@transaction.atomic
def arrange_draft_pages(grant: Grant, *, item_id: UUID, order: Sequence[UUID], turns: Mapping[UUID, int]) -> Item:
    """Puts a draft's pages in another order and turns them clockwise by right angles.

    Raises:
        Conflict: `item_not_draft`. Invalid: `page_order_wrong`, `turn_wrong`.
    """
    grant.require(Permission.CONFIRM)
    item = lock_draft(item_id)
    pages = {page.pk: page for page in Page.objects.filter(item=item)}
    paging.check_arrangement(list(pages), order, turns)
    Page.objects.filter(item=item).update(number=F("number") + _ASIDE)
    for number, pk in enumerate(order, start=1):
        page = pages[pk]
        page.number = number
        _turn(page, turns.get(pk, 0))
        page.save()
    return item


def _turn(page: Page, degrees: int) -> None:
    page.rotation = (page.rotation + degrees) % 360
    page.width, page.height = paging.swapped(page.width, page.height, degrees)
    if page.reading and degrees:
        set_reading(page, turn(decode_page(open_reading(page.pk, page.reading)), degrees))
