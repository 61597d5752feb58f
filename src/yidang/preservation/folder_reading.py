"""Everything below one object's folder, each file read once: content digested, what controls it kept as it is."""

import hashlib
import os
from collections.abc import Iterator
from functools import partial

from yidang.preservation.adapters.engine import engine_errors
from yidang.preservation.adapters.local import LocalStore
from yidang.preservation.ports import ObjectStore

_PIECE = 4 * 1024 * 1024
_CONTENT = "/content/"


class Seen:
    """`digests` of content files, `controls` whole; paths within the folder."""

    __slots__ = ("bytes", "controls", "digests")

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.controls: dict[str, bytes] = {}
        self.bytes = 0

    @property
    def paths(self) -> set[str]:
        return {*self.digests, *self.controls}


def read_folder(store: ObjectStore, prefix: str) -> Seen:
    """Raises Unavailable when the store is out of reach."""
    seen = Seen()
    with engine_errors():
        if isinstance(store, LocalStore):
            _read_local(f"{store.root}/{prefix}", "", seen)
        else:
            _read_any(store, prefix, seen)
    return seen


def _read_local(base: str, below: str, seen: Seen) -> None:
    """With plain calls: a scrub asks for nine files an object, and pathlib would cost more than the reading."""
    try:
        entries = list(os.scandir(base + below))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            _read_local(base, f"{path}/", seen)
        elif entry.is_file():
            _take_local(base + path, path, seen)
        else:
            seen.controls[path] = b""


def _take_local(place: str, path: str, seen: Seen) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        piece = os.read(handle, min(_PIECE, os.fstat(handle).st_size + 1))  # a large buffer costs more than the read
        _take(path, piece, iter(partial(os.read, handle, _PIECE), b"") if len(piece) == _PIECE else None, seen)
    finally:
        os.close(handle)


def _read_any(store: ObjectStore, prefix: str, seen: Seen) -> None:
    for key in store.walk(prefix):
        with store.open(key) as source:
            piece = source.read(_PIECE)
            _take(key.removeprefix(prefix), piece, iter(partial(source.read, _PIECE), b""), seen)


def _take(path: str, piece: bytes, rest: Iterator[bytes] | None, seen: Seen) -> None:
    seen.bytes += len(piece)
    if _CONTENT not in path:
        seen.controls[path] = piece + b"".join(rest or ())
        return
    digest = hashlib.sha512(piece)
    for more in rest or ():
        seen.bytes += len(more)
        digest.update(more)
    seen.digests[path] = digest.hexdigest()
