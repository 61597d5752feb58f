"""Bytes on their way into the staging area, digested as they pass, with this machine's errors in intake's words."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from yidang.crypto.sm import new_sm3
from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS
from yidang.preservation import staging

HEAD = 64
Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True)
class Taken:
    """`head`: the first bytes, by which archives are known."""

    staged: str
    size: int
    sm3: bytes
    head: bytes


def sm3(data: bytes) -> bytes:
    return new_sm3(data).digest()


class Digesting:
    """Reads on behalf of another and remembers what passed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = new_sm3()
        self.size = 0
        self.head = b""

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._digest.update(piece)
        self.head = self.head or piece[:HEAD]
        self.size += len(piece)
        return piece

    def digest(self) -> bytes:
        return self._digest.digest()


def take_bytes(pieces: Sequence[bytes]) -> list[Taken]:
    """Small files together, with one wait for the disk. Raises Unavailable `store_full`."""
    ids = staging.put_many(pieces)
    return [Taken(one, len(data), sm3(data), data[:HEAD]) for one, data in zip(ids, pieces, strict=True)]


def take_stream(opener: Opener) -> Taken:
    """A file too large to hold. Raises what the opener raises, and Unavailable `store_full`."""
    passed: list[Digesting] = []

    @contextmanager
    def source() -> Iterator[BinaryIO]:
        with opener() as stream:
            passed.append(Digesting(stream))
            yield cast("BinaryIO", passed[-1])

    staged = staging.put(cast("Callable[[], BinaryIO]", source))
    last = passed[-1]
    return Taken(staged, last.size, last.digest(), last.head)


def take_paths(sources: Sequence[Path]) -> list[Taken | Refused]:
    """Files of this machine in order; a file that cannot be had gives the reason instead."""
    found: dict[int, Taken | Refused] = {}
    small: dict[int, bytes] = {}
    held = 0
    for place, source in enumerate(sources):
        try:
            with opened(source) as stream:
                size = os.fstat(stream.fileno()).st_size
                if size <= LIMITS.in_memory_bytes and held + size <= LIMITS.batch_bytes:
                    small[place] = stream.read()
                    held += len(small[place])
            if place not in small:
                found[place] = take_stream(lambda source=source: opened(source))  # type: ignore[misc]
        except Refused as problem:
            found[place] = problem
    found |= dict(zip(small, take_bytes(list(small.values())), strict=True))
    return [found[place] for place in range(len(sources))]


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """Raises Refused `file_unreadable`, `entry_is_link`, `not_a_file`, `file_too_large`."""
    try:
        # Neither a link nor a pipe that would never answer.
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        code = "entry_is_link" if problem.errno == errno.ELOOP else "file_unreadable"
        raise Refused(code) from problem
    with os.fdopen(descriptor, "rb") as stream:
        _refuse_unfit(os.fstat(descriptor))
        try:
            yield stream
        except OSError as problem:
            raise Refused("file_unreadable") from problem


def _refuse_unfit(about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode):
        raise Refused("not_a_file")
    if about.st_size > LIMITS.file_bytes:
        raise Refused("file_too_large", limit=LIMITS.file_bytes // 2**30)
