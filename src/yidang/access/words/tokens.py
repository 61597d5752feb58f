"""Grams as keyed tokens: without the key neither the index nor a dictionary says what they stand for."""

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache

from yidang.crypto.sm import KeyedSm3

_WIDTH = 8  # bytes: among 10 million different grams the chance that any two meet is one in 370,000
_REMEMBERED = 1 << 16  # about 12 MB; a million would be a gigabyte


class Tokens:
    """Grams with a digit are never remembered: amounts do not recur."""

    def __init__(self, keyed: KeyedSm3) -> None:
        self._keyed = keyed
        self._recurring = lru_cache(maxsize=_REMEMBERED)(self._token)

    def of_gram(self, gram: str) -> str:
        if gram.isalpha():
            return self._recurring(gram)
        return self._token(gram)

    def of_grams(self, grams: Iterable[str]) -> list[str]:
        """In an order that tells nothing of the text."""
        recurring, token = self._recurring, self._token
        return sorted([recurring(gram) if gram.isalpha() else token(gram) for gram in grams])

    def of_identifier(self, kind: str, value: bytes) -> str:
        """Under another key than the blind index, so that index and database cannot be laid side by side."""
        return self._digest(b"\0" + kind.encode() + b"\0" + value)

    def _token(self, gram: str) -> str:
        return self._digest(gram.encode())

    def _digest(self, data: bytes) -> str:
        return b64encode(self._keyed.digest(data)[:_WIDTH])[:-1].decode("ascii")
