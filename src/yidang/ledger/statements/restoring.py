"""After a loss of the database: the register of statements as the ledger tells it, revocations above all.

What the statements said is not in the ledger; whoever holds one can have it checked again all the same, because the
register knows its digest.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from yidang.ledger.models import LedgerEntry, LedgerStatement

ISSUED, REVOKED = "statement.issued", "statement.revoked"
_STANDING: dict[str, Any] = {"revoked_at": None, "revocation": "", "revocation_entry": None}


def restore_register() -> int:
    """Adds what the register lacks and marks what was revoked; how many rows it touched."""
    touched = 0
    for row in _entries(ISSUED):
        facts = _facts(row)
        _, is_new = LedgerStatement.objects.get_or_create(number=facts["number"], defaults=_columns(row, facts))
        touched += is_new
    for row in _entries(REVOKED):
        facts = _facts(row)
        standing = LedgerStatement.objects.filter(number=facts["number"], revoked_at__isnull=True)
        touched += standing.update(revoked_at=row.at, revocation=facts["reason"], revocation_entry=row.id)
    return touched


def told_register() -> dict[str, dict[str, Any]]:
    """The columns of the register by number, as the ledger tells them."""
    told = {(facts := _facts(row))["number"]: _columns(row, facts) | _STANDING for row in _entries(ISSUED)}
    for row in _entries(REVOKED):
        facts = _facts(row)
        told[facts["number"]] |= {"revoked_at": row.at, "revocation": facts["reason"], "revocation_entry": row.id}
    return told


def _entries(action: str) -> Iterator[LedgerEntry]:
    return LedgerEntry.objects.filter(action=action).order_by("id").iterator(chunk_size=2000)


def _facts(row: LedgerEntry) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(bytes(row.entry))["facts"]
    return facts


def _columns(row: LedgerEntry, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": facts["kind"],
        "subject": row.subject,
        "digest": bytes.fromhex(facts["statement_sm3"]),
        "entry": row.id,
        "issued_at": row.at,
        "expires_at": datetime.fromtimestamp(facts["expires_at"], UTC),
    }
