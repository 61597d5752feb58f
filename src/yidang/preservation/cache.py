"""Made things that can be made again (thumbnails, page images): sealed, bounded, never half written."""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from yidang.crypto.envelope import seal, unseal
from yidang.crypto.keys import vault
from yidang.kernel.errors import Invalid
from yidang.preservation.adapters.files import FOLDER_MODE, write_new

LIMIT = 1024 * 1024 * 1024
_KEPT = 0.8  # of the limit, after a clearing
_CLEAR_EVERY = 256  # so that most puts do not list the folder


def get(key: str) -> bytes | None:
    path = _path(key)
    try:
        found = unseal(path.read_bytes(), key=_key(), context=key.encode())
        os.utime(path)  # used last, cleared last
    except (OSError, Invalid):
        return None
    return found


def put(key: str, data: bytes) -> None:
    """Silent when the disk is full: a cache that cannot keep is still a cache."""
    with suppress(OSError):
        _place(_path(key), seal(data, key=_key(), context=key.encode()))
        if secrets.randbelow(_CLEAR_EVERY) == 0:
            clear_to(LIMIT)


def clear_to(limit: int) -> None:
    """Removes what was used longest ago when there is more than `limit` bytes."""
    files = sorted(_files(), key=lambda entry: entry[1])
    total = sum(size for _, _, size in files)
    if total <= limit:
        return
    for path, _, size in files:
        if total <= limit * _KEPT:
            return
        path.unlink(missing_ok=True)
        total -= size


def _files() -> Iterator[tuple[Path, float, int]]:
    for path in _folder().glob("*/*"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            yield path, stat.st_mtime, stat.st_size


def _place(path: Path, sealed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        write_new(str(draft), sealed)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _key() -> bytes:
    return vault().sealing_key("cache")  # after a rotation what lies there is made again


def _folder() -> Path:
    folder: Path = settings.YIDANG.home / "cache"
    return folder


def _path(key: str) -> Path:
    name = vault().keyed("cache-name").digest(key.encode()).hex()[:40]
    return _folder() / name[:2] / name
