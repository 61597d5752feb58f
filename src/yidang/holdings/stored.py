"""Reading this room's files of a stored item."""

from uuid import UUID

from yidang.holdings.dossier import Dossier
from yidang.holdings.provenance import Provenance
from yidang.holdings.reading import PageReading, decode_page, read_page, split_pages
from yidang.preservation import repository

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
    if TEXT not in repository.names(item, version):
        return []
    return split_pages(repository.read_content(item, TEXT, version))


def page_readings(item: UUID, version: int | None = None) -> list[PageReading]:
    return [decode_page(blob) for blob in page_blobs(item, version)]


def page_reading(item: UUID, number: int) -> PageReading:
    with repository.open_content(item, TEXT) as text:
        return read_page(text, number)
