"""Reading the register of statements, and what can be handed out with one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yidang.kernel.clock import now
from yidang.kernel.errors import NotFound
from yidang.ledger import queries as ledger
from yidang.ledger.models import LedgerStatement
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements import digits, keys
from yidang.ledger.statements.operations import Statement, opened
from yidang.ledger.statements.proving import FORMAT
from yidang.ledger.statements.revocations import Revocation, RevocationList, listed


def get_row(number: str) -> LedgerStatement:
    """Raises NotFound `statement_not_found`."""
    row = LedgerStatement.objects.filter(number=number).first()
    if row is None:
        raise NotFound("statement_not_found", number=number[:40])
    return row


def get_statement(number: str) -> Statement:
    """Raises NotFound `statement_not_found`, `statement_not_kept`."""
    return opened(get_row(number))


def of_subjects(subjects: Sequence[UUID]) -> list[LedgerStatement]:
    return list(LedgerStatement.objects.filter(subject__in=subjects).order_by("issued_at"))


def revocations() -> RevocationList:
    rows = LedgerStatement.objects.filter(revoked_at__isnull=False).values_list("number", "revoked_at", "revocation")
    revoked = (Revocation(number, int(at.timestamp()), reason) for number, at, reason in rows if at)
    return listed(ledger_folder().origin, int(now().timestamp()), ledger.checkpoint().size, revoked)


def signed_revocations() -> bytes:
    """As of this moment."""
    return keys.sign(revocations().encode())


def statement_file(statement: Statement) -> dict[str, Any]:
    """What `proving` and the page for use without a server check. Raises Conflict `ledger_entry_waiting`."""
    issued, about = ledger.proof(statement.entry), ledger.proof(statement.claims.entry)
    if issued.checkpoint.size != about.checkpoint.size:  # a checkpoint came between the two
        issued, about = ledger.proof(statement.entry), ledger.proof(statement.claims.entry)
    return {
        "format": FORMAT,
        "statement": digits.pack(statement.data),
        "issued": _part(issued),
        "about": _part(about),
        "checkpoint": about.checkpoint.note,
        "public_keys": [str(key) for key in ledger_folder().public_keys()],
    }


def _part(proof: ledger.Proof) -> dict[str, Any]:
    path = [sibling.hex() for sibling in proof.path]
    return {"entry": proof.entry.decode(), "position": proof.position, "path": path}
