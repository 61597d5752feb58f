"""A finished record handed over whole by another system: its files are one item, described by what came with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import content_digest
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import Accession, CatalogueRow, FileKind, FileOutcome, ReceivedFile
from yidang.intake.operations.receiving import check_path, close_accession, new_file, open_accession
from yidang.intake.operations.spool import Taken
from yidang.intake.sealed import seal_row_facts, seal_values
from yidang.kernel.errors import Invalid

_ONE = 1  # the only group and the only row
_ABOUT = "case.json"


@dataclass(frozen=True)
class Part:
    """A file already staged; `name` as the other system calls it."""

    name: str
    taken: Taken


@transaction.atomic
def receive_record(
    *, grant: Grant, series: str, year: int, channel: str, values: Mapping[str, str], parts: Sequence[Part]
) -> Accession:
    """An accession of its own with one item, paper only where there are no `parts`; its processing is set going.

    `values`: description field → text, as cells of a catalogue. Raises as `open_accession`; Invalid: `name_twice`.
    """
    grant.require(Permission.INGEST)
    accession = open_accession(grant=grant, series=series, year=year, channel=channel)
    names = [check_path(part.name) for part in parts]
    if len(set(names)) != len(names):
        raise Invalid("name_twice", file=next(name for name in names if names.count(name) > 1))
    sheet = _sheet(accession.pk)
    files = [
        _file(accession.pk, name, part.taken, place)
        for place, (name, part) in enumerate(zip(names, parts, strict=True))
    ]
    ReceivedFile.objects.bulk_create([sheet, *files])
    CatalogueRow.objects.create(
        accession=accession,
        file=sheet,
        number=_ONE,
        values=seal_values(sheet.id, _ONE, dict(values)),
        group=_ONE,
        facts=seal_row_facts(sheet.id, _ONE, {}),
    )
    Accession.objects.filter(pk=accession.pk).update(has_catalogue=True)
    return close_accession(grant=grant, accession_id=accession.pk)


def _sheet(accession: UUID) -> ReceivedFile:
    """What the row stands on: the words came with the call, no file of theirs is kept."""
    sheet = new_file(accession, _ABOUT, position=0)
    sheet.kind, sheet.outcome = FileKind.CATALOGUE, FileOutcome.UNFOLDED
    return sheet


def _file(accession: UUID, name: str, taken: Taken, place: int) -> ReceivedFile:
    """Planned already: an archive among a case's materials is a document of the case, and is refused by its format."""
    file = new_file(accession, name, position=place + 1, sm3=taken.sm3)
    file.staged, file.size, file.received_bytes = taken.staged, taken.size, taken.size
    file.digest = content_digest(taken.sm3)
    file.outcome, file.group, file.ordinal = FileOutcome.RECEIVED, _ONE, place
    return file
