"""From what was handed over to what will be read: archives opened, catalogues understood, items planned."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import BinaryIO, Self, cast
from uuid import UUID
from zipfile import ZipFile

from django.db.models import QuerySet

from yidang.crypto.fields import content_digest
from yidang.intake import jobs
from yidang.intake.errors import Refused
from yidang.intake.formats import Family, Source, identify
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, AccessionState, FileKind, FileOutcome, ReceivedFile
from yidang.intake.operations import cataloguing, packages, planning, spool
from yidang.intake.operations.quarantining import quarantine
from yidang.intake.operations.receiving import kind_of, new_file
from yidang.intake.sealed import path_digest, path_of, seal_about, seal_facts
from yidang.intake.unfold import archive
from yidang.intake.unfold.archive import Member
from yidang.kernel.errors import Invalid
from yidang.preservation import staging


def unfold(*, accession_id: UUID) -> None:
    """Opens every archive, reads the catalogue, plans the items and sets their reading going. Safe to repeat."""
    accession = Accession.objects.get(pk=accession_id)
    if accession.state == AccessionState.RECEIVING:
        return
    while archives := list(_received(accession).filter(kind=FileKind.ARCHIVE)):
        for container in archives:
            _open_archive(accession, container)
    cataloguing.read_catalogues(accession)
    planning.plan(accession)
    jobs.defer("file_ready", once=True, accession=str(accession_id))  # ends the accession when nothing is left


def _received(accession: Accession) -> QuerySet[ReceivedFile]:
    return accession.files.filter(outcome=FileOutcome.RECEIVED, group=None)


def _open_archive(accession: Accession, container: ReceivedFile) -> None:
    try:
        if packages.take(accession, container):
            return
        with _content(container) as reader:
            if packages.may_be_package(path_of(container)) or _is_document(reader, container.size):
                ReceivedFile.objects.filter(pk=container.pk).update(kind=FileKind.DOCUMENT)
                return
            _refuse_deep(container)
            with archive.opened(reader) as opened:
                _take_members(accession, container, opened)
    except Invalid as problem:
        quarantine(container, problem)
        return
    ReceivedFile.objects.filter(pk=container.pk).update(outcome=FileOutcome.UNFOLDED)


@contextmanager
def _content(file: ReceivedFile) -> Iterator[BinaryIO]:
    if not file.staged:
        raise Refused("file_empty")
    with closing(staging.open(file.staged)) as reader:
        yield cast("BinaryIO", reader)


def _is_document(reader: BinaryIO, size: int) -> bool:
    """A package that is one document, or no archive at all in spite of its name."""
    return identify(Source.of_reader(reader, size)).family not in {Family.ZIP, Family.XLSX, Family.UNKNOWN}


def _refuse_deep(container: ReceivedFile) -> None:
    depth, outer = 1, container.container
    while outer is not None:
        depth, outer = depth + 1, outer.container
    if depth > LIMITS.archive_depth:
        raise Refused("archive_too_deep", limit=LIMITS.archive_depth)


def _take_members(accession: Accession, container: ReceivedFile, opened: ZipFile) -> None:
    members = archive.members(opened)
    if not members:
        raise Refused("archive_empty")
    for batch in _batches(list(enumerate(_numbered(members)))):
        _take_batch(accession, container, opened, batch)


def _numbered(members: Sequence[Member]) -> list[tuple[Member, int]]:
    """Each member with how often its path was seen before: two of one name are two files."""
    seen: dict[str, int] = {}
    numbered = []
    for member in members:
        numbered.append((member, seen.get(member.path, 0)))
        seen[member.path] = seen.get(member.path, 0) + 1
    return numbered


Numbered = tuple[int, tuple[Member, int]]


def _batches(numbered: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    for one in numbered:
        batch.append(one)
        held = sum(member.size for _, (member, _) in batch)
        if len(batch) >= LIMITS.batch_files or held >= LIMITS.batch_bytes:
            yield batch
            batch = []
    if batch:
        yield batch


def _take_batch(accession: Accession, container: ReceivedFile, opened: ZipFile, batch: Sequence[Numbered]) -> None:
    keys = {place: path_digest(f"{member.path}\0{copy}" if copy else member.path) for place, (member, copy) in batch}
    known = set(
        map(bytes, container.members.filter(path_digest__in=keys.values()).values_list("path_digest", flat=True))
    )
    files = [
        _member_file(accession, container, opened, member, keys[place], copy=copy, position=place)
        for place, (member, copy) in batch
        if keys[place] not in known
    ]
    small = [(file, data) for file, data in files if data is not None]
    for (file, _), taken in zip(small, spool.take_bytes([data for _, data in small]), strict=True):
        _set_taken(file, taken)
    ReceivedFile.objects.bulk_create([file for file, _ in files], ignore_conflicts=True)


def _member_file(
    accession: Accession,
    container: ReceivedFile,
    opened: ZipFile,
    member: Member,
    key: bytes,
    *,
    copy: int,
    position: int,
) -> tuple[ReceivedFile, bytes | None]:
    """The row, and its bytes while they are still to be staged."""
    file = new_file(accession.id, member.path, position=position + 1)
    file.container, file.path_digest, file.size = container, key, member.size
    code = member.problem or ("name_twice" if copy else "")
    data: bytes | None = None
    try:
        if member.size > LIMITS.in_memory_bytes:
            _set_taken(file, spool.take_stream(lambda: _Pieces(archive.read(opened, member))))  # type: ignore[arg-type,return-value]
        else:
            data = b"".join(archive.read(opened, member))
    except Refused as problem:
        code = code or problem.code
    file.outcome = FileOutcome.QUARANTINED if code else FileOutcome.RECEIVED
    file.code = code
    file.facts = seal_facts(file.id, {"file": member.path}) if code else None
    return file, data


class _Pieces:
    """Pieces of a member read as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, _size: int = -1) -> bytes:
        return next(self._pieces, b"")


def _set_taken(file: ReceivedFile, taken: spool.Taken) -> None:
    path = path_of(file)
    file.staged, file.size, file.received_bytes = taken.staged, taken.size, taken.size
    file.digest, file.about = content_digest(taken.sm3), seal_about(file.id, path, taken.sm3)
    if file.outcome != FileOutcome.QUARANTINED:
        file.kind = kind_of(path, taken.head)
