"""The catalogue 目录 that came with an accession, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import blind_index
from yidang.identity.policy import Grant, Permission
from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, CatalogueRow, ColumnMapping, FileKind, FileOutcome, ReceivedFile
from yidang.intake.operations.quarantining import quarantine
from yidang.intake.sealed import path_of, seal_values, values_of
from yidang.intake.unfold import columns
from yidang.intake.unfold.columns import Header
from yidang.intake.unfold.sheets import Row, read_sheet
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation import staging


def read_catalogues(accession: Accession) -> None:
    """The sheet named as the catalogue, else every sheet that reads like one, becomes rows; others stay documents."""
    sheets = list(
        accession.files.filter(kind__in=(FileKind.SHEET, FileKind.CATALOGUE), outcome=FileOutcome.RECEIVED, group=None)
    )
    has_named = accession.files.filter(kind=FileKind.CATALOGUE).exists()
    for sheet in sheets:
        if sheet.kind == FileKind.CATALOGUE or not has_named:
            _take(accession, sheet)
        else:
            _make_document(sheet)


def _take(accession: Accession, sheet: ReceivedFile) -> None:
    try:
        found = _header(sheet)
        if found is None:
            _make_document(sheet)
            return
        columns.check(found.header)
        _keep(accession, sheet, found)
    except Invalid as problem:
        quarantine(sheet, problem)


def _make_document(sheet: ReceivedFile) -> None:
    ReceivedFile.objects.filter(pk=sheet.pk).update(kind=FileKind.DOCUMENT)


@dataclass(frozen=True)
class _Found:
    header: Header
    rows: Sequence[Row]


def _header(sheet: ReceivedFile) -> _Found | None:
    """None for a sheet that is no catalogue; one that was named as the catalogue must be readable."""
    is_named = sheet.kind == FileKind.CATALOGUE
    try:
        rows = read_sheet(_bytes(sheet))
    except Refused:
        if is_named:
            raise
        return None
    header = columns.find_header(rows, _remembered(rows))
    if header is None and is_named:
        raise Refused("catalogue_header")
    return _Found(header, rows) if header else None


def unclear_sheets(accession: Accession) -> list[ReceivedFile]:
    """Tables of an open accession of which only a person can say which column is which, or that they are none."""
    kinds = (FileKind.SHEET, FileKind.CATALOGUE)
    return [
        sheet for sheet in accession.files.filter(kind__in=kinds, outcome=FileOutcome.RECEIVED) if _is_unclear(sheet)
    ]


def _is_unclear(sheet: ReceivedFile) -> bool:
    try:
        rows = read_sheet(_bytes(sheet))
    except Refused:
        return False  # no table at all: unfolding says what is wrong with it
    header = columns.find_header(rows, _remembered(rows))
    return header is None or not columns.is_usable(header)


def is_catalogue_missing(accession: Accession) -> bool:
    """Whether a catalogue came that could not be used: then nothing is filed without a person."""
    aside = accession.files.filter(outcome=FileOutcome.QUARANTINED, kind__in=(FileKind.SHEET, FileKind.CATALOGUE))
    return aside.exists()


def _bytes(sheet: ReceivedFile) -> bytes:
    if not sheet.staged or not sheet.size:
        raise Refused("file_empty")
    if sheet.size > LIMITS.catalogue_bytes:
        raise Refused("catalogue_too_large", limit=LIMITS.catalogue_rows)
    return staging.read(sheet.staged)


def header_digest(titles: Sequence[str]) -> bytes:
    return blind_index("catalogue_header", "\x1f".join(titles))


def _remembered(rows: Sequence[Row]) -> Mapping[tuple[str, ...], dict[int, str]]:
    titles = [tuple(columns.normalise(cell) for cell in row) for row in rows[: columns.HEADER_SEARCH]]
    digests = {header_digest(one): one for one in titles if any(one)}
    saved = ColumnMapping.objects.filter(header_digest__in=digests)
    return {digests[bytes(one.header_digest)]: {int(k): v for k, v in one.mapping.items()} for one in saved}


@transaction.atomic
def _keep(accession: Accession, sheet: ReceivedFile, found: _Found) -> None:
    header, kept = found.header, []
    entered = {_same(values_of(row)) for row in accession.rows.exclude(item=None)}
    for number, row in enumerate(found.rows[header.row + 1 :], start=header.row + 2):
        values = {field: row[at] for at, field in header.mapping.items() if at < len(row) and row[at]}
        if values and _same(values) not in entered:
            sealed = seal_values(sheet.id, number, values)
            kept.append(CatalogueRow(accession=accession, file=sheet, number=number, values=sealed))
    if not kept and not entered:
        raise Refused("catalogue_empty")
    CatalogueRow.objects.filter(file=sheet, item=None).delete()
    CatalogueRow.objects.bulk_create(kept, batch_size=1000)
    ReceivedFile.objects.filter(pk=sheet.pk).update(outcome=FileOutcome.UNFOLDED)
    mapping = {str(at): field for at, field in header.mapping.items()}
    Accession.objects.filter(pk=accession.pk).update(has_catalogue=True, column_mapping=mapping)
    remember(header.titles, mapping)


def _same(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(values.items()))


def remember(titles: Sequence[str], mapping: Mapping[str, str]) -> None:
    ColumnMapping.objects.update_or_create(
        header_digest=header_digest(titles), defaults={"mapping": dict(mapping), "saved_at": clock.now()}
    )


@transaction.atomic
def map_columns(*, grant: Grant, file_id: UUID, mapping: Mapping[int, str]) -> None:
    """A person says which column is which; remembered for every catalogue with the same header.

    Raises:
        NotFound: `file_not_found`. Invalid: `catalogue_columns`, `catalogue_header`.
    """
    grant.require(Permission.INGEST)
    sheet = ReceivedFile.objects.filter(pk=file_id).first()
    if sheet is None:
        raise NotFound("file_not_found")
    rows = read_sheet(_bytes(sheet))
    place = max(range(min(len(rows), columns.HEADER_SEARCH)), key=lambda n: sum(map(bool, rows[n])), default=None)
    if place is None:
        raise Invalid("catalogue_header", file=path_of(sheet))
    header = Header(row=place, titles=tuple(columns.normalise(cell) for cell in rows[place]), mapping=dict(mapping))
    columns.check(header)
    remember(header.titles, {str(at): field for at, field in mapping.items()})
    # A sheet that did not read like a catalogue was taken for a document; the person has said what it is.
    ReceivedFile.objects.filter(pk=sheet.pk).update(kind=FileKind.CATALOGUE)


def preview(file: ReceivedFile, rows: int = 8) -> list[Row]:
    """The top of a sheet, for the person who maps its columns."""
    return read_sheet(_bytes(file))[:rows]
