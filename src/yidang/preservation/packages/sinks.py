"""Writing files for the one who asked for them: readable by nobody else, digested on the way."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from yidang.kernel.errors import Conflict

Content = bytes | Callable[[], BinaryIO]
_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    sha512: str
    size: int


@contextmanager
def new_folder(dest: Path) -> Iterator[Path]:
    """A folder that appears under `dest` whole or not at all.

    Raises:
        Conflict: `export_not_empty`.
    """
    if dest.is_symlink() or (dest.exists() and (not dest.is_dir() or any(dest.iterdir()))):
        raise Conflict("export_not_empty", path=str(dest))
    draft = dest.with_name(dest.name + ".part")
    if draft.exists():
        raise Conflict("export_not_empty", path=str(draft))
    draft.mkdir(parents=True, mode=_FOLDER_MODE)
    try:
        yield draft
        draft.replace(dest)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def write(path: Path, content: Content) -> Written:
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    digest, size = hashlib.sha512(), 0
    source = BytesIO(content) if isinstance(content, bytes) else content()
    with source, open(path, "xb", opener=_opener) as sink:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += sink.write(piece)
    return Written(digest.hexdigest(), size)


def _opener(name: str, flags: int) -> int:
    return os.open(name, flags, _FILE_MODE)
