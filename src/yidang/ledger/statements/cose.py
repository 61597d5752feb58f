"""COSE_Sign1 (RFC 9052) with Ed25519, and nothing else of COSE: one algorithm, one way to write it.

0xD2 (tag 18) ‖ [protected: bytes of {1: -8, 4: key id (4)}, {}, payload: bytes, signature (64)]
Signed: ["Signature1", protected, h'', payload].
"""

from dataclasses import dataclass
from functools import lru_cache

from yidang.ledger.statements.cbor import Malformed, decode, encode

TAG = b"\xd2"
EDDSA = -8
SIGNATURE = 64
KEY_ID = 4
_ALGORITHM, _KID = 1, 4
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Sign1:
    key_id: bytes
    payload: bytes
    signature: bytes = b""

    @property
    def protected(self) -> bytes:
        return encode({_ALGORITHM: EDDSA, _KID: self.key_id})

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return encode(["Signature1", self.protected, b"", self.payload])

    def encode(self) -> bytes:
        return TAG + encode([self.protected, {}, self.payload, self.signature])


def parse(data: bytes) -> Sign1:
    """Raises Malformed."""
    if data[:1] != TAG:
        raise Malformed("not a COSE_Sign1")
    parts = decode(data[1:])
    if not isinstance(parts, list) or len(parts) != _PARTS or parts[1] != {}:
        raise Malformed("not a COSE_Sign1")
    protected, _unprotected, payload, signature = parts
    if not all(isinstance(one, bytes) for one in (protected, payload, signature)) or len(signature) != SIGNATURE:
        raise Malformed("not a COSE_Sign1")
    return Sign1(_key_id(protected), payload, signature)


@lru_cache(maxsize=64)  # of one archive all statements bear the same few headers
def _key_id(protected: bytes) -> bytes:
    header = decode(protected)
    if not isinstance(header, dict) or set(header) != {_ALGORITHM, _KID} or header[_ALGORITHM] != EDDSA:
        raise Malformed("another algorithm")
    key_id = header[_KID]
    if not isinstance(key_id, bytes) or len(key_id) != KEY_ID:
        raise Malformed("another key id")
    return key_id
