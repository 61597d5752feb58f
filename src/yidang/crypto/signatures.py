"""Signatures: Ed25519 (RFC 8032) and SM2 with SM3 (GB/T 32918.2).

SM2: private key 32 bytes, public key the uncompressed point 0x04 ‖ x ‖ y (65), signature r ‖ s (64), signer's
identifier the usual default "1234567812345678". Ed25519: 32, 32 and 64 bytes.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yidang.kernel.errors import Invalid, Unavailable

SM2_IDENTIFIER = b"1234567812345678"
SM2_POINT = 65
_HALF = 32


class Algorithm(StrEnum):
    ED25519 = "ed25519"
    SM2 = "sm2"


# GB/T 32918.5-2017, annex A.2: the message "message digest" under the default identifier.
SM2_PUBLISHED_KEY = (
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SM2_PUBLISHED_SIGNATURE = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    algorithm: Algorithm
    private: bytes
    public: bytes

    def sign(self, message: bytes) -> bytes:
        if self.algorithm is Algorithm.ED25519:
            return Ed25519PrivateKey.from_private_bytes(self.private).sign(message)
        return _sm2_sign(self.private, self.public, message)


def generate(algorithm: Algorithm) -> SigningKey:
    if algorithm is Algorithm.ED25519:
        return signing_key(algorithm, Ed25519PrivateKey.generate().private_bytes_raw())
    private, _public = _sm2()().generate_keypair()
    return signing_key(algorithm, private.rjust(_HALF, b"\0"))


@lru_cache(8)  # a public SM2 key takes a signature's time to compute
def signing_key(algorithm: Algorithm, private: bytes) -> SigningKey:
    """Raises Invalid `signing_key_damaged`."""
    if len(private) != _HALF:
        raise Invalid("signing_key_damaged")
    if algorithm is Algorithm.ED25519:
        public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        return SigningKey(algorithm, private, public)
    return SigningKey(algorithm, private, _sm2()().generate_pk(private))


def verify(algorithm: Algorithm, public: bytes, message: bytes, signature: bytes) -> bool:
    """False for a wrong signature as for a malformed one or a public key that is no point of the curve."""
    if algorithm is Algorithm.ED25519:
        return _ed25519_verify(public, message, signature)
    return _sm2_verify(public, message, signature)


def _ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        _ed25519_key(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)  # a log has few keys, and a stack of statements one
def _ed25519_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


def _sm2_sign(private: bytes, public: bytes, message: bytes) -> bytes:
    r, s = _sm2()(private, SM2_IDENTIFIER, public).sign(message)
    return bytes(r.rjust(_HALF, b"\0") + s.rjust(_HALF, b"\0"))  # the library drops leading zeros


def _sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != SM2_POINT or public[0] != 4 or len(signature) != 2 * _HALF:  # noqa: PLR2004 - uncompressed
        return False
    if not _sm2()().verify_pk(public):
        return False
    return _sm2_holds(_sm2(), public, message, signature)


def _sm2_holds(engine: Any, public: bytes, message: bytes, signature: bytes) -> bool:
    return bool(engine(None, SM2_IDENTIFIER, public).verify(message, signature[:_HALF], signature[_HALF:]))


@cache
def _sm2() -> Any:
    """The engine, asked for a known answer before its first use in a process: it is too slow to ask at every start."""
    from gmalg import SM2

    public, signature = bytes.fromhex(SM2_PUBLISHED_KEY), bytes.fromhex(SM2_PUBLISHED_SIGNATURE)
    if not _sm2_holds(SM2, public, b"message digest", signature):
        raise Unavailable("crypto_engine_broken", retryable=False, engine="SM2")
    return SM2
