"""Known answers, asked of every engine before it is trusted with a record."""

from yidang.crypto import sm
from yidang.crypto.signatures import Algorithm, verify
from yidang.kernel.errors import Unavailable

# GB/T 32905-2016 annex A.1; RFC 8998 appendix A.1; RFC 8032 section 7.1 test 1.
SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
GCM_KEY = "0123456789abcdeffedcba9876543210"
GCM_NONCE = "00001234567800000000abcd"
GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
GCM_PLAIN = "aa" * 8 + "bb" * 8 + "cc" * 8 + "dd" * 8 + "ee" * 8 + "ff" * 8 + "ee" * 8 + "aa" * 8
GCM_SEALED = (
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec"
)
ED25519_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
ED25519_SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def run() -> None:
    """Raises Unavailable `crypto_engine_broken`, naming the engine."""
    _expect("SM3", sm.sm3(b"abc").hex() == SM3_ABC)
    _expect("HMAC-SM3", _hmac_by_definition(b"key", b"data") == sm.hmac_sm3(b"key", b"data"))
    _expect("SM4-GCM", _seals_as_published() and _opens_as_published())
    _expect("Ed25519", _ed25519_holds())


def _expect(engine: str, holds: bool) -> None:  # noqa: FBT001 - reads as a sentence at the call
    if not holds:
        raise Unavailable("crypto_engine_broken", retryable=False, engine=engine)


def _hmac_by_definition(key: bytes, data: bytes) -> bytes:
    padded = key.ljust(sm.BLOCK, b"\0")
    inner = sm.sm3(bytes(byte ^ 0x36 for byte in padded) + data)
    return sm.sm3(bytes(byte ^ 0x5C for byte in padded) + inner)


def _seals_as_published() -> bool:
    key, nonce, plain, aad = (bytes.fromhex(text) for text in (GCM_KEY, GCM_NONCE, GCM_PLAIN, GCM_AAD))
    return sm.sm4_gcm_encrypt(key, nonce, plain, aad).hex() == GCM_SEALED


def _opens_as_published() -> bool:
    key, nonce, sealed, aad = (bytes.fromhex(text) for text in (GCM_KEY, GCM_NONCE, GCM_SEALED, GCM_AAD))
    return sm.sm4_gcm_decrypt(key, nonce, sealed, aad).hex() == GCM_PLAIN


def _ed25519_holds() -> bool:
    public, signature = bytes.fromhex(ED25519_PUBLIC), bytes.fromhex(ED25519_SIGNATURE)
    return verify(Algorithm.ED25519, public, b"", signature) and not verify(Algorithm.ED25519, public, b"x", signature)
