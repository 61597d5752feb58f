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

ROOT_KEY = 32
_TITLE = "yidang-root-key-v1"
_SALT = b"yidang/vault"


class SoftRoot:
    """A root key held in this process's memory, wherever it was read from."""

    def __init__(self, root: bytes) -> None:
        self._root = root

    def derive(self, label: bytes, length: int) -> bytes:
        return hkdf_sm3(self._root, salt=_SALT, info=label, length=length)

    def secret(self) -> bytes | None:
        return self._root


class KeyFile(SoftRoot):
    def __init__(self, path: Path, *, may_create: bool) -> None:
        if may_create and not path.exists():
            write_key_file(path, secrets.token_bytes(ROOT_KEY))
        super().__init__(_read(path))


def write_key_file(path: Path, root: bytes) -> bool:
    """False when one stands there already, which stays."""
    return create_durably(path, f"{_TITLE}\n{root.hex()}\n{check_digits(root)}\n".encode())


def check_digits(root: bytes) -> str:
    """By which a mistyped key is noticed; 32 bits tell nothing of it."""
    return sm3(root).hex()[:8]


def _read(path: Path) -> bytes:
    try:
        title, digits, check = path.read_text(encoding="ascii").split()
        root = bytes.fromhex(digits)
    except FileNotFoundError:
        raise Unavailable("root_key_missing", retryable=False, path=str(path)) from None
    except (OSError, ValueError):
        raise Unavailable("root_key_damaged", retryable=False, path=str(path)) from None
    if title != _TITLE or check != check_digits(root) or len(root) != ROOT_KEY:
        raise Unavailable("root_key_damaged", retryable=False, path=str(path))
    if path.stat().st_mode & 0o077 and os.name == "posix":
        raise Unavailable("root_key_exposed", retryable=False, path=str(path))
    return root
