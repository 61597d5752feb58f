"""The root key in a file of mode 600: three lines, so that it can be printed and kept in a safe.

yidang-root-key-v1
<32 random bytes in hex>
<first 8 hex digits of the SM3 of those bytes>
"""

import os
import secrets
from pathlib import Path

from yidang.crypto.durable import create_durably
from yidang.crypto.sm import hkdf_sm3, sm3
from yidang.kernel.errors import Unavailable

_TITLE = "yidang-root-key-v1"
_SALT = b"yidang/vault"


class KeyFile:
    def __init__(self, path: Path, *, may_create: bool) -> None:
        if may_create and not path.exists():
            _create(path)
        self._root = _read(path)

    def derive(self, label: bytes, length: int) -> bytes:
        return hkdf_sm3(self._root, salt=_SALT, info=label, length=length)


def _create(path: Path) -> None:
    root = secrets.token_bytes(32)
    text = f"{_TITLE}\n{root.hex()}\n{_check(root)}\n"
    create_durably(path, text.encode())


def _read(path: Path) -> bytes:
    try:
        title, digits, check = path.read_text(encoding="ascii").split()
        root = bytes.fromhex(digits)
    except FileNotFoundError:
        raise Unavailable("root_key_missing", retryable=False, path=str(path)) from None
    except (OSError, ValueError):
        raise Unavailable("root_key_damaged", retryable=False, path=str(path)) from None
    if title != _TITLE or check != _check(root) or len(root) != 32:  # noqa: PLR2004 - SM3's own length
        raise Unavailable("root_key_damaged", retryable=False, path=str(path))
    if path.stat().st_mode & 0o077 and os.name == "posix":
        raise Unavailable("root_key_exposed", retryable=False, path=str(path))
    return root


def _check(root: bytes) -> str:
    return sm3(root).hex()[:8]
