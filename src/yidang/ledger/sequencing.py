"""From committed rows to the signed log.

1. Rows get their positions in one durable transaction: from here on what the log will say is fixed.
2. The files follow (see `writing`), then the checkpoint, then the record of the checkpoint beside the rows.
A kill between any two steps is completed by the next call, before anything new gets a position.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from psycopg import Cursor as ServerBound

from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.ledger.creation import open_writer
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.models import LedgerCheckpoint
from yidang.ledger.notes import Checkpoint
from yidang.ledger.writing import LedgerWriter

BATCH = 32_768
_ADVISORY_KEY = 0x1ED6E5
_STATE = """
SELECT EXISTS (SELECT 1 FROM ledger_waiting),
       (SELECT coalesce(max(position) + 1, 0) FROM ledger_position),
       (SELECT coalesce(max(size), 0) FROM ledger_checkpoint)
"""
_ASSIGN = """
WITH oldest AS (SELECT id FROM ledger_waiting ORDER BY id LIMIT %s),
     chosen AS (DELETE FROM ledger_waiting USING oldest WHERE ledger_waiting.id = oldest.id RETURNING oldest.id)
INSERT INTO ledger_position (position, entry_id) SELECT %s + row_number() OVER (ORDER BY id) - 1, id FROM chosen
"""
_READ = """
SELECT entry FROM ledger_position JOIN ledger_entry ON ledger_entry.id = entry_id
WHERE position >= %s AND position < %s ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class _State:
    is_waiting: bool
    assigned: int  # rows with a position
    published: int  # the size of the newest checkpoint recorded


def ledger_folder() -> LedgerFolder:
    return LedgerFolder(settings.YIDANG.home / "ledger")


def sequence() -> int:
    """Brings every committed row into the log; returns how many were new to it. Costs one query when there is none.

    Raises:
        Conflict: `ledger_rolled_back`, `ledger_rows_behind`, `ledger_row_missing`, `ledger_damaged` or
            `ledger_history_damaged`: nothing is signed over a contradiction.
    """
    state = _state()
    if not state.is_waiting and state.assigned == state.published:
        return 0
    folder = ledger_folder()
    with folder.locked():
        return _sequence(folder)


def is_behind() -> bool:
    """The files know entries whose rows are gone: a database lost or put back, which is to be rebuilt or restored."""
    folder = ledger_folder()
    return folder.path.exists() and _state().assigned < folder.checkpoint().size


def _sequence(folder: LedgerFolder) -> int:
    state = _state()
    writer = open_writer(settings.YIDANG.home, is_new=state.assigned == state.published == 0)
    size = _agree(folder, state)
    added = _follow(writer, size, state.assigned)
    size = state.assigned
    while count := _assign(size):
        added += _follow(writer, size, size + count)
        size += count
    return added


def _agree(folder: LedgerFolder, state: _State) -> int:
    """The size of the files' checkpoint, once rows and files are seen to tell one story."""
    newest = folder.checkpoint()
    recorded = LedgerCheckpoint.objects.filter(size=newest.size).first()
    if newest.size < state.published or (recorded and bytes(recorded.root) != newest.root):
        raise Conflict("ledger_rolled_back", files=newest.size, recorded=state.published)
    if state.assigned < newest.size:
        raise Conflict("ledger_rows_behind", files=newest.size, rows=state.assigned)
    if recorded is None:
        _record(newest)
    return newest.size


def _follow(writer: LedgerWriter, start: int, end: int) -> int:
    for first in range(start, end, BATCH):
        last = min(first + BATCH, end)
        _record(writer.extend(entries_between(first, last)))
    return end - start


def entries_between(first: int, end: int) -> list[bytes]:
    connection.ensure_connection()
    # Not through Django's cursor: its answers come as text, every byte of an entry as two digits.
    with ServerBound(connection.connection) as cursor:
        found = [bytes(row[0]) for row in cursor.execute(_READ, [first, end], binary=True).fetchall()]
    if len(found) != end - first:
        raise Conflict("ledger_row_missing", first=first, last=end - 1)
    return found


def _assign(size: int) -> int:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_KEY])
        cursor.execute(_ASSIGN, [BATCH, size])
        return int(cursor.rowcount)


def _record(published: Checkpoint) -> None:
    LedgerCheckpoint.objects.get_or_create(
        size=published.size, defaults={"root": published.root, "note": published.note, "at": now()}
    )


def _state() -> _State:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return _State(*cursor.fetchone())
