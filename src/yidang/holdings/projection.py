"""From a stored dossier to the catalogue's rows; filing, later versions, verify and rebuild share it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yidang.holdings.columns import described_columns, page_total
from yidang.holdings.dossier import Dossier, StoredFile, StoredPage, read_time
from yidang.holdings.models import Alias, ItemFile, ItemState, Page
from yidang.identity.departments import clinical_code
from yidang.kernel import clock

DEPARTMENT = "department"
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


def department_scopes(section: str | None, dossier: Dossier) -> set[tuple[str, str]]:
    """The bureau section that owns the series, and the clinical department the record comes from."""
    clinical = clinical_code(dossier.description.text("department"))
    return {(DEPARTMENT, code) for code in (section, clinical) if code}


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
