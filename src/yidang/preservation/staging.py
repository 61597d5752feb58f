"""What has come in and is not yet filed, quarantined files included: sealed, resumable, durable when acknowledged."""

import fcntl
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yidang.crypto.keys import vault
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.preservation.adapters.engine import engine_errors
from yidang.preservation.adapters.files import FILE_MODE, FOLDER_MODE, sync_path, write_fully
from yidang.preservation.adapters.kernel_calls import sync_filesystem
from yidang.preservation.sealing import Source
from yidang.preservation.staging_hold import deleting
from yidang.preservation.staging_log import StagedReader, contiguous, encode, ranges, scan

_ID = re.compile(r"[0-9a-f]{32}")
_PIECE = 8 * 1024 * 1024
_FEW = 2


def create() -> str:
    """A new, empty upload; its id is opaque."""
    return put(b"")


def put(source: Source) -> str:
    """Stages a whole file."""
    return put_many([source])[0]


def put_many(sources: Sequence[Source]) -> list[str]:
    """Stages whole files with one wait for the disk; all are durable when this returns."""
    with engine_errors():
        staged = [_put(source) for source in sources]
        if len(staged) > _FEW:
            sync_filesystem(_folder())
        else:
            for staging_id in staged:
                _sync(staging_id)
    return staged


def append(staging_id: str, offset: int, data: bytes) -> int:
    """Adds a piece at `offset`, in any order; says how many bytes stand from the start without a gap.

    Sending the same piece again changes nothing. Other bytes where some were acknowledged: Conflict `chunk_differs`.
    """
    if offset < 0:
        raise Invalid("chunk_malformed")
    with engine_errors(), _locked(staging_id) as file:
        pieces, end = scan(file)
        if data and not _stands(file, staging_id, offset, data):
            file.seek(end)
            file.truncate()
            file.write(encode(staging_id, offset, data, _key()))
            os.fsync(file.fileno())
            pieces, _ = scan(file)
        return contiguous(pieces)


def open(staging_id: str) -> StagedReader:  # noqa: A001 - `staging.open` reads as what it does
    """The plaintext up to the first gap, seekable. Raises NotFound `staged_missing`, Invalid `content_damaged`."""
    with engine_errors():
        return StagedReader(_open(staging_id, "rb"), staging_id, _key())


def read(staging_id: str) -> bytes:
    with open(staging_id) as reader:
        return reader.read()


def size(staging_id: str) -> int:
    """Bytes received from the start without a gap: where an upload resumes."""
    with engine_errors(), _open(staging_id, "rb") as file:
        return contiguous(scan(file)[0])


def received(staging_id: str) -> list[tuple[int, int]]:
    """The ranges [start, end) received so far."""
    with engine_errors(), _open(staging_id, "rb") as file:
        return ranges(scan(file)[0])


def exists(staging_id: str) -> bool:
    return bool(_ID.fullmatch(staging_id)) and _path(staging_id).is_file()


def delete(staging_id: str) -> None:
    """None there is no error."""
    delete_many([staging_id])


def delete_many(staging_ids: Iterable[str]) -> None:
    with engine_errors(), deleting(settings.YIDANG.home):
        for staging_id in filter(_ID.fullmatch, staging_ids):
            with suppress(FileNotFoundError):
                os.unlink(f"{_folder()}/{staging_id[:2]}/{staging_id}")  # noqa: PTH108 - a plain call costs half


def staging_ids() -> Iterator[str]:
    for path in sorted(_folder().glob("??/*")):
        if _ID.fullmatch(path.name):
            yield path.name


def staged_before(moment: datetime) -> Iterator[str]:
    """Those nothing was added to since."""
    for staging_id in staging_ids():
        with suppress(FileNotFoundError):
            if _path(staging_id).stat().st_mtime < moment.timestamp():
                yield staging_id


def _put(source: Source) -> str:
    staging_id = secrets.token_hex(16)
    path = _path(staging_id)
    handle = _create(path)
    try:
        for offset, piece in _pieces(source):
            write_fully(handle, encode(staging_id, offset, piece, _key()))
    except BaseException:
        path.unlink()
        raise
    finally:
        os.close(handle)
    return staging_id


def _create(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)


def _pieces(source: Source) -> Iterator[tuple[int, bytes]]:
    if isinstance(source, bytes):
        if source:
            yield 0, source
        return
    offset = 0
    with source() as stream:
        while piece := stream.read(_PIECE):
            yield offset, piece
            offset += len(piece)


def _sync(staging_id: str) -> None:
    path = _path(staging_id)
    sync_path(path)
    sync_path(path.parent)
    sync_path(path.parent.parent)


def _stands(file: BinaryIO, staging_id: str, offset: int, data: bytes) -> bool:
    """Whether these bytes are there already, whole and readable."""
    reader = StagedReader(file, staging_id, _key())
    end = offset + len(data)
    try:
        if not any(start <= offset and end <= until for start, until in reader.ranges):
            return False
        found = reader.range(offset, end)
    except Invalid:
        return False  # cut short by a crash before it was acknowledged
    finally:
        reader.detach()
    if found != data:
        raise Conflict("chunk_differs", offset=offset)
    return True


@contextmanager
def _locked(staging_id: str) -> Iterator[BinaryIO]:
    with _open(staging_id, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _open(staging_id: str, mode: str) -> BinaryIO:
    if not _ID.fullmatch(staging_id):
        raise NotFound("staged_missing")
    try:
        return _path(staging_id).open(mode)  # type: ignore[return-value]
    except FileNotFoundError:
        raise NotFound("staged_missing") from None


def _key() -> bytes:
    return vault().cipher_key("staging")


def _folder() -> Path:
    folder: Path = settings.YIDANG.home / "staging"
    return folder


def _path(staging_id: str) -> Path:
    return _folder() / staging_id[:2] / staging_id
