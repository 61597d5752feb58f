"""Filing 归档: an item receives its 档号 and goes to the store.

1. The 档号 is reserved in a transaction of its own: counter and item change together, so a number is neither
   skipped nor given twice, and a retry finds the item with the number it has.
2. One transaction holds the items' rows, writes the store and then the catalogue. Killed in between, the items stay
   in state `filing`; a retry builds byte for byte the same files, so the store takes up what it already has.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yidang.holdings import commitments, numbering, places, projection, stored
from yidang.holdings.changes import note_changes
from yidang.holdings.description import Description, check
from yidang.holdings.dossier import Dossier, StoredFile, StoredVolume, say_time
from yidang.holdings.models import Identifier, Item, ItemFile, ItemScope, ItemState, ItemVersion, Page, Series, Volume
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.holdings.provenance import Provenance, VersionNote, filing_events
from yidang.holdings.reading import join_pages
from yidang.holdings.sealing import (
    blind_identifiers,
    open_description,
    open_note,
    open_reading,
    open_volume_description,
)
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Invalid
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append_many
from yidang.preservation import repository
from yidang.preservation.content import open_content
from yidang.preservation.repository import NewVersion, VersionReceipt, write_objects
from yidang.preservation.sealing import Source

FIRST = 1
MACHINE = "system:"
_LONGEST_CODE = 80
_ATTEMPTS = 3


def file_items(grant: Grant, item_ids: Sequence[UUID]) -> list[Item]:
    """Files those that can be; a draft that cannot is left waiting for a person and is not among the answer.

    What is filed already counts as done. Never inside a caller's transaction: a 档号 must be durable before it is used.

    Raises:
        Unavailable: from the store; the items keep their numbers and a repeated call finishes them.
    """
    grant.require(Permission.CONFIRM)
    _reserve(item_ids, grant.actor)
    with transaction.atomic(durable=True):
        return _write(item_ids)


def _reserve(item_ids: Sequence[UUID], actor: str) -> None:
    """Two writers may bring in one old number at the same moment; the later one looks again and leaves it waiting."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic(durable=True):
                _reserve_once(item_ids, actor)
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _reserve_once(item_ids: Sequence[UUID], actor: str) -> None:
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids, state__in=DRAFT_STATES)
    locked = {item.pk: item for item in rows.select_related("series", "volume").order_by("pk")}
    items = [locked[pk] for pk in dict.fromkeys(item_ids) if pk in locked]  # numbers follow the caller's order
    descriptions = {item.pk: open_description(item.pk, item.description) for item in items}
    unread = set(Page.objects.filter(item__in=locked, is_read=False).values_list("item_id", flat=True))
    fit = [item for item in items if item.pk not in unread and _is_fit(item, descriptions[item.pk], actor)]
    _give_codes(fit, descriptions)
    numbered = [item for item in fit if item.reference_code]
    _save_reserved(numbered, actor)
    refused = locked.keys() - {item.pk for item in numbered}
    Item.objects.filter(pk__in=refused).update(state=ItemState.WAITING)


def _is_fit(item: Item, description: Description, actor: str) -> bool:
    """An item in an open volume is numbered when the volume is sealed.

    What a series keeps in volumes is not filed by itself without a person's word, unless it brings an old number.
    """
    if _asks_for_volume(item) and actor.startswith(MACHINE) and not description.text("legacy_code"):
        return False
    try:
        check(description)
    except Invalid:
        return False
    return bool(description.title) and (item.volume is None or item.reference_code is not None)


def _asks_for_volume(item: Item) -> bool:
    return item.series.arrangement == Series.Arrangement.BY_VOLUME and item.volume is None and not item.reference_code


def _give_codes(items: Sequence[Item], descriptions: dict[UUID, Description]) -> None:
    _give_legacy_codes(items, descriptions)
    by_prefix: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if not item.reference_code and not descriptions[item.pk].text("legacy_code"):
            by_prefix[prefix_of(item)].append(item)
    for prefix in sorted(by_prefix):  # one order for all writers, so that two never wait for each other
        waiting = by_prefix[prefix]
        codes = numbering.take(prefix, len(waiting), code_of=reference_code.item_code)
        for item, fresh in zip(waiting, codes, strict=True):
            item.reference_code = fresh


def prefix_of(item: Item) -> str:
    series = item.series
    return reference_code.class_prefix(
        fonds=series.fonds_id, class_code=series.class_prefix, year=item.year, term=item.term
    )


def _give_legacy_codes(items: Sequence[Item], descriptions: dict[UUID, Description]) -> None:
    """Verbatim; of several items with one old number the first is numbered, the others wait for a person."""
    wanted = {item.pk: code for item in items if (code := descriptions[item.pk].text("legacy_code").strip())}
    used = numbering.taken(list(wanted.values()))
    for item in items:
        code = wanted.get(item.pk, "")
        if code and code not in used and len(code) <= _LONGEST_CODE:
            item.reference_code, item.is_legacy_code = code, True
            used.add(code)


def _save_reserved(items: Sequence[Item], actor: str) -> None:
    ids = [item.pk for item in items]
    codes = [item.reference_code for item in items]
    legacy = [item.is_legacy_code for item in items]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE holdings_item i SET reference_code = n.code, is_legacy_code = n.legacy,"
            " state = 'filing', filed_at = %s, filed_by = %s"
            " FROM unnest(%s::uuid[], %s::text[], %s::bool[]) AS n(id, code, legacy) WHERE i.id = n.id",
            [clock.now(), actor, ids, codes, legacy],
        )


@dataclass(frozen=True)
class _Filing:
    """One item on its way: what goes to the store and what the catalogue and the ledger will say of it."""

    item: Item
    dossier: Dossier
    version: NewVersion
    facts: dict[str, Any]


def _write(item_ids: Sequence[UUID]) -> list[Item]:
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=item_ids)
    items = list(rows.select_related("series", "volume").order_by("pk"))
    filings = _prepare([item for item in items if item.state == ItemState.FILING])
    if filings:
        _enter(filings, write_objects([filing.version for filing in filings]))
    filed = {item.pk: item for item in items if item.state == ItemState.FILED}
    return [filed[pk] for pk in dict.fromkeys(item_ids) if pk in filed]


def _prepare(items: Sequence[Item]) -> list[_Filing]:
    ids = [item.pk for item in items]
    files: dict[UUID, list[ItemFile]] = defaultdict(list)
    pages: dict[UUID, list[Page]] = defaultdict(list)
    for file in ItemFile.objects.filter(item__in=ids):
        files[file.item_id].append(file)
    for page in Page.objects.filter(item__in=ids):
        pages[page.item_id].append(page)
    repository.destine([item.pk for item in items if places.store_of(item) == places.SENSITIVE], places.SENSITIVE)
    keys = repository.new_keys(ids, FIRST)
    return [_filing(item, files[item.pk], pages[item.pk], keys[item.pk]) for item in items]


def _filing(item: Item, files: list[ItemFile], pages: list[Page], key: bytes) -> _Filing:
    dossier = _dossier(item, files, pages)
    salt = commitments.version_salt(key)
    blobs = [open_reading(page.id, page.reading) if page.reading else b"" for page in pages]
    described = dossier.encode()
    content: dict[str, Source] = {stored.original(file.ordinal): partial(open_content, file.locator) for file in files}
    content |= {stored.DESCRIPTION: described, stored.PROVENANCE: _provenance(dossier, salt).encode()}
    if pages:
        content[stored.TEXT] = join_pages(blobs)
    version = NewVersion(
        object_id=item.pk,
        number=FIRST,
        content=content,
        created=item.filed_at or clock.now(),
        actor=item.filed_by,
        action="filed",
        decisive=(stored.DESCRIPTION, stored.PROVENANCE),
    )
    told = commitments.facts(dossier=dossier, version=FIRST, salt=salt, description_file=described, blobs=blobs)
    return _Filing(item, dossier, version, told)


def _dossier(item: Item, files: list[ItemFile], pages: list[Page]) -> Dossier:
    return Dossier(
        id=str(item.pk),
        working_number=item.working_number,
        reference_code=item.reference_code or "",
        is_legacy_code=item.is_legacy_code,
        is_paper_only=item.is_paper_only,
        fonds=item.series.fonds_id,
        series=item.series_id,
        year=item.year,
        term=item.term,
        document_type=item.document_type,
        confidence=item.confidence,
        accession=str(item.accession) if item.accession else None,
        created_at=say_time(item.created_at),
        filed_at=say_time(item.filed_at),
        filed_by=item.filed_by,
        description=open_description(item.pk, item.description),
        files=tuple(_stored_file(file) for file in files),
        pages=projection.stored_pages(pages, {file.pk: file.ordinal for file in files}),
        volume=_stored_volume(item.volume),
    )


def _stored_file(file: ItemFile) -> StoredFile:
    note = open_note(file.item_id, file.ordinal, file.note)
    facts: dict[str, Any] = {name: getattr(file, name) for name in projection.FILE_FACTS}
    return StoredFile(
        ordinal=file.ordinal, digest=bytes(file.digest).hex(), name=note["name"], sm3=note["sm3"], **facts
    )


def _stored_volume(volume: Volume | None) -> StoredVolume | None:
    if volume is None:
        return None
    return StoredVolume(
        id=str(volume.pk),
        reference_code=volume.reference_code or "",
        description=open_volume_description(volume.pk, volume.description).to_json(),
        created_at=say_time(volume.created_at),
        sealed_at=say_time(volume.sealed_at),
    )


def _provenance(dossier: Dossier, salt: bytes) -> Provenance:
    note = VersionNote(FIRST, "filed", dossier.filed_at, dossier.filed_by, "", salt.hex())
    return Provenance().with_version(note, filing_events(dossier))


def _enter(filings: Sequence[_Filing], receipts: Sequence[VersionReceipt]) -> None:
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


def _scopes(filing: _Filing, digests: set[tuple[str, bytes]]) -> set[projection.Scope]:
    return projection.scopes(filing.item.series.department_id, filing.dossier, digests)


def _mark_filed(filings: Sequence[_Filing]) -> None:
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
