"""The list of statements that were taken back, signed as the statements are.

Payload: ["yidang-revocations/1", the log's origin, made at (seconds since 1970), size of the log,
[[number, revoked at, reason], …]], numbers in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yidang.ledger.statements import cbor, cose
from yidang.ledger.statements.cbor import Malformed

FORMAT = "yidang-revocations/1"
REASONS = ("error", "superseded", "misused", "lost", "ordered")
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Revocation:
    number: str
    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class RevocationList:
    origin: str
    made_at: int
    size: int
    revoked: tuple[Revocation, ...]

    def encode(self) -> bytes:
        rows = [[one.number, one.at, one.reason] for one in self.revoked]
        return cbor.encode([FORMAT, self.origin, self.made_at, self.size, rows])


def listed(origin: str, made_at: int, size: int, revoked: Iterable[Revocation]) -> RevocationList:
    return RevocationList(origin, made_at, size, tuple(sorted(revoked, key=lambda one: one.number)))


def parse(data: bytes) -> tuple[RevocationList, cose.Sign1]:
    """The list and its envelope, whose signature the caller checks. Raises Malformed."""
    envelope = cose.parse(data)
    found = cbor.decode(envelope.payload)
    if not isinstance(found, list) or len(found) != _PARTS or found[0] != FORMAT or not isinstance(found[4], list):
        raise Malformed("not a list of revocations")
    return RevocationList(found[1], found[2], found[3], tuple(_row(row) for row in found[4])), envelope


def _row(row: Any) -> Revocation:
    match row:
        case [str(number), int(at), str(reason)]:
            return Revocation(number, at, reason)
    raise Malformed("not a revocation")
