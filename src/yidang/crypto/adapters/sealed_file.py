"""The root key in a file that only a passphrase opens: scrypt (RFC 7914), then SM4-GCM.

yidang-sealed-root-key-v1
{"n": …, "r": …, "p": …, "salt": hex}
<nonce (12) ‖ SM4-GCM(root key (32)) ‖ tag (16), in hex>

Wrapping key: the first 16 bytes of scrypt(passphrase in UTF-8, salt). Associated data: the first two lines.
"""

import hashlib
import json
import secrets
from pathlib import Path

from yidang.crypto.adapters.key_file import ROOT_KEY, SoftRoot
from yidang.crypto.durable import replace_durably
from yidang.crypto.sm import NONCE, sm4_gcm_decrypt, sm4_gcm_encrypt
from yidang.kernel.errors import Invalid, Unavailable

_TITLE = "yidang-sealed-root-key-v1"
_COST = {"n": 2**16, "r": 8, "p": 1}  # 64 MiB and a fifth of a second for each guess
_MOST = 2**18  # a file asking for more is no file of ours
_SALT = 16
SHORTEST = 12


class SealedFile(SoftRoot):
    def __init__(self, path: Path, passphrase: str) -> None:
        super().__init__(_open(path, passphrase))


def write_sealed_file(path: Path, root: bytes, passphrase: str) -> None:
    """Replaces a former one in one instant. Raises Invalid `root_passphrase_short`."""
    if len(passphrase) < SHORTEST:
        raise Invalid("root_passphrase_short", shortest=SHORTEST)
    head = f"{_TITLE}\n{json.dumps(_COST | {'salt': secrets.token_hex(_SALT)})}\n"
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + sm4_gcm_encrypt(_wrapping_key(head, passphrase), nonce, root, head.encode())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_durably(path, f"{head}{sealed.hex()}\n".encode())


def _open(path: Path, passphrase: str) -> bytes:
    try:
        title, cost, digits = path.read_text(encoding="ascii").splitlines()
        head, sealed = f"{title}\n{cost}\n", bytes.fromhex(digits)
        key = _wrapping_key(head, passphrase)
    except FileNotFoundError:
        raise Unavailable("root_key_missing", retryable=False, path=str(path)) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Unavailable("root_key_damaged", retryable=False, path=str(path)) from None
    try:
        root = sm4_gcm_decrypt(key, sealed[:NONCE], sealed[NONCE:], head.encode())
    except (Invalid, ValueError):  # damage and a wrong passphrase look the same to whoever lacks the right one
        raise Unavailable("root_passphrase_wrong", retryable=False, path=str(path)) from None
    if title != _TITLE or len(root) != ROOT_KEY:
        raise Unavailable("root_key_damaged", retryable=False, path=str(path))
    return root


def _wrapping_key(head: str, passphrase: str) -> bytes:
    cost = json.loads(head.splitlines()[1])
    n, r, p = (int(cost[name]) for name in ("n", "r", "p"))
    if not 1 < n <= _MOST or not 1 <= r * p <= 64:  # noqa: PLR2004 - see _MOST
        raise ValueError(head)
    return hashlib.scrypt(
        passphrase.encode(), salt=bytes.fromhex(cost["salt"]), n=n, r=r, p=p, maxmem=256 * n * r * p, dklen=16
    )
