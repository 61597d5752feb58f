"""What a statement says, as the claims of a CWT (RFC 8392).

1 issuer: the log's origin · 4 expires, 6 issued: seconds since 1970 · 7 id: the number, ASCII
-65537 (private use): [kind, entry it is about (16 bytes), its position, size of the log it was found in, [values]]
The values stand in the order of the kind's fields: text or integers.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yidang.ledger.statements import cbor
from yidang.ledger.statements.cbor import Malformed

ISSUER, EXPIRES, ISSUED, NUMBER, OURS = 1, 4, 6, 7, -65537
_LONGEST = 2048  # a QR code of version 40 holds less
_PARTS = 5
_UUID = 16
_LATEST = 253402300799  # the last second of 9999
Value = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """`entry` is the ledger entry that the statement is about, found at `position` of a log of `size` entries."""

    number: str
    issuer: str
    issued_at: int
    expires_at: int
    kind: str
    entry: UUID
    position: int
    size: int
    values: tuple[Value, ...]

    def encode(self) -> bytes:
        ours = [self.kind, self.entry.bytes, self.position, self.size, list(self.values)]
        return cbor.encode(
            {
                ISSUER: self.issuer,
                EXPIRES: self.expires_at,
                ISSUED: self.issued_at,
                NUMBER: self.number.encode("ascii"),
                OURS: ours,
            }
        )


def parse(payload: bytes) -> Claims:
    """Raises Malformed."""
    if len(payload) > _LONGEST:
        raise Malformed("too long")
    found = cbor.decode(payload)
    if not isinstance(found, dict) or set(found) != {ISSUER, EXPIRES, ISSUED, NUMBER, OURS}:
        raise Malformed("other claims")
    kind, entry, position, size, values = _ours(found[OURS])
    return Claims(
        number=_number(found[NUMBER]),
        issuer=_text(found[ISSUER]),
        issued_at=_count(found[ISSUED]),
        expires_at=_count(found[EXPIRES]),
        kind=_text(kind),
        entry=_entry(entry),
        position=_count(position),
        size=_count(size),
        values=values,
    )


def _ours(found: Any) -> tuple[Any, Any, Any, Any, tuple[Value, ...]]:
    if not isinstance(found, list) or len(found) != _PARTS or not isinstance(found[-1], list):
        raise Malformed("other claims")
    if not all(isinstance(one, str | int) and not isinstance(one, bool) for one in found[-1]):
        raise Malformed("other values")
    return found[0], found[1], found[2], found[3], tuple(found[-1])


def _number(found: Any) -> str:
    if not isinstance(found, bytes) or not found.isascii():
        raise Malformed("no number")
    return found.decode("ascii")


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise Malformed("no text")
    return found


def _count(found: Any) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= _LATEST:
        raise Malformed("no count")
    return found


def _entry(found: Any) -> UUID:
    if not isinstance(found, bytes) or len(found) != _UUID:
        raise Malformed("no entry")
    return UUID(bytes=found)
