"""Signatures: Ed25519 (RFC 8032) and SM2 with SM3 (GB/T 32918.2).

SM2: private key 32 bytes, public key the uncompressed point 0x04 ‖ x ‖ y (65), signature r ‖ s (64), signer's
identifier the usual default "1234567812345678". Ed25519: 32, 32 and 64 bytes.
"""

from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yidang.kernel.errors import Invalid

SM2_IDENTIFIER = b"1234567812345678"
SM2_POINT = 65
_HALF = 32


class Algorithm(StrEnum):
    ED25519 = "ed25519"
    SM2 = "sm2"


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
    from gmalg import SM2

    private, _public = SM2().generate_keypair()
    return signing_key(algorithm, private.rjust(_HALF, b"\0"))


def signing_key(algorithm: Algorithm, private: bytes) -> SigningKey:
    """Raises Invalid `signing_key_damaged`."""
    if len(private) != _HALF:
        raise Invalid("signing_key_damaged")
    if algorithm is Algorithm.ED25519:
        public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        return SigningKey(algorithm, private, public)
    from gmalg import SM2

    return SigningKey(algorithm, private, SM2().generate_pk(private))


def verify(algorithm: Algorithm, public: bytes, message: bytes, signature: bytes) -> bool:
    """False for a wrong signature as for a malformed one or a public key that is no point of the curve."""
    if algorithm is Algorithm.ED25519:
        return _ed25519_verify(public, message, signature)
    return _sm2_verify(public, message, signature)


def _ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _sm2_sign(private: bytes, public: bytes, message: bytes) -> bytes:
    from gmalg import SM2

    r, s = SM2(private, SM2_IDENTIFIER, public).sign(message)
    return bytes(r.rjust(_HALF, b"\0") + s.rjust(_HALF, b"\0"))  # the library drops leading zeros


def _sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    from gmalg import SM2

    if len(public) != SM2_POINT or public[0] != 4 or len(signature) != 2 * _HALF:  # noqa: PLR2004 - uncompressed
        return False
    if not SM2().verify_pk(public):
        return False
    return bool(SM2(None, SM2_IDENTIFIER, public).verify(message, signature[:_HALF], signature[_HALF:]))
