"""What the archive itself says of a statement that somebody holds out to it.

1. It can be read, and names a key of this archive.
2. Its signature holds: not a bit was changed.
3. The register and the ledger tell of it: same number, same digest, and the entry leads to the signed root.
4. It was not revoked. 5. Its term has not run out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, DomainError
from yidang.ledger import queries
from yidang.ledger.merkle import leaf_hash, root_by_path
from yidang.ledger.models import LedgerStatement
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements import addresses, keys, proving
from yidang.ledger.statements.cbor import Malformed
from yidang.ledger.statements.claims import Claims


class Outcome(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # signed by our key, but neither register nor ledger tell of it
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    UNREADABLE = "unreadable"
    UNPROVED = "unproved"  # the ledger's files cannot be read or do not lead to their root


@dataclass(frozen=True, slots=True)
class Verdict:
    """`claims` only where the signature holds: what an unsigned statement says is nothing to repeat."""

    outcome: Outcome
    claims: Claims | None = None
    position: int | None = None
    size: int | None = None
    signatures: Sequence[str] = ()
    revoked_at: datetime | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.outcome is Outcome.VALID


def check(text: str) -> Verdict:
    """`text`: the address in the code, or its digits alone."""
    try:
        found = proving.read(addresses.data_of(text))  # 1
    except Malformed:
        return Verdict(Outcome.UNREADABLE)
    public = keys.trusted().get(found.envelope.key_id) if ledger_folder().exists else None
    if public is None:
        return Verdict(Outcome.UNKNOWN_KEY)
    if not found.is_signed_by(public):  # 2
        return Verdict(Outcome.ALTERED)
    row = LedgerStatement.objects.filter(number=found.claims.number, digest=found.digest).first()  # 3
    return Verdict(Outcome.UNKNOWN, found.claims) if row is None else _judged(row, found)


def _judged(row: LedgerStatement, found: proving.Read) -> Verdict:
    try:
        told = queries.proof(row.entry)
    except Conflict:
        told = None  # waits for the next checkpoint, a second at most
    except (DomainError, OSError):
        return Verdict(Outcome.UNPROVED, found.claims)
    if told is not None and not _is_told(told, found):
        return Verdict(Outcome.UNPROVED, found.claims)
    return Verdict(
        outcome=_outcome(row),
        claims=found.claims,
        position=told.position if told else None,
        size=told.checkpoint.size if told else None,
        signatures=_holding(told) if told else (),
        revoked_at=row.revoked_at,
        reason=row.revocation,
    )


def _is_told(told: queries.Proof, found: proving.Read) -> bool:
    leaf, head = leaf_hash(told.entry), told.checkpoint
    is_included = root_by_path(leaf, index=told.position, size=head.size, path=told.path) == head.root
    return is_included and json.loads(told.entry)["facts"].get("statement_sm3") == found.digest.hex()


def _holding(told: queries.Proof) -> list[str]:
    return [str(key.algorithm) for key in ledger_folder().public_keys() if key.verifies(told.checkpoint)]


def _outcome(row: LedgerStatement) -> Outcome:
    if row.revoked_at is not None:  # 4
        return Outcome.REVOKED
    return Outcome.EXPIRED if row.expires_at < now() else Outcome.VALID  # 5
