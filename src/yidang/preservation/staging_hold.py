"""While a copy of one moment is begun, no staged file is deleted: the catalogue of that moment may still need it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yidang.preservation.adapters.files import FOLDER_MODE, link_tree


@contextmanager
def held(home: Path) -> Iterator[None]:
    with _locked(home, fcntl.LOCK_EX):
        yield


@contextmanager
def deleting(home: Path) -> Iterator[None]:
    with _locked(home, fcntl.LOCK_SH):
        yield


def link_all(staged: Path, aside: Path) -> None:
    link_tree(staged, aside)


@contextmanager
def _locked(home: Path, how: int) -> Iterator[None]:
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    handle = os.open(folder / "uploads.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
