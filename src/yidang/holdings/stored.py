"""Reading this room's files of a stored item."""

from collections.abc import Callable, Collection
from hashlib import sha512
from typing import Any
from uuid import UUID

from yidang.holdings import commitments
from yidang.holdings.dossier import Dossier
from yidang.holdings.provenance import Provenance, VersionNote
from yidang.holdings.reading import PageReading, decode_page, read_page, split_pages
from yidang.kernel.errors import NotFound
from yidang.preservation import repository
from yidang.preservation.together import Together

DESCRIPTION = "description"
PROVENANCE = "provenance"
TEXT = "text"


def original(ordinal: int) -> str:
    return f"original/{ordinal}"


def dossier(item: UUID, version: int | None = None) -> Dossier:
    return Dossier.decode(repository.read_content(item, DESCRIPTION, version))


def provenance(item: UUID, version: int | None = None) -> Provenance:
    return Provenance.decode(repository.read_content(item, PROVENANCE, version))


def page_blobs(item: UUID, version: int | None = None) -> list[bytes]:
    """The readings as stored, in page order; empty for an item without pages."""
    return _blobs(lambda: repository.read_content(item, TEXT, version))


class Texts:
    """The readings of many filed items, each opened when it is asked for."""

    def __init__(self, items: Collection[UUID]) -> None:
        self._together = Together(items, TEXT)

    def page_blobs(self, item: UUID) -> list[bytes]:
        return _blobs(lambda: self._together.read(item))


def _blobs(read: Callable[[], bytes]) -> list[bytes]:
    try:
        return split_pages(read())
    except NotFound as absence:
        if absence.facts.get("key") != TEXT:  # the version names a text, and the store has lost it
            raise
        return []


def page_readings(item: UUID, version: int | None = None) -> list[PageReading]:
    return [decode_page(blob) for blob in page_blobs(item, version)]


def page_reading(item: UUID, number: int) -> PageReading:
    with repository.open_content(item, TEXT) as text:
        return read_page(text, number)


def inventory_digest(item: UUID, version: int) -> str:
    """SHA-512 in hex of the inventory as that version left it: what the ledger commits to."""
    return sha512(repository.inventory_bytes(item, version)).hexdigest()


def facts(item: UUID, note: VersionNote) -> dict[str, Any]:
    """What a version's ledger entry says, told anew from the store."""
    described = repository.read_content(item, DESCRIPTION, note.number)
    told = commitments.facts(
        dossier=Dossier.decode(described),
        version=note.number,
        salt=bytes.fromhex(note.salt),
        description_file=described,
        blobs=page_blobs(item, note.number),
    )
    return told | {"inventory_sha512": inventory_digest(item, note.number)}
