"""A package of another archive, or of this one, among what was handed over: judged, then taken in.

One that does not hold goes to quarantine by its name, with what is wrong first. One of ours becomes the record it was;
the files of a stranger's go the way of all files, its title as their folder.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid5

from django.conf import settings
from django.db import transaction

from yidang.crypto.durable import make_private_folder
from yidang.crypto.fields import content_digest
from yidang.holdings.models import Item
from yidang.holdings.operations import create_drafts
from yidang.holdings.packaging.drafting import Staged, draft_of, is_ours
from yidang.holdings.queries import find_by_digest
from yidang.intake.errors import Refused
from yidang.intake.models import Accession, FileOutcome, ReceivedFile
from yidang.intake.operations import filing, spool
from yidang.intake.operations.receiving import PACKAGES, check_path, kind_of, new_file
from yidang.intake.sealed import path_of, seal_about
from yidang.kernel.errors import Invalid
from yidang.preservation import staging
from yidang.preservation.content import staged as locator_of
from yidang.preservation.packages import Parcel, Piece, read_package, validate
from yidang.preservation.packages.judging import UNKNOWN
from yidang.preservation.packages.names import is_unsafe, plain

_MARKS = ("bagit.txt", "METS.xml", "0=ocfl_object_1.0", "0=ocfl_object_1.1", "eep.xml")
_PIECE = 1024 * 1024


def may_be_package(path: str) -> bool:
    """By its name alone; unfolding looks inside."""
    return path.lower().endswith(PACKAGES)


def take(accession: Accession, container: ReceivedFile) -> bool:
    """False for what is no package. Safe to repeat.

    Raises:
        Invalid: of a package that does not hold, `package_invalid` with the number of errors and what the first are.
    """
    if not container.staged or not _is_worth_a_look(container):
        return False
    with _laid_out(container) as path:
        verdict = validate(path)
        if verdict.form == UNKNOWN:
            return False
        if verdict.errors:
            raise Refused("package_invalid", count=len(verdict.errors), first=verdict.told)
        with read_package(path) as parcels:
            for number, parcel in enumerate(parcels):
                _Taking(accession, container, number).take(parcel)
    ReceivedFile.objects.filter(pk=container.pk).update(outcome=FileOutcome.UNFOLDED)
    return True


def _is_worth_a_look(container: ReceivedFile) -> bool:
    """A ZIP is looked into where it lies: copying every delivery out would double the work."""
    with closing(staging.open(container.staged)) as reader:
        try:
            with zipfile.ZipFile(cast("BinaryIO", reader)) as archive:
                return any(name.split("/")[-1] in _MARKS and name.count("/") <= 1 for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            return may_be_package(path_of(container))


@contextmanager
def _laid_out(container: ReceivedFile) -> Iterator[Path]:
    """The file as it came, readable by this process alone, for as long as it is judged."""
    folder: Path = settings.YIDANG.home / "run" / "packages"
    make_private_folder(folder)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / ("package" + Path(path_of(container)).suffix.lower())
        with closing(staging.open(container.staged)) as source, path.open("xb") as sink:
            shutil.copyfileobj(cast("BinaryIO", source), sink, _PIECE)
        yield path


@dataclass
class _Taking:
    accession: Accession
    container: ReceivedFile
    number: int

    def take(self, parcel: Parcel) -> None:
        if is_ours(parcel):
            self._as_it_was(parcel)
        else:
            self._file_by_file(parcel)

    def _as_it_was(self, parcel: Parcel) -> None:
        draft_id = uuid5(self.container.pk, str(self.number))
        if Item.objects.filter(pk=draft_id).exists():  # taken in by an attempt that was cut short
            filing.file_batch(filing.GRANT, [draft_id])
            return
        if known := self._known(parcel):
            self._note(parcel, known, FileOutcome.DUPLICATE)
            return
        try:
            draft = draft_of(
                parcel,
                draft_id=draft_id,
                series=self.accession.series_id,
                accession=self.accession.pk,
                stage=_stage,
                stage_bytes=_stage_bytes,
            )
        except (json.JSONDecodeError, KeyError, TypeError) as problem:
            raise Invalid("package_malformed", detail=type(problem).__name__) from problem
        with transaction.atomic():
            (item,) = create_drafts(filing.GRANT, [draft])
            self._note(parcel, item, FileOutcome.READING)
        filing.file_batch(filing.GRANT, [item.pk])

    def _known(self, parcel: Parcel) -> Item | None:
        """The record that holds every one of these files already."""
        digests = [content_digest(_sm3(piece)) for piece in parcel.of("original")]
        found = find_by_digest(digests)
        owners = {item.pk: item for item in found.values()}
        return next(iter(owners.values())) if len(owners) == 1 and len(found) == len(set(digests)) else None

    def _note(self, parcel: Parcel, item: Item, outcome: str) -> None:
        """A row for each file, so that the report counts them and names their record."""
        rows = []
        for position, piece in enumerate(parcel.of("original"), start=1):
            row = self._row(f"{self.number + 1}/{piece.title or piece.name}", position)
            row.outcome, row.item, row.size = outcome, item, piece.size
            rows.append(row)
        ReceivedFile.objects.bulk_create(rows, ignore_conflicts=True)

    def _row(self, path: str, position: int) -> ReceivedFile:
        row = new_file(self.accession.pk, check_path(path), position=position)
        row.container = self.container
        return row

    def _file_by_file(self, parcel: Parcel) -> None:
        rows = []
        top = (parcel.title or parcel.code or str(self.number + 1)).replace("/", "／")
        for position, piece in enumerate(parcel.of("original"), start=1):
            name = plain(piece.title or piece.name)
            path = f"{top}/{piece.name if is_unsafe(name) else name}"
            taken = spool.take_stream(piece.open)
            row = self._row(path, position)
            row.staged, row.size, row.received_bytes = taken.staged, taken.size, taken.size
            row.digest, row.about = content_digest(taken.sm3), seal_about(row.id, check_path(path), taken.sm3)
            row.kind, row.outcome = kind_of(path, taken.head), FileOutcome.RECEIVED
            rows.append(row)
        ReceivedFile.objects.bulk_create(rows, ignore_conflicts=True)


def _sm3(piece: Piece) -> bytes:
    with piece.open() as source:
        passing = spool.Digesting(source)
        while passing.read(_PIECE):
            pass
        return passing.digest()


def _stage(piece: Piece) -> Staged:
    return _told(spool.take_stream(piece.open))


def _stage_bytes(data: bytes) -> Staged:
    return _told(spool.take_bytes([data])[0])


def _told(taken: spool.Taken) -> Staged:
    return Staged(locator_of(taken.staged), taken.size, taken.sm3)


__all__ = ["may_be_package", "take"]
