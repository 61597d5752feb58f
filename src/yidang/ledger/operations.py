"""Writing to the ledger: always inside the transaction of the change it tells of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yidang.crypto.fields import seal_json
from yidang.kernel.clock import now
from yidang.ledger.copying import Row, copy_ids, copy_rows
from yidang.ledger.events import NewEvent, Prepared, prepare
from yidang.ledger.models import LedgerEntry
from yidang.ledger.sequencing import sequence

__all__ = ["append", "append_many", "forget_private", "sequence"]

_COLUMNS = ("id", "action", "actor", "subject", "at", "entry", "private")
_TYPES = ("uuid", "text", "text", "uuid", "timestamptz", "bytea", "bytea")
_FEW = 8  # below this an INSERT costs less than opening a COPY


def append(
    *,
    action: str,
    actor: str,
    subject: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> UUID:
    """Appends one event and returns its entry's id.

    Raises:
        TransactionManagementError: outside a transaction, where the event could outlive a change that failed.
    """
    event = NewEvent(action=action, actor=actor, subject=subject, facts=facts or {}, private=private)
    return append_many([event])[0]


def append_many(events: Sequence[NewEvent]) -> list[UUID]:
    """Appends events in their order; the ids come back in the same order."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written in the transaction of the change")
    at = now()
    ids: list[UUID] = []
    rows = _rows(prepare(events, at=at), at, ids)
    if len(events) < _FEW:
        _insert("ledger_entry", _COLUMNS, list(rows))
        _insert("ledger_waiting", ("id",), [(entry_id,) for entry_id in ids])
    else:
        copy_rows("ledger_entry", _COLUMNS, _TYPES, rows)
        copy_ids("ledger_waiting", ids)
    return ids


def _rows(prepared: Iterable[Prepared], at: datetime, ids: list[UUID]) -> Iterator[Row]:
    """Made while they are written; `ids` fills up on the way."""
    for one in prepared:
        ids.append(one.id)
        yield _row(one, at)


def _row(one: Prepared, at: datetime) -> Row:
    event = one.event
    return one.id, event.action, event.actor, event.subject, at, one.entry, _sealed_private(one)


def _sealed_private(one: Prepared) -> bytes | None:
    if one.private_salt is None:
        return None
    value = {"salt": one.private_salt.hex(), "facts": one.event.private}
    return seal_json(value, table="ledger_entry", row=str(one.id), field="private")


def _insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    places = ",".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places})", rows)  # noqa: S608 - constants


def forget_private(subjects: Sequence[UUID]) -> None:
    """The private facts of all that was ever entered about these; the entries, and what proves them, stay as they are.

    For what is destroyed: from then on a commitment is all that is left.
    """
    LedgerEntry.objects.filter(subject__in=subjects, private__isnull=False).update(private=None)
