"""The package of a transfer: one bag, in it a package for each record, the list, the report and the form.

Made in clear (DA/T 70, 3-8: an encrypted package fails), it waits sealed in `home/transfers` and leaves by HTTPS to
who proved a second time to be who they are.
"""

import csv
import fcntl
import hashlib
import io
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yidang.crypto.durable import make_private_folder
from yidang.crypto.envelope import SealedReader
from yidang.crypto.keys import vault
from yidang.crypto.sm import sm3
from yidang.disposition.transfers import ports
from yidang.disposition.transfers.form_pdf import registration_form
from yidang.disposition.transfers.models import Transfer, TransferState
from yidang.disposition.transfers.proposing import locked
from yidang.disposition.transfers.states import state_of
from yidang.holdings.models import Item
from yidang.holdings.packaging.parcels import proofs_of
from yidang.holdings.packaging.writing import write_item
from yidang.holdings.queries import description
from yidang.identity.policy import Grant, system_grant
from yidang.kernel import clock
from yidang.kernel.errors import DomainError, Invalid, NotFound
from yidang.kernel.harmless import harmless
from yidang.ledger.operations import append
from yidang.preservation.copies.sealing_stream import sealed_pieces
from yidang.preservation.packages import validate
from yidang.preservation.packages.bagit.writing import close_bag
from yidang.preservation.packages.nested import LABEL
from yidang.preservation.packages.sinks import Written, write

_PURPOSE = "transfer-packages"
_PIECE = 1024 * 1024
_COLUMNS = ("序号", "档号", "题名", "年度", "保管期限", "页数", "文件数", "字节数")


def pack(grant: Grant, *, transfer_id: UUID) -> Transfer:
    """One attempt at a time; who waited for another's gets what that one made. Never inside a transaction.

    Raises:
        Conflict: `transfer_step_wrong`. Invalid: `package_invalid` when what was made does not hold.
    """
    found = Transfer.objects.filter(id=transfer_id).first()
    if found is None:
        raise NotFound("transfer_not_found")
    state_of(found).require("pack", grant)
    with _alone(found):
        found.refresh_from_db()
        return found if found.state == TransferState.PACKED else _make(grant, found)


@contextmanager
def _alone(found: Transfer) -> Iterator[None]:
    """The keeper and a person work in one folder: neither may empty it under the other's hands."""
    with (_folder() / f"{found.id}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(grant: Grant, found: Transfer) -> Transfer:
    draft = _folder() / f"{found.id}.making"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        report = ports.report_of(list(found.lines.values_list("item", flat=True)))
        package = _tarred(_written(found, draft / found.name, report))
        digest, size = _seal(found, package)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _packed(grant, found.id, digest=digest, size=size, report=report)


def advance() -> int:
    """For the keeper: what was approved is packed; what cannot be says why and waits for a person."""
    done = 0
    for found in Transfer.objects.filter(state=TransferState.APPROVED, problem=""):
        try:
            pack(system_grant("disposition"), transfer_id=found.id)
            done += 1
        except DomainError as problem:
            Transfer.objects.filter(pk=found.pk).update(problem=problem.code)
    return done


@transaction.atomic
def _packed(grant: Grant, transfer_id: UUID, *, digest: str, size: int, report: bytes) -> Transfer:
    found = locked(transfer_id)
    state_of(found).require("pack", grant)
    found.state, found.packed_at, found.problem = TransferState.PACKED, clock.now(), ""
    found.package_sha512, found.package_size, found.report_digest = digest, size, sm3(report).hex()
    found.save()
    facts = {"number": found.name, "sha512": digest, "size": size, "report_sm3": found.report_digest}
    append(action="transfer.packed", actor=grant.actor, subject=found.id, facts=facts)
    return found


def _written(found: Transfer, folder: Path, report: bytes) -> Path:
    """The bag, judged before anybody gets it."""
    make_private_folder(folder)
    payload: dict[str, Written] = {}
    for line in found.lines.order_by("ordinal"):
        item = Item.objects.select_related("series").get(pk=line.item)
        place = folder / "data" / "records" / f"{line.ordinal:04d}"
        place.mkdir(parents=True, mode=0o700)
        proofs = () if found.form == "ocfl" else proofs_of(item)
        write_item(item, place, found.form, proofs=proofs, report=report)  # type: ignore[arg-type]
    extra = {
        "data/list.csv": _list(found),
        "data/four-natures.json": report,
        "data/登记表.pdf": registration_form(found),
    }
    for name, content in extra.items():
        write(folder / name, content)
    for path in sorted((folder / "data").rglob("*")):
        if path.is_file():
            payload[path.relative_to(folder).as_posix()] = _digest(path)
    info = {
        "Source-Organization": settings.YIDANG.bureau_name,
        "External-Identifier": found.name,
        "Bagging-Date": clock.today().isoformat(),
        LABEL: found.form,
    }
    close_bag(folder, payload, info)
    verdict = validate(folder)
    if not verdict.is_valid:
        raise Invalid("package_invalid", count=len(verdict.errors), first=verdict.told)
    return folder


def _digest(path: Path) -> Written:
    state, size = hashlib.sha512(), 0
    with path.open("rb") as source:
        while piece := source.read(_PIECE):
            state.update(piece)
            size += len(piece)
    return Written(state.hexdigest(), size)


def _list(found: Transfer) -> bytes:
    """The records' titles stand here and in their own descriptions, as the receiver needs them."""
    sink = io.StringIO()
    rows = csv.writer(sink, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    items = {item.pk: item for item in Item.objects.filter(pk__in=found.lines.values("item"))}
    for line in found.lines.order_by("ordinal"):
        title = description(items[line.item]).title
        rows.writerow(
            [
                line.ordinal,
                line.reference_code,
                harmless(title),
                line.year,
                line.term,
                line.page_count,
                line.file_count,
                line.size,
            ]
        )
    return sink.getvalue().encode("utf-8-sig")


def _tarred(folder: Path) -> Path:
    """One TAR, the same bytes whoever makes it when: no owner, one time."""
    made = folder.with_suffix(".tar")
    with tarfile.open(made, "w") as archive:
        archive.add(folder, arcname=folder.name, filter=_nobody)
    return made


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _seal(found: Transfer, package: Path) -> tuple[str, int]:
    state = hashlib.sha512()

    def plain() -> Iterator[bytes]:
        with package.open("rb") as source:
            while piece := source.read(_PIECE):
                state.update(piece)
                yield piece

    part = _path(found).with_suffix(".part")
    with part.open("wb") as sink:
        for piece in sealed_pieces(plain(), key=vault().cipher_key(_PURPOSE), context=str(found.id).encode()):
            sink.write(piece)
    size = package.stat().st_size
    part.replace(_path(found))
    return state.hexdigest(), size


def opened(found: Transfer) -> SealedReader:
    """Raises NotFound: `transfer_package_missing`."""
    for key in vault().opening_keys(_PURPOSE):
        try:
            return SealedReader(_path(found).open("rb"), key=key, context=str(found.id).encode())
        except FileNotFoundError:
            break
        except Invalid:
            continue
    raise NotFound("transfer_package_missing", number=found.name)


def forget_package(found: Transfer) -> None:
    _path(found).unlink(missing_ok=True)


def _path(found: Transfer) -> Path:
    return _folder() / f"{found.id}.sealed"


def _folder() -> Path:
    folder: Path = settings.YIDANG.home / "transfers"
    make_private_folder(folder)
    return folder
