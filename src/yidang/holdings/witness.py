"""What the ledger says of items."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from yidang.ledger.models import LedgerEntry

VERSION_ACTIONS = (
    "item.filed",
    "item.described",
    "item.restored",
    "item.moved",
    "item.paged",
    "item.appraised",
    "item.extended",
)
_PER_QUERY = 2000


@dataclass(frozen=True)
class Testimony:
    """An entry that tells of a version of an item."""

    id: UUID
    action: str
    actor: str
    facts: Mapping[str, Any]

    @property
    def version(self) -> int:
        return int(self.facts["version"])


def testimonies(items: Sequence[UUID]) -> dict[UUID, dict[int, Testimony]]:
    """Item → version → the entry that tells of it, the last where there are several.

    A draft's description leaves an `item.described` too, without a version; it is passed over.
    """
    found: dict[UUID, dict[int, Testimony]] = {item: {} for item in items}
    rows = LedgerEntry.objects.filter(subject__in=items, action__in=VERSION_ACTIONS).order_by("id")
    for row in rows.iterator(chunk_size=_PER_QUERY):
        told = _read(row)
        if told is not None and row.subject is not None:
            found[row.subject][told.version] = told
    return found


def inventories(told: Mapping[int, Testimony]) -> dict[int, str]:
    """Version → SHA-512 of the store's inventory, as the ledger has it."""
    return {number: str(entry.facts.get("inventory_sha512", "")) for number, entry in told.items()}


def all_inventories() -> Iterator[tuple[UUID, dict[int, str]]]:
    """Of every item the ledger tells of."""
    subjects = LedgerEntry.objects.filter(action="item.filed", subject__isnull=False).order_by("id")
    waiting = subjects.values_list("subject", flat=True).iterator(chunk_size=_PER_QUERY)
    while chunk := [item for item in islice(waiting, _PER_QUERY) if item]:
        for item, told in testimonies(chunk).items():
            yield item, inventories(told)


def _read(row: LedgerEntry) -> Testimony | None:
    facts = json.loads(bytes(row.entry))["facts"]
    if "version" not in facts:
        return None
    return Testimony(row.id, row.action, row.actor, facts)


def filed() -> Iterator[tuple[UUID, str]]:
    """Every item that was ever filed, with the 档号 it was given then."""
    rows = LedgerEntry.objects.filter(action="item.filed").order_by("id")
    for row in rows.iterator(chunk_size=_PER_QUERY):
        if row.subject is not None:
            yield row.subject, json.loads(bytes(row.entry))["facts"].get("reference_code", "")


def codes_given() -> Iterator[str]:
    """Every 档号 that the ledger names as numbered by this archive, whatever became of its item."""
    rows = LedgerEntry.objects.filter(action__in=("item.filed", "item.moved")).order_by("id")
    for row in rows.iterator(chunk_size=_PER_QUERY):
        facts = json.loads(bytes(row.entry))["facts"]
        if "is_legacy_code" not in facts:
            yield facts["reference_code"]


@dataclass(frozen=True)
class Ending:
    """An entry that tells of an item's destruction; `facts` are the tombstone's columns."""

    item: UUID
    entry: UUID
    at: datetime
    facts: Mapping[str, Any]


def endings() -> Iterator[Ending]:
    rows = LedgerEntry.objects.filter(action="item.destroyed", subject__isnull=False).order_by("id")
    for row in rows.iterator(chunk_size=_PER_QUERY):
        if row.subject is not None:
            yield Ending(row.subject, row.id, row.at, json.loads(bytes(row.entry))["facts"])
