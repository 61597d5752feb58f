"""The register of statements against the ledger: an expiry put off, a revocation wiped out, a statement slipped in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerStatement
from yidang.ledger.statements.restoring import told_register

_TO_THE_SECOND = ("issued_at", "expires_at", "revoked_at")
_NEAR = timedelta(seconds=60)  # between the moment a statement names and its entry's


def verify_statements() -> list[Difference]:
    """Codes: `statement_changed`, `statement_unknown`, `statement_lost`. Unfit for what is written at this moment."""
    found = list(_differences())
    return [one for one in _differences() if one in found] if found else []


def _differences() -> Iterator[Difference]:
    told = told_register()
    for row in LedgerStatement.objects.order_by("number").iterator(chunk_size=2000):
        expected = told.pop(row.number, None)
        if expected is None:
            yield difference("statement_unknown", number=row.number)
        elif wrong := [name for name, value in expected.items() if not _agree(name, getattr(row, name), value)]:
            yield difference("statement_changed", number=row.number, column=", ".join(wrong))
    yield from (difference("statement_lost", number=number) for number in told)


def _agree(name: str, found: Any, said: Any) -> bool:
    if name == "digest":
        return bool(bytes(found) == said)
    if name in _TO_THE_SECOND and found is not None and said is not None:
        return bool(abs(found - said) < _NEAR)
    return bool(found == said)
