"""Two calls of the Linux kernel that Python does not offer: syncfs and an exchange of two folders."""

import ctypes
import errno
import os
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def sync_filesystem(folder: Path) -> None:
    """Everything written so far to the file system of `folder` is on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _syncfs(handle)
    finally:
        os.close(handle)


def _syncfs(handle: int) -> None:
    call = getattr(_libc(), "syncfs", None)
    if call is None:
        os.sync()
    elif call(handle):
        raise _last_error()


def exchange(one: Path, other: Path) -> bool:
    """Two folders change places in one instant. False where the file system cannot do it."""
    call = getattr(_libc(), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    problem = _last_error()
    if problem.errno in _NO_EXCHANGE:
        return False
    raise problem


def _last_error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
