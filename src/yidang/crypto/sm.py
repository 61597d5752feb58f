"""SM3 (GB/T 32905), HMAC-SM3, HKDF-SM3 (RFC 5869) and SM4-GCM (GB/T 32907, RFC 8998)."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from yidang.kernel.errors import Invalid

DIGEST = 32
BLOCK = 64
TAG = 16
NONCE = 12


class Hasher(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...
    def copy(self) -> "Hasher": ...


class _PycaSm3:
    """SM3 of pyca/cryptography, for a Python whose own OpenSSL was built without it."""

    def __init__(self, state: hashes.Hash | None = None) -> None:
        self._state = state or hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def digest(self) -> bytes:
        return self._state.copy().finalize()

    def copy(self) -> "_PycaSm3":
        return _PycaSm3(self._state.copy())


def _blank() -> Hasher:
    try:
        return hashlib.new("sm3")
    except ValueError:
        return _PycaSm3()


_BLANK = _blank()  # copying a fresh state is several times faster than looking the algorithm up again


def new_sm3(data: bytes = b"") -> Hasher:
    """A running SM3, to be updated piece by piece."""
    state = _BLANK.copy()
    state.update(data)
    return state


def sm3(data: bytes) -> bytes:
    return new_sm3(data).digest()


_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


class KeyedSm3:
    """HMAC-SM3 under one key, its two padded states prepared once: for many short messages."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        padded = (sm3(key) if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
        self._inner = new_sm3(padded.translate(_INNER))
        self._outer = new_sm3(padded.translate(_OUTER))

    def digest(self, data: bytes) -> bytes:
        inner = self._inner.copy()
        inner.update(data)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.digest()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    return KeyedSm3(key).digest(data)


def hmac_sm3_holds(key: bytes, data: bytes, tag: bytes) -> bool:
    return hmac.compare_digest(hmac_sm3(key, data), tag)


def hkdf_expand_sm3(prk: bytes, *, info: bytes, length: int) -> bytes:
    """RFC 5869 section 2.3; `prk` must be uniformly random already."""
    keyed = KeyedSm3(prk)
    block, output = b"", b""
    for counter in range(1, -(-length // DIGEST) + 1):
        block = keyed.digest(block + info + bytes([counter]))
        output += block
    return output[:length]


def hkdf_sm3(key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return hkdf_expand_sm3(hmac_sm3(salt, key), info=info, length=length)


def sm4_gcm_encrypt(key: bytes, nonce: bytes, plain: bytes, aad: bytes = b"") -> bytes:
    """The ciphertext with its 16-byte tag behind it. A nonce must never serve twice under one key."""
    return sm4_gcm_encrypting(key)(nonce, plain, aad)


def sm4_gcm_encrypting(key: bytes) -> Callable[[bytes, bytes, bytes], bytes]:
    """(nonce, plain, aad) → what `sm4_gcm_encrypt` says, under one key: for many short messages."""
    algorithm = algorithms.SM4(key)

    def encrypt(nonce: bytes, plain: bytes, aad: bytes) -> bytes:
        encryptor = Cipher(algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(aad)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    return encrypt


def sm4_gcm_decrypt(key: bytes, nonce: bytes, sealed: bytes, aad: bytes = b"") -> bytes:
    """Raises Invalid `content_damaged` unless every byte of ciphertext, tag and `aad` is as it was."""
    if len(sealed) < TAG:
        raise Invalid("content_damaged")
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(aad)
    try:
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()
    except InvalidTag:
        raise Invalid("content_damaged") from None


def sm4_ctr(key: bytes, vector: bytes, data: bytes) -> bytes:
    """Enciphers and deciphers alike. Authenticates nothing, and two messages must never share key and vector."""
    worker = Cipher(algorithms.SM4(key), modes.CTR(vector)).encryptor()
    return worker.update(data) + worker.finalize()
