"""Two ways to call a person by another name.

A reversible pseudonym can be led back by whoever holds the release's key, and only by two persons together. Its form is
SM4 in a synthetic-initialisation-vector mode (as AES-SIV, RFC 5297, with HMAC-SM3 for the vector): equal values get
equal pseudonyms within one release, and none across releases.

An irreversible digest is HMAC-SM3 under a key that is thrown away with the release. Never a plain digest: the ID
numbers of one county and year of birth are counted through in under a second (docs/rooms/access.md shows it).
"""

from base64 import b32decode, b32encode
from binascii import Error

from yidang.crypto.sm import KeyedSm3, hkdf_expand_sm3, sm4_ctr
from yidang.kernel.errors import Invalid

KEY = 32
_VECTOR = 16
_DIGEST = 16
_MARK = "P"


class Pseudonyms:
    """The names of one release and one kind of identifier (`kind`: id_number, name …); `key` has 32 bytes."""

    def __init__(self, key: bytes, kind: str) -> None:
        self._vector = KeyedSm3(hkdf_expand_sm3(key, info=f"pseudonym/vector/{kind}".encode(), length=32))
        self._cipher = hkdf_expand_sm3(key, info=f"pseudonym/cipher/{kind}".encode(), length=16)

    def of(self, value: str) -> str:
        """`P` and capitals and digits; half as long again as the value and 26 more."""
        plain = value.encode()
        vector = self._vector.digest(plain)[:_VECTOR]
        return _MARK + b32encode(vector + sm4_ctr(self._cipher, vector, plain)).decode().rstrip("=")

    def back(self, pseudonym: str) -> str:
        """Raises Invalid: `pseudonym_not_of_this_release`."""
        sealed = _decoded(pseudonym)
        vector, body = sealed[:_VECTOR], sealed[_VECTOR:]
        if len(vector) != _VECTOR:
            raise Invalid("pseudonym_not_of_this_release")
        plain = sm4_ctr(self._cipher, vector, body)
        if self._vector.digest(plain)[:_VECTOR] != vector:
            raise Invalid("pseudonym_not_of_this_release")
        return plain.decode()


class Digests:
    """Names nobody leads back, once the key is gone."""

    def __init__(self, key: bytes, kind: str) -> None:
        self._keyed = KeyedSm3(hkdf_expand_sm3(key, info=f"digest/{kind}".encode(), length=32))

    def of(self, value: str) -> str:
        """32 hex digits."""
        return self._keyed.digest(value.encode())[:_DIGEST].hex()


def _decoded(pseudonym: str) -> bytes:
    text = pseudonym.strip().upper()
    try:
        body = text.removeprefix(_MARK)
        return b32decode(body + "=" * (-len(body) % 8)) if text.startswith(_MARK) else b""
    except (Error, ValueError):
        return b""
