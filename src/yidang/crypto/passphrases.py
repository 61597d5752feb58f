"""Where the passphrase of a sealed root key comes from: a file, a systemd credential, or the terminal at start."""

import getpass
import os
import sys
from pathlib import Path

from django.conf import settings

from yidang.kernel.errors import Unavailable

FILE_VARIABLE = "YIDANG_ROOT_PASSPHRASE_FILE"
CREDENTIAL = "yidang-root-passphrase"
_typed: list[str] = []


def passphrase() -> str:
    """Raises Unavailable `root_passphrase_missing`, `root_passphrase_unreadable`."""
    if path := _file():
        return _read(path)
    if not _typed and sys.stdin is not None and sys.stdin.isatty():
        _typed.append(getpass.getpass("根密钥口令 / Root key passphrase: "))
    if not _typed:
        raise Unavailable("root_passphrase_missing", retryable=False, variable=FILE_VARIABLE, credential=CREDENTIAL)
    return _typed[0]


def is_configured() -> bool:
    return _file() is not None


def typed() -> str:
    """What was typed in this process, for a child that has no terminal; blank when nothing was."""
    return _typed[0] if _typed else ""


def take(passphrase: str) -> None:
    """What the parent was told, or what a person types in now."""
    _typed[:] = [passphrase] if passphrase else []


def _file() -> Path | None:
    if named := os.environ.get(FILE_VARIABLE) or settings.YIDANG.root_passphrase_file:
        return Path(named)
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    credential = Path(folder, CREDENTIAL) if folder else None
    return credential if credential and credential.exists() else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError):
        raise Unavailable("root_passphrase_unreadable", retryable=False, path=str(path)) from None
