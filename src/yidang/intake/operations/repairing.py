"""What a person can do with a file in quarantine: resubmit it, replace it, or discard it with a reason."""

from pathlib import PurePosixPath
from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import content_digest
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import discard_drafts
from yidang.identity.policy import Grant, Permission, system_grant
from yidang.intake import jobs
from yidang.intake.models import (
    Accession,
    AccessionState,
    CatalogueRow,
    ContentClaim,
    FileKind,
    FileOutcome,
    ReceivedFile,
)
from yidang.intake.operations import filing, spool
from yidang.intake.operations.receiving import check_path, kind_of
from yidang.intake.sealed import full_path, path_digest, path_of, seal_about, seal_facts
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

GRANT = system_grant("intake")
SHEETS = (FileKind.SHEET, FileKind.CATALOGUE)


@transaction.atomic
def resubmit(*, grant: Grant, file_id: UUID) -> ReceivedFile:
    """Tries a file again as it is; a wrong extension, a missing row or an odd path is taken as the person's wish.

    Raises:
        Conflict: `file_not_quarantined`. Invalid: `bytes_missing`.
    """
    grant.require(Permission.INGEST)
    file = _quarantined(file_id)
    if not file.staged:
        raise Invalid("bytes_missing", file=full_path(file))
    file.is_vouched = True
    _send_again(grant, file)
    return file


@transaction.atomic
def replace(*, grant: Grant, file_id: UUID, data: bytes | spool.Opener, name: str | None = None) -> ReceivedFile:
    """Puts another file in the place of the one in quarantine; `name` is its own name, where that differs.

    Raises:
        Conflict: `file_not_quarantined`, `name_twice`. Unavailable: `store_full`.
    """
    grant.require(Permission.INGEST)
    file = _quarantined(file_id)
    taken = spool.take_bytes([data])[0] if isinstance(data, bytes) else spool.take_stream(data)
    path = _renamed(file, name)
    filing.drop_staged([ReceivedFile(staged=file.staged)])
    file.staged, file.size, file.received_bytes = taken.staged, taken.size, taken.size
    file.digest, file.about = content_digest(taken.sm3), seal_about(file.pk, path, taken.sm3)
    file.is_vouched = False
    if file.kind != FileKind.CATALOGUE:
        file.kind = kind_of(path, taken.head)
    _send_again(grant, file)
    return file


def _renamed(file: ReceivedFile, name: str | None) -> str:
    path = path_of(file)
    if name is None:
        return path
    renamed = check_path(str(PurePosixPath(path).with_name(PurePosixPath(check_path(name)).name)))
    if renamed != path:
        digest = path_digest(renamed)
        others = ReceivedFile.objects.filter(accession=file.accession_id, container=file.container_id)
        if others.filter(path_digest=digest).exclude(pk=file.pk).exists():
            raise Conflict("name_twice", file=renamed)
        file.path_digest = digest
    return renamed


@transaction.atomic
def discard(*, grant: Grant, file_id: UUID, reason: str) -> ReceivedFile:
    """Takes a file out of quarantine for good; the bytes go, the reason stays.

    Raises:
        Conflict: `file_not_quarantined`. Invalid: `reason_missing`.
    """
    grant.require(Permission.INGEST)
    if not reason.strip():
        raise Invalid("reason_missing")
    file = _quarantined(file_id)
    filing.drop_staged([ReceivedFile(staged=file.staged)])
    file.facts = seal_facts(file.pk, {"reason": reason.strip(), "code": file.code})
    file.outcome, file.staged = FileOutcome.DISCARDED, ""
    file.save()
    append(
        action="file.discarded",
        actor=grant.actor,
        subject=file.accession_id,
        facts={"file": str(file.pk), "code": file.code},
        private={"path": full_path(file), "reason": reason.strip()},
    )
    if file.kind in SHEETS:
        _free_refused(file.accession_id)
        _reopen(file.accession_id)
    return file


def _quarantined(file_id: UUID) -> ReceivedFile:
    file = ReceivedFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        raise NotFound("file_not_found")
    if file.outcome != FileOutcome.QUARANTINED:
        raise Conflict("file_not_quarantined", file=full_path(file))
    return file


def _send_again(grant: Grant, file: ReceivedFile) -> None:
    before = file.code
    file.outcome, file.code, file.facts = FileOutcome.RECEIVED, "", None
    file.attempts, file.begun, file.group, file.item = 0, 0, None, None
    file.save()
    if file.kind in SHEETS:
        _free_refused(file.accession_id)
        _take_back(file.accession_id)
    append(
        action="file.resubmitted",
        actor=grant.actor,
        subject=file.accession_id,
        facts={"file": str(file.pk), "code": before},
    )
    _reopen(file.accession_id)


def _free_refused(accession_id: UUID) -> None:
    """A corrected catalogue may know the files that the former one did not, and their rows are read anew."""
    files = ReceivedFile.objects.filter(accession=accession_id, outcome=FileOutcome.QUARANTINED)
    catalogue_codes = files.filter(code="file_without_row") | files.filter(code__startswith="row_")
    catalogue_codes.update(outcome=FileOutcome.RECEIVED, code="", facts=None, group=None)
    CatalogueRow.objects.filter(accession=accession_id, item=None).delete()


def _take_back(accession_id: UUID) -> None:
    """Drafts made without the catalogue that is only now coming are made anew with it; filed items stay."""
    drafts = Item.objects.filter(accession=accession_id, state=ItemState.WAITING, cataloguerow=None)
    items = list(drafts.values_list("pk", flat=True))
    files = ReceivedFile.objects.filter(accession=accession_id, item__in=items, outcome=FileOutcome.WAITING)
    taken = list(files.values_list("pk", flat=True))
    ContentClaim.objects.filter(file__in=taken).delete()
    files.update(outcome=FileOutcome.RECEIVED, group=None, item=None, attempts=0, begun=0)
    discard_drafts(GRANT, items)


def _reopen(accession_id: UUID) -> None:
    Accession.objects.filter(pk=accession_id, state=AccessionState.DONE).update(
        state=AccessionState.PROCESSING, done_at=None
    )
    jobs.defer("unfold", once=True, accession=str(accession_id))


@transaction.atomic
def resubmit_catalogue(*, grant: Grant, accession_id: UUID, data: bytes, name: str) -> ReceivedFile:
    """A corrected catalogue for an accession that has been processed: files it now knows leave quarantine.

    Rows that already became items are left as they are.
    """
    grant.require(Permission.INGEST)
    from yidang.intake.operations.receiving import new_file

    accession = Accession.objects.select_for_update().filter(pk=accession_id).first()
    if accession is None:
        raise NotFound("accession_not_found")
    for former in accession.files.filter(kind__in=SHEETS, outcome=FileOutcome.QUARANTINED):
        former.outcome, former.code = FileOutcome.UNFOLDED, ""
        former.save()
        _take_back(accession_id)
    (taken,) = spool.take_bytes([data])
    count = accession.files.count()
    file = new_file(accession_id, f"{check_path(name)}", position=count + 1)
    file.path_digest = path_digest(f"{check_path(name)}\0{count}")
    file.kind, file.outcome = FileKind.CATALOGUE, FileOutcome.RECEIVED
    file.staged, file.size, file.received_bytes = taken.staged, taken.size, taken.size
    file.digest, file.about = content_digest(taken.sm3), seal_about(file.pk, check_path(name), taken.sm3)
    file.save(force_insert=True)
    _free_refused(accession_id)
    append(
        action="file.resubmitted",
        actor=grant.actor,
        subject=accession_id,
        facts={"file": str(file.pk), "code": "catalogue"},
    )
    _reopen(accession_id)
    return file
