"""What of an item goes to the store, and what the ledger is told of it; the same bytes at every retry."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from yidang.holdings import commitments, places, projection, stored
from yidang.holdings.dossier import Dossier, StoredFile, StoredVolume, say_time
from yidang.holdings.models import Item, ItemFile, Page, Volume
from yidang.holdings.provenance import Provenance, VersionNote, filing_events
from yidang.holdings.reading import join_pages
from yidang.holdings.sealing import open_description, open_note, open_reading, open_volume_description
from yidang.kernel import clock
from yidang.preservation import repository
from yidang.preservation.content import open_content
from yidang.preservation.repository import NewVersion
from yidang.preservation.sealing import Source

FIRST = 1


@dataclass(frozen=True)
class Filing:
    """One item on its way: what goes to the store and what the catalogue and the ledger will say of it."""

    item: Item
    dossier: Dossier
    version: NewVersion
    facts: dict[str, Any]


def prepare(items: Sequence[Item]) -> list[Filing]:
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


def _filing(item: Item, files: list[ItemFile], pages: list[Page], key: bytes) -> Filing:
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
    return Filing(item, dossier, version, told)


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
