"""Drafts cut and joined, with the received files following their pages."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings.models import Item, ItemFile, ItemState
from yidang.holdings.operations import discard_drafts, join_items, split_item
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.intake.models import CatalogueRow, FileOutcome, ReceivedFile

GRANT = system_grant("intake")
OPEN = (FileOutcome.READING, FileOutcome.WAITING)


@transaction.atomic
def split(*, grant: Grant, item_id: UUID, starts: Sequence[int]) -> list[Item]:
    """A person cuts a draft before each page in `starts`; every piece waits at the confirm desk.

    Raises what `holdings.operations.split_item` raises.
    """
    from yidang.intake.operations.pages import describe_item

    pieces = split_item(grant, item_id=item_id, starts=starts)
    _follow(pieces)
    for piece in pieces:
        if not piece.pages.filter(is_read=False).exists():
            describe_item(piece)
    return pieces


@transaction.atomic
def join(*, grant: Grant, item_ids: Sequence[UUID]) -> Item:
    """A person makes one draft of several; the first keeps its fields.

    Raises what `holdings.operations.join_items` raises.
    """
    grant.require(Permission.CONFIRM)
    files = list(ReceivedFile.objects.filter(item__in=item_ids).values_list("pk", flat=True))
    rows = list(CatalogueRow.objects.filter(item__in=item_ids).values_list("pk", flat=True))
    joined = join_items(grant, item_ids=item_ids)
    ReceivedFile.objects.filter(pk__in=files).update(item=joined)
    CatalogueRow.objects.filter(pk__in=rows).update(item=joined)
    if joined.state == ItemState.WAITING:
        ReceivedFile.objects.filter(pk__in=files, outcome=FileOutcome.READING).update(outcome=FileOutcome.WAITING)
    return joined


def part_at(item: Item, records: Sequence[Sequence[int]]) -> list[Item]:
    """The items a stack falls into; pages in none of `records` are separator sheets and go. Inside a transaction.

    The file they came in stays whole with every piece, so the sheet is not lost with them.
    """
    kept = {page for record in records for page in record}
    starts = {record[0] for record in records}
    starts |= {page for page in range(1, item.pages.count() + 1) if page not in kept}
    cuts = sorted(starts - {1})
    if not cuts:
        return [item]
    pieces = split_item(GRANT, item_id=item.pk, starts=cuts)
    firsts = [1, *cuts]
    records_of = [piece for piece, first in zip(pieces, firsts, strict=True) if first in kept]
    sheets = [piece for piece, first in zip(pieces, firsts, strict=True) if first not in kept]
    if not records_of:
        return pieces
    _follow([*records_of, *sheets])
    ReceivedFile.objects.filter(item__in=sheets, outcome__in=OPEN).update(item=records_of[-1])
    CatalogueRow.objects.filter(item__in=sheets).update(item=records_of[0])
    discard_drafts(GRANT, [piece.pk for piece in sheets])
    return records_of


def _follow(pieces: Sequence[Item]) -> None:
    """Each received file belongs to the first piece that holds pages of it."""
    order = {piece.pk: place for place, piece in enumerate(pieces)}
    owners: dict[str, UUID] = {}
    for locator, owner in ItemFile.objects.filter(item__in=order).values_list("locator", "item"):
        if locator not in owners or order[owner] < order[owners[locator]]:
            owners[locator] = owner
    staged = {locator.removeprefix("staged:"): owner for locator, owner in owners.items()}
    for file in ReceivedFile.objects.filter(staged__in=staged, outcome__in=OPEN):
        ReceivedFile.objects.filter(pk=file.pk).update(item=staged[file.staged])
