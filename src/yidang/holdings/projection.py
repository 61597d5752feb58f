"""From a stored dossier to the catalogue's rows; filing, later versions, verify and rebuild share it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from yidang.holdings.columns import described_columns, page_total, security_class
from yidang.holdings.dossier import Dossier, StoredFile, StoredPage, read_time
from yidang.holdings.identifiers import ID_NUMBER
from yidang.holdings.models import Alias, ItemFile, ItemScope, ItemState, Page
from yidang.holdings.sealing import blind_identifiers
from yidang.identity.departments import clinical_code
from yidang.identity.reaches import DEPARTMENT, PERSON, SECTION
from yidang.kernel import clock

OWN_KINDS = (SECTION, DEPARTMENT, PERSON)  # upper rooms project kinds of their own
PAGE_FACTS = (
    "index_in_file",
    "is_read",
    "width",
    "height",
    "dpi",
    "rotation",
    "skew",
    "is_blank",
    "has_seal",
    "text_origin",
    "confidence",
)
FILE_FACTS = ("puid", "media_type", "size", "page_count")


def item_columns(dossier: Dossier) -> dict[str, Any]:
    """Every clear column that the dossier determines."""
    return {
        "working_number": dossier.working_number,
        "reference_code": dossier.reference_code,
        "is_legacy_code": dossier.is_legacy_code,
        "is_paper_only": dossier.is_paper_only,
        "state": ItemState.FILED,
        "series_id": dossier.series,
        "volume_id": UUID(dossier.volume.id) if dossier.volume else None,
        "year": dossier.year,
        "term": dossier.term,
        "document_type": dossier.document_type,
        "page_count": page_total(dossier.description, len(dossier.pages)),
        "has_seal": any(page.has_seal for page in dossier.pages),
        "confidence": dossier.confidence,
        "accession": UUID(dossier.accession) if dossier.accession else None,
        "created_at": read_time(dossier.created_at),
        "filed_at": read_time(dossier.filed_at),
        "filed_by": dossier.filed_by,
        **described_columns(dossier.description),
    }


def file_locator(item: UUID, ordinal: int) -> str:
    return f"item:{item}/{ordinal}"


def file_row(item: UUID, file: StoredFile) -> ItemFile:
    facts = {name: getattr(file, name) for name in FILE_FACTS}
    return ItemFile(
        item_id=item,
        ordinal=file.ordinal,
        locator=file_locator(item, file.ordinal),
        digest=bytes.fromhex(file.digest),
        **facts,
    )


def page_row(item: UUID, number: int, page: StoredPage, file: ItemFile) -> Page:
    facts = {name: getattr(page, name) for name in PAGE_FACTS}
    return Page(id=UUID(page.id), item_id=item, number=number, file=file, **facts)


def stored_pages(pages: Sequence[Page], ordinals: dict[int, int]) -> tuple[StoredPage, ...]:
    """`ordinals`: ItemFile pk → ordinal."""
    return tuple(
        StoredPage(
            id=str(page.id),
            file=ordinals[page.file_id],
            **{name: getattr(page, name) for name in PAGE_FACTS},
        )
        for page in pages
    )


Scope = tuple[str, str, str, str, str]


def scopes(section: str | None, dossier: Dossier, digests: Iterable[tuple[str, bytes]] | None = None) -> set[Scope]:
    """(kind, value, sensitivity, fonds, series) of this room's scope rows.

    One for the bureau section that owns the series, one for the clinical department the record names, one for each
    person it numbers. `digests` are the blind identifiers, where the caller has them already.
    """
    known = blind_identifiers(dossier.description) if digests is None else digests
    clinical = clinical_code(dossier.description.text("department"))
    doors = {(SECTION, section or "")} | {(PERSON, digest.hex()) for kind, digest in known if kind == ID_NUMBER}
    if clinical:
        doors.add((DEPARTMENT, clinical))
    place = (security_class(dossier.description), dossier.fonds, dossier.series)
    return {(*door, *place) for door in doors}


def scope_rows(item: UUID, wanted: Iterable[Scope]) -> list[ItemScope]:
    return [
        ItemScope(item_id=item, kind=kind, value=value, sensitivity=sensitivity, fonds=fonds, series=series)
        for kind, value, sensitivity, fonds, series in wanted
    ]


def scope_of(row: ItemScope) -> Scope:
    return row.kind, row.value, row.sensitivity, row.fonds, row.series


def former_codes(dossier: Dossier) -> set[str]:
    return {alias.reference_code for alias in dossier.aliases}


def alias_rows(item: UUID, dossier: Dossier) -> list[Alias]:
    return [
        Alias(
            reference_code=alias.reference_code,
            item_id=item,
            is_legacy_code=alias.is_legacy_code,
            since=read_time(alias.since) or clock.now(),
        )
        for alias in dossier.aliases
    ]
