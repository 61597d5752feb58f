"""Issuing and revoking. Who may is for the caller to say: this room knows nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import open_field, seal_field
from yidang.crypto.sm import sm3
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger import queries
from yidang.ledger.models import LedgerStatement
from yidang.ledger.operations import append
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements import keys, proving
from yidang.ledger.statements.claims import Claims, Value
from yidang.ledger.statements.kinds import Kind, get_kind
from yidang.ledger.statements.numbers import new_number
from yidang.ledger.statements.revocations import REASONS

LONGEST = 420  # bytes: more makes a code that a phone reads badly from paper
_TABLE = "ledger_statement"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement given out: its signed bytes and what they say."""

    data: bytes
    claims: Claims
    entry: UUID

    @property
    def number(self) -> str:
        return self.claims.number


@transaction.atomic
def issue(
    *, kind: str, claims: Mapping[str, Value], ledger_entry: UUID, actor: str, subject: UUID | None = None
) -> Statement:
    """Signs what `claims` say of the entry, and writes that it was said.

    Raises:
        Invalid: `statement_kind_unknown`, `statement_claims_wrong`, `statement_too_long`.
        NotFound: `ledger_entry_not_found`. Conflict: `ledger_entry_waiting`, which a second's patience mends.
    """
    made = _claims(get_kind(kind), claims, ledger_entry)
    data = keys.sign(made.encode())
    if len(data) > LONGEST:
        raise Invalid("statement_too_long", size=len(data), limit=LONGEST)
    facts: dict[str, Any] = {
        "number": made.number,
        "kind": kind,
        "statement_sm3": sm3(data).hex(),
        "about": str(ledger_entry),
    }
    facts |= {"expires_at": made.expires_at}
    entry = append(action="statement.issued", actor=actor, subject=subject, facts=facts)
    LedgerStatement.objects.create(
        number=made.number,
        kind=kind,
        subject=subject,
        digest=sm3(data),
        body=seal_field(data, table=_TABLE, row=made.number, field="body"),
        entry=entry,
        issued_at=_moment(made.issued_at),
        expires_at=_moment(made.expires_at),
    )
    return Statement(data, made, entry)


def _claims(kind: Kind, claims: Mapping[str, Value], about: UUID) -> Claims:
    found = queries.proof(about)
    issued = now()
    return Claims(
        number=new_number(today()),
        issuer=ledger_folder().origin,
        issued_at=int(issued.timestamp()),
        expires_at=int((issued + kind.lasts).timestamp()),
        kind=kind.code,
        entry=about,
        position=found.position,
        size=found.checkpoint.size,
        values=kind.values(claims),
    )


@transaction.atomic
def revoke(*, number: str, reason: str, actor: str, remark: str = "") -> UUID:
    """Takes a statement back; returns the ledger entry. `reason` is one of REASONS, `remark` free text, kept sealed.

    Raises:
        NotFound: `statement_not_found`. Conflict: `statement_revoked_already`. Invalid: `statement_reason_unknown`.
    """
    if reason not in REASONS:
        raise Invalid("statement_reason_unknown", reason=reason, allowed=", ".join(REASONS))
    row = LedgerStatement.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise NotFound("statement_not_found", number=number[:40])
    if row.revoked_at is not None:
        raise Conflict("statement_revoked_already", number=number)
    row.revocation_entry = append(
        action="statement.revoked",
        actor=actor,
        subject=row.subject,
        facts={"number": number, "reason": reason},
        private={"remark": remark} if remark else None,
    )
    row.revoked_at, row.revocation = now(), reason
    row.save(update_fields=["revoked_at", "revocation", "revocation_entry"])
    return row.revocation_entry


def opened(row: LedgerStatement) -> Statement:
    """Raises NotFound `statement_not_kept` when only the ledger's word of it survived."""
    if row.body is None:
        raise NotFound("statement_not_kept", number=row.number)
    data = open_field(bytes(row.body), table=_TABLE, row=row.number, field="body")
    return Statement(data, proving.read(data).claims, row.entry)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
