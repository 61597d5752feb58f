"""Reading the ledger: what happened to a record, and the proof that it did."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from yidang.crypto.fields import open_json
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.notes import Checkpoint
from yidang.ledger.sequencing import ledger_folder

PROOF_FORMAT = "yidang-ledger-proof/1"
_PER_QUERY = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """One entry, read. `position` is None while the entry waits to be sequenced."""

    id: UUID
    position: int | None
    at: datetime
    action: str
    actor: str
    subject: UUID | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands at a position of the log whose head is signed."""

    entry: bytes
    position: int
    path: list[bytes]
    checkpoint: Checkpoint


def history(subject: UUID) -> list[Event]:
    """Everything that happened to a record, oldest first."""
    return [_event(row) for row in _placed().filter(subject=subject).order_by("id")]


def events_of(*actions: str) -> Iterator[Event]:
    """All that was ever entered under these, oldest first. Reads the whole table: for a rebuild, not for a page."""
    for row in _placed().filter(action__in=actions).order_by("id").iterator(chunk_size=_PER_QUERY):
        yield _event(row)


def unended(begun: str, *ends: str) -> list[Event]:
    """What began and has not ended, by its subject. As `events_of`, not for a page."""
    ended = {told.subject for told in events_of(*ends)}
    return [told for told in events_of(begun) if told.subject not in ended]


def event(entry_id: UUID) -> Event:
    """Raises NotFound `ledger_entry_not_found`."""
    return _event(_row(entry_id))


def private_facts(entry_id: UUID) -> dict[str, Any] | None:
    """The sealed part of an entry, opened; None when it has none or it was lost. The caller checks who asks."""
    row = _row(entry_id)
    return None if row.private is None else _opened(row)["facts"]


def checkpoint() -> Checkpoint:
    """The newest signed head. Raises Conflict `ledger_checkpoint_missing`."""
    return ledger_folder().checkpoint()


def proof(entry_id: UUID) -> Proof:
    """Raises NotFound `ledger_entry_not_found` or Conflict `ledger_entry_waiting`, which a second's patience mends."""
    row = _row(entry_id)
    position = row.at_position
    if position is None:
        raise Conflict("ledger_entry_waiting", entry=str(entry_id))
    head = checkpoint()
    if position >= head.size:
        raise Conflict("ledger_entry_waiting", entry=str(entry_id))
    path = ledger_folder().tree(head.size).inclusion(position)
    return Proof(bytes(row.entry), position, path, head)


def consistency(old_size: int) -> list[bytes]:
    """The proof that the log as it was at `old_size` is the beginning of the log of today."""
    return ledger_folder().tree(checkpoint().size).consistency(old_size)


def proof_file(entry_id: UUID, *, page: Mapping[str, Any] | None = None, with_private: bool = False) -> dict[str, Any]:
    """A proof as JSON that `verifier` checks without this system. `page` comes from `pages.prove_page`."""
    found = proof(entry_id)
    content: dict[str, Any] = {
        "format": PROOF_FORMAT,
        "entry": found.entry.decode(),
        "position": found.position,
        "path": [sibling.hex() for sibling in found.path],
        "checkpoint": found.checkpoint.note,
        "public_keys": [str(key) for key in ledger_folder().public_keys()],
    }
    if page is not None:
        content["page"] = dict(page)
    row = _row(entry_id)
    if with_private and row.private is not None:
        content["private"] = _opened(row)
    return content


def _placed() -> QuerySet[Any]:
    """Entries with their position, which is None while they wait."""
    return LedgerEntry.objects.annotate(at_position=F("place__position"))


def _row(entry_id: UUID) -> Any:
    try:
        return _placed().get(id=entry_id)
    except LedgerEntry.DoesNotExist:
        raise NotFound("ledger_entry_not_found", entry=str(entry_id)) from None


def _event(row: Any) -> Event:
    facts = json.loads(bytes(row.entry))["facts"]
    return Event(row.id, row.at_position, row.at, row.action, row.actor, row.subject, facts)


def _opened(row: LedgerEntry) -> dict[str, Any]:
    opened: dict[str, Any] = open_json(
        bytes(row.private or b""), table="ledger_entry", row=str(row.id), field="private"
    )
    return opened
