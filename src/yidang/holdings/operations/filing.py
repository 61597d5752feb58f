"""Filing 归档: an item receives its 档号 and goes to the store.

1. The 档号 is reserved in a transaction of its own: counter and item change together, so a number is neither
   skipped nor given twice, and a retry finds the item with the number it has.
2. One transaction holds the items' rows, writes the store and then the catalogue. Killed in between, the items stay
   in state `filing`; a retry builds byte for byte the same files, so the store takes up what it already has.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from yidang.holdings import projection
from yidang.holdings.changes import note_changes
from yidang.holdings.models import Identifier, Item, ItemScope, ItemState, ItemVersion
from yidang.holdings.operations.assembling import FIRST, Filing, prepare
from yidang.holdings.operations.reserving import reserve
from yidang.holdings.sealing import blind_identifiers
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many
from yidang.preservation.repository import VersionReceipt, write_objects


def file_items(grant: Grant, item_ids: Sequence[UUID]) -> list[Item]:
    """Files those that can be; a draft that cannot is left waiting for a person and is not among the answer.

    What is filed already counts as done. Never inside a caller's transaction: a 档号 must be durable before it is used.

    Raises:
        Unavailable: from the store; the items keep their numbers and a repeated call finishes them.
    """
    grant.require(Permission.CONFIRM)
    reserve(item_ids, grant.actor)
    with transaction.atomic(durable=True):
        return _write(item_ids)


def _write(item_ids: Sequence[UUID]) -> list[Item]:
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids)
    items = list(rows.select_related("series", "volume").order_by("pk"))
    filings = prepare([item for item in items if item.state == ItemState.FILING])
    if filings:
        _enter(filings, write_objects([filing.version for filing in filings]))
    filed = {item.pk: item for item in items if item.state == ItemState.FILED}
    return [filed[pk] for pk in dict.fromkeys(item_ids) if pk in filed]


def _enter(filings: Sequence[Filing], receipts: Sequence[VersionReceipt]) -> None:
    """The catalogue's part, in statements that serve the whole batch."""
    events = [
        NewEvent(
            action="item.filed",
            actor=filing.item.filed_by,
            subject=filing.item.pk,
            facts=filing.facts | {"inventory_sha512": receipt.inventory_sha512},
        )
        for filing, receipt in zip(filings, receipts, strict=True)
    ]
    entries = append_many(events)
    _mark_filed(filings)
    ItemVersion.objects.bulk_create(
        [
            ItemVersion(
                item_id=filing.item.pk,
                number=FIRST,
                at=filing.item.filed_at or clock.now(),
                actor=filing.item.filed_by,
                kind="filed",
                ledger_entry=entry,
            )
            for filing, entry in zip(filings, entries, strict=True)
        ]
    )
    identifiers = [(filing, blind_identifiers(filing.dossier.description)) for filing in filings]
    Identifier.objects.bulk_create(
        [
            Identifier(item_id=filing.item.pk, kind=kind, digest=digest)
            for filing, digests in identifiers
            for kind, digest in digests
        ]
    )
    ItemScope.objects.bulk_create(
        [
            row
            for filing, digests in identifiers
            for row in projection.scope_rows(filing.item.pk, _scopes(filing, digests))
        ]
    )
    note_changes([filing.item.pk for filing in filings])


def _scopes(filing: Filing, digests: set[tuple[str, bytes]]) -> set[projection.Scope]:
    return projection.scopes(filing.item.series.department_id, filing.dossier, digests)


def _mark_filed(filings: Sequence[Filing]) -> None:
    ids = [filing.item.pk for filing in filings]
    digests = [bytes.fromhex(filing.facts["description_commitment"]) for filing in filings]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE holdings_item i SET state = 'filed', version = %s, description_digest = n.digest"
            " FROM unnest(%s::uuid[], %s::bytea[]) AS n(id, digest) WHERE i.id = n.id",
            [FIRST, ids, digests],
        )
        cursor.execute(
            "UPDATE holdings_itemfile SET locator = 'item:' || item_id || '/' || ordinal, note = NULL"
            " WHERE item_id = ANY(%s)",
            [ids],
        )
        cursor.execute("UPDATE holdings_page SET reading = NULL WHERE item_id = ANY(%s) AND reading IS NOT NULL", [ids])
    for filing, digest in zip(filings, digests, strict=True):
        filing.item.state, filing.item.version, filing.item.description_digest = ItemState.FILED, FIRST, digest
