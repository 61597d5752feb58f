"""Engine errors told in the room's own words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from yidang.kernel.errors import Conflict, NotFound, Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def missing(key: str) -> NotFound:
    return NotFound("content_missing", key=key)


def taken(key: str) -> Conflict:
    return Conflict("key_taken", key=key)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Full and read-only disks mend: whoever asked may try again."""
    try:
        yield
    except OSError as problem:
        raise _told(problem) from problem


def _told(problem: OSError) -> Unavailable:
    if problem.errno in _FULL:
        return Unavailable("store_full")
    if problem.errno in _READ_ONLY:
        return Unavailable("store_read_only")
    return Unavailable("store_unreachable", problem=problem.strerror or str(problem))
