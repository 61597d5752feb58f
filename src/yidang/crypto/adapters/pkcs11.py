"""The root key in a PKCS#11 device, which never lets it out.

`pkcs11:token=<label>;object=<label>?module-path=<library>&pin-source=<file>` (RFC 7512). The object is a generic
secret key of 32 bytes, made inside, sensitive and not extractable. It is used for one thing only:

    derived key = HKDF-Expand-SM3(C_Sign(CKM_SHA256_HMAC, "yidang/vault" ‖ 0x00 ‖ label), info = label, length)

HMAC-SHA-256 because every device has it. Devices with SM3 and SM4 number these mechanisms each in its own way (the
national interface for such devices is SDF, GM/T 0018), and SoftHSM has none of them. The result is a key, not a
ciphertext: what it seals is sealed by SM4.
"""

import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from yidang.crypto.sm import hkdf_expand_sm3
from yidang.kernel.errors import Invalid, Unavailable

_SALT = b"yidang/vault\0"
_BITS = 256
_NAMES = {"token", "object", "module-path", "pin-source"}


class Token:
    """Sessions are not shared between processes: a forked child opens its own."""

    def __init__(self, uri: str) -> None:
        self._at = _address(uri)
        self._lock = threading.Lock()

    def derive(self, label: bytes, length: int) -> bytes:
        with self._lock:  # a device's session does one thing at a time
            prk = self._asked(lambda session, pkcs11: _hmac(session, pkcs11, self._at["object"], _SALT + label))
        return hkdf_expand_sm3(prk, info=label, length=length)

    def secret(self) -> bytes | None:
        return None

    def create(self) -> None:
        """Makes the key inside the device. One that is there stays."""
        self._asked(lambda session, pkcs11: _create(session, pkcs11, self._at["object"]))

    def _asked(self, question: Any) -> Any:
        """No error of the engine leaves this room. Keys derived are few and kept by the vault: a session each."""
        pkcs11 = _engine()
        try:
            token = pkcs11.lib(self._at["module-path"]).get_token(token_label=self._at["token"])
            with token.open(rw=True, user_pin=_pin(self._at["pin-source"])) as session:
                return question(session, pkcs11)
        except pkcs11.NoSuchKey:
            raise Unavailable("root_key_missing", retryable=False, path=self._at["object"]) from None
        except (pkcs11.PinIncorrect, pkcs11.PinLocked):
            raise Unavailable("root_pin_wrong", retryable=False, token=self._at["token"]) from None
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as problem:
            raise Unavailable(
                "root_token_missing", token=self._at["token"], problem=str(problem) or type(problem).__name__
            ) from None


def _hmac(session: Any, pkcs11: Any, label: str, data: bytes) -> bytes:
    key = session.get_key(object_class=pkcs11.ObjectClass.SECRET_KEY, label=label)
    return bytes(key.sign(data, mechanism=pkcs11.Mechanism.SHA256_HMAC))


def _create(session: Any, pkcs11: Any, label: str) -> None:
    names = pkcs11.Attribute
    try:
        session.get_key(object_class=pkcs11.ObjectClass.SECRET_KEY, label=label)
    except pkcs11.NoSuchKey:
        session.generate_key(
            pkcs11.KeyType.GENERIC_SECRET,
            _BITS,
            label=label,
            store=True,
            mechanism=pkcs11.Mechanism.GENERIC_SECRET_KEY_GEN,
            capabilities=pkcs11.MechanismFlag.SIGN | pkcs11.MechanismFlag.VERIFY,
            template={names.SENSITIVE: True, names.EXTRACTABLE: False},
        )


def _engine() -> Any:
    try:
        import pkcs11
    except ImportError:
        raise Unavailable("root_token_engine_missing", retryable=False) from None
    return pkcs11


def _address(uri: str) -> dict[str, str]:
    """Raises Invalid `root_token_address` with the parts that are wanted."""
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    found = {name: unquote(value) for name, _, value in (part.partition("=") for part in path.split(";"))}
    found |= dict(parse_qsl(query))
    if set(found) != _NAMES or not all(found.values()):
        raise Invalid("root_token_address", wanted=", ".join(sorted(_NAMES)))
    return found


def _pin(source: str) -> str:
    try:
        return Path(source.removeprefix("file:")).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise Unavailable("root_passphrase_unreadable", retryable=False, path=source) from None
