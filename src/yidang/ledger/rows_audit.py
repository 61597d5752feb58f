"""Every row in PostgreSQL against the entry that the log holds at its position."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from yidang.crypto.fields import open_json
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import Invalid
from yidang.ledger.events import commitment, read_time
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerPosition, LedgerWaiting
from yidang.ledger.notes import Checkpoint
from yidang.ledger.tiles import WIDTH

_CHUNK = 5_000
COLUMNS = ("id", "action", "actor", "subject", "at")


def row_differences(folder: LedgerFolder, size: int) -> Iterator[Difference]:
    """Streams both sides in the order of the log."""
    places = LedgerPosition.objects.filter(position__lt=size).order_by("position")
    rows = places.values_list("position", *(f"entry__{name}" for name in COLUMNS), "entry__entry", "entry__private")
    expected = 0
    entries = _entries(folder, size)
    for position, *stated, entry, private in rows.iterator(chunk_size=_CHUNK):
        if position > expected:
            yield difference("ledger_row_missing", first=expected, last=position - 1)
        held = b""
        while expected <= position:
            held, expected = next(entries, b""), expected + 1
        if held:
            wrong = _wrong(stated, bytes(entry), private, held)
            if wrong:
                code = "ledger_private_wrong" if wrong == "private" else "ledger_row_altered"
                yield difference(code, position=position, entry=str(stated[0]), fields=wrong)
    if expected < size:
        yield difference("ledger_row_missing", first=expected, last=size - 1)


def outside_differences(size: int) -> list[Difference]:
    """Rows the log does not know: behind its end, or neither waiting nor placed."""
    positions = (
        LedgerPosition.objects.filter(position__gte=size).order_by("position").values_list("position", flat=True)
    )
    steps = pairwise([size - 1, *positions])  # those a kill left unfinished follow the log without a gap
    beyond = [difference("ledger_row_beyond", position=there) for here, there in steps if there != here + 1]
    waiting = LedgerWaiting.objects.filter(id=OuterRef("id"))
    strays = LedgerEntry.objects.filter(~Exists(waiting), place=None).order_by("id").values_list("id", flat=True)
    return beyond + [difference("ledger_row_outside", entry=str(stray)) for stray in strays]


def last_recorded() -> int:
    """The size of the newest checkpoint that the database remembers."""
    last: int = LedgerCheckpoint.objects.aggregate(last=Coalesce(Max("size"), 0))["last"]
    return last


def checkpoint_differences(notes: list[Checkpoint], last: int) -> Iterator[Difference]:
    """What the files remember having signed against what the database remembered then, up to its `last`."""
    filed = {note.size: (note.root, note.note) for note in notes}
    rows = LedgerCheckpoint.objects.filter(size__lte=last)
    recorded = {row.size: (bytes(row.root), row.note) for row in rows.iterator()}
    for size in sorted(recorded.keys() - filed.keys()):
        yield difference("ledger_checkpoint_removed", size=size)
    for size in sorted(filed.keys() - recorded.keys() - {notes[-1].size}):  # the newest may be about to be recorded
        yield difference("ledger_checkpoint_unrecorded", size=size)
    for size in sorted(filed.keys() & recorded.keys()):
        if filed[size] != recorded[size]:
            yield difference("ledger_checkpoint_altered", size=size)


_EARLY, _LATE = "5 seconds", "1 hour"  # the entry behind may have waited so long for its transaction to end
_TIMES = """
    SELECT c.size, c.at, before.at, behind.at FROM ledger_checkpoint c
    JOIN ledger_position p ON p.position = c.size - 1 JOIN ledger_entry before ON before.id = p.entry_id
    LEFT JOIN ledger_position q ON q.position = c.size LEFT JOIN ledger_entry behind ON behind.id = q.entry_id
    WHERE c.at < before.at - %s::interval OR c.at > coalesce(behind.at, now()) + %s::interval ORDER BY c.size
"""


def time_differences() -> Iterator[Difference]:
    """When the database says a checkpoint was signed: after its last entry, and not long after the next one came."""
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, [_EARLY, _LATE])
        for size, at, after, before in cursor.fetchall():
            told = {"at": at.isoformat(), "after": after.isoformat(), "before": before.isoformat() if before else "-"}
            yield difference("ledger_checkpoint_time", size=size, **told)


def _entries(folder: LedgerFolder, size: int) -> Iterator[bytes]:
    """What a damaged bundle cannot tell is given as blank; the file audit names the bundle."""
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        try:
            yield from folder.entries(number, width)
        except Invalid:
            yield from [b""] * width


def _wrong(stated: list[Any], entry: bytes, private: bytes | None, held: bytes) -> str:
    """What of a row is not what the log holds; blank when all is."""
    if entry != held:
        return "entry"
    content = json.loads(held)
    pairs = zip(COLUMNS, columns(content).values(), stated, strict=True)
    wrong = [name for name, said, found in pairs if said != found]
    if not wrong and not _private_holds(private, content):
        return "private"
    return ", ".join(wrong)


def columns(content: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row as its entry states them, in the order of COLUMNS."""
    subject = content.get("subject")
    return {
        "id": UUID(content["id"]),
        "action": content["action"],
        "actor": content["actor"],
        "subject": None if subject is None else UUID(subject),
        "at": read_time(content["at"]),
    }


def _private_holds(private: bytes | None, content: dict[str, Any]) -> bool:
    if private is None or "private" not in content:
        return private is None and "private" not in content
    try:
        opened = open_json(bytes(private), table="ledger_entry", row=content["id"], field="private")
    except Invalid:
        return False
    return bool(commitment(bytes.fromhex(opened["salt"]), opened["facts"]).hex() == content["private"])
