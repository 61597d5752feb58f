"""Taking files in. A file counts as received when its bytes are staged and its row is committed, and not before."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max

from yidang.crypto.fields import content_digest
from yidang.holdings.models import Series
from yidang.identity.policy import Grant, Permission
from yidang.intake import jobs
from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, AccessionState, FileKind, FileOutcome, ReceivedFile
from yidang.intake.operations import spool
from yidang.intake.operations.folders import Incoming
from yidang.intake.sealed import path_digest, seal_about, seal_facts
from yidang.intake.unfold.archive import tidy
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.preservation import staging

_NUMBER_LOCK = 7_420_001  # advisory lock: accession numbers are given one at a time
PACKAGES = (".tar", ".tar.gz", ".tgz", ".eep", ".xml")  # may be a package of another archive
_SHEET_SUFFIXES = (".csv", ".xls", ".xlsx")
_LONGEST_PATH = 4096


@transaction.atomic
def open_accession(*, grant: Grant, series: str, year: int, channel: str) -> Accession:
    """Raises NotFound `series_not_found`, Invalid `series_is_branch` or `year_implausible`."""
    grant.require(Permission.INGEST)
    _check_series(series)
    if not 1900 <= year <= clock.today().year + 1:  # noqa: PLR2004 - no record of this archive is older
        raise Invalid("year_implausible", year=year)
    accession = Accession.objects.create(
        number=_next_number(), series_id=series, year=year, channel=channel, actor=grant.actor, opened_at=clock.now()
    )
    append(
        action="accession.opened",
        actor=grant.actor,
        subject=accession.id,
        facts={"number": accession.number, "series": series, "year": year},
    )
    return accession


def _check_series(code: str) -> None:
    found = Series.objects.filter(pk=code).select_related("retention_rule").first()
    if found is None:
        raise NotFound("series_not_found", series=code)
    _ = found.term  # a branch has none and says so


def _next_number() -> str:
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBER_LOCK])
    last = Accession.objects.filter(number__startswith=f"A{year}-").aggregate(last=Max("number"))["last"]
    return f"A{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def open_for(accession_id: UUID) -> Accession:
    """The accession, locked, while files may still be added."""
    accession = Accession.objects.select_for_update().filter(pk=accession_id).first()
    if accession is None:
        raise NotFound("accession_not_found")
    if accession.state != AccessionState.RECEIVING:
        raise Conflict("accession_closed", number=accession.number)
    return accession


def receive_chunk(*, grant: Grant, accession_id: UUID, path: str, offset: int, data: bytes, size: int) -> ReceivedFile:
    """One piece of an upload; pieces may come again, late or out of order.

    `received_bytes` of the file returned is where to go on from after a pause.

    Raises:
        Conflict: `name_twice` for another file of that name, `chunk_differs`, `accession_closed`.
        Invalid: `file_too_large`, `upload_beyond_end`, `path_too_long`. Unavailable: `store_full`.
    """
    grant.require(Permission.INGEST)
    path = check_path(path)
    if size > LIMITS.file_bytes:
        raise Invalid("file_too_large", file=path, limit=LIMITS.file_bytes // 2**30)
    if offset < 0 or offset + len(data) > size:
        raise Invalid("upload_beyond_end", file=path)
    file = _upload_of(accession_id, path, size)
    if file.outcome != FileOutcome.UPLOADING:
        return file
    is_whole = len(data) == size
    return _take_whole(file, path, data) if is_whole else _take_piece(file, path, offset, data)


def _upload_of(accession_id: UUID, path: str, size: int) -> ReceivedFile:
    with transaction.atomic():
        open_for(accession_id)
        known = _known(accession_id, [path_digest(path)])
        if known:
            (file,) = known.values()
            if file.size != size:
                raise Conflict("name_twice", file=path)
            return file
        file = new_file(accession_id, path, position=_next_position(accession_id))
        file.size = size
        file.staged = staging.create() if size else ""
        file.save(force_insert=True)
    return file


def _take_whole(file: ReceivedFile, path: str, data: bytes) -> ReceivedFile:
    if data:
        staging.append(file.staged, 0, data)
    sm3 = spool.sm3(data)
    return _advance(file, len(data), kind_of(path, data[:4]), content_digest(sm3), seal_about(file.id, path, sm3))


def _take_piece(file: ReceivedFile, path: str, offset: int, data: bytes) -> ReceivedFile:
    stands = staging.append(file.staged, offset, data)
    head = data[:4] if offset == 0 else b""
    return _advance(file, stands, kind_of(path, head) if head else None)


@transaction.atomic
def _advance(
    file: ReceivedFile, stands: int, kind: str | None, digest: bytes | None = None, about: bytes | None = None
) -> ReceivedFile:
    row = ReceivedFile.objects.select_for_update().get(pk=file.pk)
    row.received_bytes = max(row.received_bytes, stands)
    row.kind = kind or row.kind
    row.digest, row.about = digest or row.digest, about or row.about
    if row.received_bytes == row.size and row.outcome == FileOutcome.UPLOADING:
        row.outcome = FileOutcome.RECEIVED
    row.save()
    return row


def _next_position(accession_id: UUID) -> int:
    last = ReceivedFile.objects.filter(accession_id=accession_id).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def new_file(accession_id: UUID, path: str, *, position: int, sm3: bytes | None = None) -> ReceivedFile:
    file_id = uuid4()
    return ReceivedFile(
        id=file_id,
        accession_id=accession_id,
        position=position,
        about=seal_about(file_id, path, sm3),
        path_digest=path_digest(path),
        received_at=clock.now(),
    )


def check_path(path: str) -> str:
    clean = tidy(path)
    if len(clean.encode()) > _LONGEST_PATH:
        raise Invalid("path_too_long", file=clean[:80])
    return clean


def kind_of(path: str, head: bytes) -> str:
    """A first sorting by name and first bytes; unfolding looks closer."""
    suffix = Path(path).suffix.lower()
    if suffix in _SHEET_SUFFIXES:
        return FileKind.SHEET
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and suffix not in {".docx", ".ofd"}:
        return FileKind.ARCHIVE
    return FileKind.ARCHIVE if suffix == ".zip" or path.lower().endswith(PACKAGES) else FileKind.DOCUMENT


def receive_path(
    *, grant: Grant, accession_id: UUID, source: Path, path: str | None = None, is_catalogue: bool = False
) -> ReceivedFile:
    """One file of this machine."""
    incoming = Incoming(source, path or source.name, is_catalogue)
    return receive_paths(grant=grant, accession_id=accession_id, incoming=[incoming])[0]


def receive_paths(*, grant: Grant, accession_id: UUID, incoming: Sequence[Incoming]) -> list[ReceivedFile]:
    """Files of this machine, staged and committed together; received already means received still.

    Raises:
        Unavailable: `store_full`; nothing of this call was received then.
    """
    grant.require(Permission.INGEST)
    digests = [path_digest(check_path(one.path)) for one in incoming]
    known = _known(accession_id, digests)
    fresh = [one for one, digest in zip(incoming, digests, strict=True) if digest not in known]
    took = spool.take_paths([one.source for one in fresh])
    files = [_received(accession_id, one, taken) for one, taken in zip(fresh, took, strict=True)]
    with transaction.atomic():
        open_for(accession_id)
        _number(accession_id, files)
        ReceivedFile.objects.bulk_create(files)
    return [*known.values(), *files]


def _known(accession_id: UUID, digests: Sequence[bytes]) -> dict[bytes, ReceivedFile]:
    rows = ReceivedFile.objects.filter(accession_id=accession_id, container=None, path_digest__in=digests)
    return {bytes(row.path_digest): row for row in rows}


def _number(accession_id: UUID, files: Sequence[ReceivedFile]) -> None:
    for position, file in enumerate(files, start=_next_position(accession_id)):
        file.position = position


def _received(accession_id: UUID, incoming: Incoming, taken: spool.Taken | Refused) -> ReceivedFile:
    """What cannot be read becomes a row too: the person must hear of it."""
    path = check_path(incoming.path)
    file = new_file(accession_id, path, position=0, sm3=None if isinstance(taken, Refused) else taken.sm3)
    if isinstance(taken, Refused):
        file.outcome, file.code = FileOutcome.QUARANTINED, taken.code
        file.facts = seal_facts(file.id, dict(taken.facts))
        return file
    file.staged, file.size, file.received_bytes = taken.staged, taken.size, taken.size
    file.digest = content_digest(taken.sm3)
    file.kind = FileKind.CATALOGUE if incoming.is_catalogue else kind_of(path, taken.head)
    file.outcome = FileOutcome.RECEIVED
    return file


@transaction.atomic
def close_accession(*, grant: Grant, accession_id: UUID) -> Accession:
    """Nothing more comes; processing begins. Uploads that were broken off are dropped."""
    grant.require(Permission.INGEST)
    accession = open_for(accession_id)
    _drop_unfinished(accession)
    accession.state = AccessionState.PROCESSING
    accession.closed_at = clock.now()
    from yidang.intake.queries.receipts import receipt, receipt_digest

    accession.receipt_digest = receipt_digest(receipt(accession))
    accession.save()
    files = accession.files.all()
    append(
        action="accession.closed",
        actor=grant.actor,
        subject=accession.id,
        facts={
            "number": accession.number,
            "files": files.count(),
            "bytes": sum(files.values_list("size", flat=True)),
            "receipt": accession.receipt_digest.hex(),
        },
    )
    jobs.defer("unfold", accession=str(accession.id))
    return accession


def _drop_unfinished(accession: Accession) -> None:
    unfinished = accession.files.filter(outcome=FileOutcome.UPLOADING)
    begun = [file.staged for file in unfinished if file.staged]
    transaction.on_commit(lambda: _forget(begun))
    unfinished.delete()


def _forget(begun: Sequence[str]) -> None:
    for staged in begun:
        staging.delete(staged)


def process_accession(accession_id: UUID) -> None:
    """Starts, or starts again, what an accession still needs."""
    jobs.defer("unfold", accession=str(accession_id), once=True)
