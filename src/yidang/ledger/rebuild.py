"""Filling the rows again from the log's files, after a database was lost or altered."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from yidang.crypto.fields import seal_json
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.ledger.copying import copy_rows
from yidang.ledger.events import commitment
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.merkle import leaf_hash
from yidang.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerPosition, LedgerWaiting
from yidang.ledger.notes import parse_checkpoint, parse_history
from yidang.ledger.rows_audit import COLUMNS, columns
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.statements.restoring import restore_register
from yidang.ledger.tiles import WIDTH
from yidang.ledger.verifier import Heads, read_heads

Row = tuple[Any, ...]
PrivateOf = Callable[[UUID], tuple[bytes, Mapping[str, Any]] | None]
"""Whoever keeps private facts elsewhere: entry id → (salt, facts), or None."""

_COLUMNS = (*COLUMNS, "entry")
_TYPES = ("uuid", "text", "text", "uuid", "timestamptz", "bytea")
_NAMES = ", ".join(_COLUMNS)
_UPSERT = f"""
INSERT INTO ledger_entry ({_NAMES}) SELECT {_NAMES} FROM restored
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])}
"""  # noqa: S608 - the names are the constants above


@dataclass(slots=True)
class Restored:
    rows: int = 0  # written anew or put right
    removed: list[UUID] = field(default_factory=list)  # stood at a position of the log that the log does not know
    private_lost: list[UUID] = field(default_factory=list)  # committed to, but nobody has the facts any more


def restore_rows(private_of: PrivateOf = lambda _entry: None) -> Restored:
    """Makes the rows below the checkpoint say what the log says; rows still waiting stay as they are.

    Raises:
        Conflict: `ledger_damaged` when entries and tiles disagree, `ledger_checkpoint_missing` when there is no log.
    """
    folder = ledger_folder()
    with folder.locked():
        size = folder.checkpoint().size
        heads = read_heads(folder.path)
        restored, doubtful = Restored(), set[UUID]()
        for number in range(-(-size // WIDTH)):
            first = number * WIDTH
            rows = _expected(folder, number, min(WIDTH, size - first))
            if rows != _present(first, len(rows)):
                doubtful |= _replace(first, rows)
                restored.rows += len(rows)
        restored.removed = _remove_strangers(doubtful)
        _restore_checkpoints(heads)
    restored.private_lost = _restore_private(private_of)
    restore_register()
    return restored


def _expected(folder: LedgerFolder, number: int, width: int) -> list[Row]:
    entries = folder.entries(number, width)
    leaves = [leaf_hash(entry) for entry in entries]
    if b"".join(leaves) != folder.hashes(0, number, width):
        raise Conflict("ledger_damaged", size=number * WIDTH)
    return [_row(entry) for entry in entries]


def _row(entry: bytes) -> Row:
    stated = columns(json.loads(entry))
    return (*(stated[name] for name in _COLUMNS[:-1]), entry)


def _present(first: int, count: int) -> list[Row]:
    there = LedgerPosition.objects.filter(position__gte=first, position__lt=first + count).order_by("position")
    rows = there.values_list(*(f"entry__{name}" for name in _COLUMNS))
    return [(*row[:-1], bytes(row[-1])) for row in rows]


def _replace(first: int, rows: Sequence[Row]) -> set[UUID]:
    """Puts the rows in their places; returns who else stood there, and may belong further on."""
    ids = [row[0] for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        there = LedgerPosition.objects.filter(position__gte=first, position__lt=first + len(rows))
        before = set(there.values_list("entry_id", flat=True))
        LedgerPosition.objects.filter(Q(pk__in=there.values("pk")) | Q(entry__in=ids)).delete()
        LedgerWaiting.objects.filter(id__in=ids).delete()
        cursor.execute("CREATE TEMPORARY TABLE restored (LIKE ledger_entry) ON COMMIT DROP")
        copy_rows("restored", _COLUMNS, _TYPES, rows)
        cursor.execute(_UPSERT)
        copy_rows("ledger_position", ("position", "entry_id"), ("int8", "uuid"), list(enumerate(ids, first)))
    return before - set(ids)


def _remove_strangers(doubtful: set[UUID]) -> list[UUID]:
    strangers = LedgerEntry.objects.filter(id__in=doubtful, place=None)
    ids = list(strangers.values_list("id", flat=True))
    strangers.delete()
    return ids


def _restore_checkpoints(heads: Heads) -> None:
    """When each was signed nobody remembers; its last entry's moment is the nearest there is."""
    notes = [parse_checkpoint(note) for note in parse_history(heads.checkpoints)]
    places = LedgerPosition.objects.filter(position__in=[note.size - 1 for note in notes])
    moments = dict(places.values_list("position", "entry__at"))
    rows = [
        LedgerCheckpoint(size=note.size, root=note.root, note=note.note, at=moments.get(note.size - 1, now()))
        for note in notes
    ]
    LedgerCheckpoint.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["size"], update_fields=["root", "note"]
    )


def _restore_private(private_of: PrivateOf) -> list[UUID]:
    """Seals again what somebody else still has, checked against the commitment; returns what nobody has."""
    lost = []
    for row in LedgerEntry.objects.filter(private=None, place__isnull=False).iterator():
        committed = json.loads(bytes(row.entry)).get("private")
        found = private_of(row.id) if committed else None
        if found and commitment(*found).hex() == committed:
            value = {"salt": found[0].hex(), "facts": found[1]}
            row.private = seal_json(value, table="ledger_entry", row=str(row.id), field="private")
            row.save(update_fields=["private"])
        elif committed:
            lost.append(row.id)
    return lost
