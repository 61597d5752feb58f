"""Files that are whole or not there, whatever happens to the power."""

import os
import secrets
from pathlib import Path


def sync_file(path: Path) -> None:
    """Makes a file's bytes last; a folder's, the names created or removed in it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def create_durably(path: Path, content: bytes, *, mode: int = 0o600) -> bool:
    """Creates the file whole; False when another process was first, whose file stands."""
    make_private_folder(path.parent)
    draft = _write_draft(path, content, mode)
    try:
        os.link(draft, path)  # unlike a rename, it never replaces the winner's file
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    sync_file(path.parent)
    return True


def replace_durably(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    draft = _write_draft(path, content, mode)
    draft.replace(path)
    sync_file(path.parent)


def _write_draft(path: Path, content: bytes, mode: int) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(handle)
    return draft
