"""The part of CBOR (RFC 8949) that statements need, in its one deterministic form (section 4.2.1).

Integers, byte and text strings, arrays, maps, true, false, null. No floats, no tags, no indefinite lengths. What is not
the shortest encoding, has keys out of order or twice, or goes deeper than `DEEPEST` is refused: one content, one form.
"""

from collections.abc import Sequence
from typing import Any

DEEPEST = 6
_UINT, _NINT, _BYTES, _TEXT, _ARRAY, _MAP, _, _SIMPLE = range(8)
_INLINE = 24  # from here on the argument stands in the bytes that follow: 1, 2, 4 or 8
_LONGEST = 27
_CONSTANTS = {20: False, 21: True, 22: None}
_CODES: tuple[tuple[Any, int], ...] = ((False, 0xF4), (True, 0xF5), (None, 0xF6))


class Malformed(ValueError):
    """Not what `encode` writes."""


def encode(value: Any) -> bytes:
    """Raises TypeError for a kind of value that statements do not have."""
    for constant, code in _CODES:
        if value is constant:
            return bytes([code])
    if isinstance(value, int):
        return _head(_UINT, value) if value >= 0 else _head(_NINT, -1 - value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(held)) for key, held in value.items())
        return _head(_MAP, len(pairs)) + b"".join(key + held for key, held in pairs)
    if isinstance(value, Sequence):
        return _head(_ARRAY, len(value)) + b"".join(map(encode, value))
    raise TypeError(type(value).__name__)


def _head(major: int, argument: int) -> bytes:
    if argument < _INLINE:
        return bytes([major << 5 | argument])
    power = next(power for power in range(4) if argument < 1 << (8 << power))
    return bytes([major << 5 | _INLINE + power]) + argument.to_bytes(1 << power, "big")


def decode(data: bytes) -> Any:
    """Raises Malformed. Takes no more memory than a small multiple of the data."""
    reader = _Reader(data)
    value = reader.value(DEEPEST)
    if reader.position != len(data):
        raise Malformed("something follows")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def value(self, deep: int) -> Any:
        major, argument = self._head()
        if major == _UINT:
            return argument
        if major == _NINT:
            return -1 - argument
        if major in (_BYTES, _TEXT):
            return self._string(major, argument)
        if major == _SIMPLE and argument in _CONSTANTS:
            return _CONSTANTS[argument]
        if major not in (_ARRAY, _MAP) or not deep or argument > len(self._data) - self.position:
            raise Malformed("not of our kind, too deep, or cut off")
        return [self.value(deep - 1) for _ in range(argument)] if major == _ARRAY else self._map(argument, deep - 1)

    def _head(self) -> tuple[int, int]:
        if self.position >= len(self._data):
            raise Malformed("cut off")
        first = self._data[self.position]
        self.position += 1
        major, short = first >> 5, first & 31
        if short < _INLINE:
            return major, short
        if short > _LONGEST or major == _SIMPLE:
            raise Malformed("not a length")
        size = 1 << short - _INLINE
        argument = int.from_bytes(self._take(size), "big")
        if argument < (_INLINE if size == 1 else 1 << 4 * size):
            raise Malformed("not the shortest form")
        return major, argument

    def _string(self, major: int, length: int) -> bytes | str:
        taken = self._take(length)
        if major == _BYTES:
            return taken
        try:
            return taken.decode()
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None

    def _map(self, count: int, deep: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        before = b""
        for _ in range(count):
            start = self.position
            key = self.value(0)
            written = self._data[start : self.position]
            if written <= before:
                raise Malformed("keys out of order")
            found[key], before = self.value(deep), written
        return found

    def _take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self._data):
            raise Malformed("cut off")
        taken = self._data[self.position : end]
        self.position = end
        return taken
