"""What came goes into the history: files laid ready, and changes followed by the outbox.

Moves of boxes and lists are known to the history alone and lie ready before the commit; what the rows say as well lies
ready after it, when the import is taken in already. `publishing` moves both into their places.
"""

import os
import shutil
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from yidang.claims.history import rewriting
from yidang.claims.history.reading import folder, select
from yidang.claims.importing.shape import columns_of
from yidang.claims.models import HistoryChange, Import
from yidang.claims.tables import EXTRACTS, PARTITIONED, TABLES

_LOCK = 0x59444C48  # one writer of the history at a time
_OPTIONS = "FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 100000"
_WHOLE, _DRAFT = "rest", ".rest"
NOT_TABLES = (_WHOLE, _DRAFT)
_IN_ROWS = ("settlements", "lines", "diagnoses", "operations", *EXTRACTS)
# Lists without a claim: known as a whole, and each row once.
LISTS = ("stock_in", "products", "deaths", "absences", "suspensions", "terminations")


def ready_folder(batch: Import) -> Path:
    return folder() / ".ready" / str(batch.id)


def forget_ready(batch: Import) -> None:
    shutil.rmtree(ready_folder(batch), ignore_errors=True)


def lay_boxes(db: Any, batch: Import) -> None:
    """Before the commit: Parquet of what the open import `db` alone knows, and which claims it replaces."""
    forget_ready(batch)
    place = ready_folder(batch)
    place.mkdir(parents=True)
    _write(db, "traces", _chosen("traces"), place)
    for table in LISTS:
        if columns_of(db, f"raw_{table}"):
            _write(db, table, _passed(table), place)
    db.execute(f"COPY replaced TO '{place}/replaced.parquet' (FORMAT PARQUET)")
    _sync(place)


def lay_rest(db: Any, batch: Import) -> None:
    """After the commit: Parquet of what stands in the rows, too, and could be had from them anew."""
    draft = ready_folder(batch) / _DRAFT
    draft.mkdir()
    for table in _IN_ROWS:
        _write(db, table, _chosen(table), draft)
    _sync(draft)
    draft.rename(rest_folder(batch))


def rest_folder(batch: Import) -> Path:
    """There only when all of it lies ready."""
    return ready_folder(batch) / _WHOLE


def _chosen(table: str) -> str:
    columns = ", ".join(TABLES[table])
    if table == "settlements":
        return f"SELECT {columns} FROM good WHERE state IN ('new', 'changed')"
    told_elsewhere = f" UNION ALL {_private_traces()} UNION ALL {_traces_of_lines()}" if table == "traces" else ""
    return f"SELECT {columns} FROM good_{table}{told_elsewhere}"


def _passed(table: str) -> str:
    """Known only here; a person is told by the pseudonym, a trace's month by when it moved."""
    parts = [
        "p.person AS person"
        if key == "person"
        else "strftime(t.moved_at, '%Y-%m') AS month"
        if key == "month"
        else f"t.{key}"
        for key in TABLES[table]
    ]
    people = "LEFT JOIN people p ON p.number = t.person" if "person" in TABLES[table] else ""
    return f"SELECT {', '.join(parts)} FROM typed_{table} t {people} {_but_bad(table)} WHERE true"


def _but_bad(table: str) -> str:
    return f"ANTI JOIN (SELECT file, row FROM bad WHERE tab = '{table}') b ON b.file = t._file AND b.row = t._row"


def _private_traces() -> str:
    """What left a pharmacy without a settlement belongs to none, and is known again by itself."""
    return (
        f"SELECT * FROM ({_passed('traces')} AND t.claim IS NULL) n ANTI JOIN ({select('traces', folder())}) h"
        " USING (trace, provider, moved_at, kind)"
    )


def _traces_of_lines() -> str:
    """A code that only the line names left the counter all the same."""
    return (
        "SELECT l.trace, l.line, l.claim, l.person, l.provider, NULL, l.item, NULL, l.served_at, 'sale', 1.0, false,"
        " NULL, l.month FROM good_lines l"
        f" ANTI JOIN (SELECT t.line FROM typed_traces t {_but_bad('traces')}) g ON g.line = l.line"
        " WHERE nullif(trim(l.trace), '') IS NOT NULL"
    )


def _write(db: Any, table: str, query: str, place: Path) -> None:
    if table in PARTITIONED:
        db.execute(
            f"COPY ({query}) TO '{place / table}' ({_OPTIONS}, PARTITION_BY (month), WRITE_PARTITION_COLUMNS true)"
        )
    else:
        (place / table).mkdir()
        db.execute(f"COPY ({query}) TO '{place / table / 'part.parquet'}' ({_OPTIONS})")


def _sync(place: Path) -> None:
    for path in place.rglob("*.parquet"):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def has_news() -> bool:
    return HistoryChange.objects.exists()


def follow() -> int:
    """The outbox: how many changes the history has followed."""
    if not has_news():
        return 0
    with transaction.atomic():
        lock()
        done = follow_changes()
        rewriting.lay_parties(folder())
    return done


def follow_parties() -> None:
    """Persons, institutions and lists of others as they stand now."""
    with transaction.atomic():
        lock()
        rewriting.lay_parties(folder())


def follow_changes() -> int:
    changes = list(HistoryChange.objects.order_by("number")[:50_000])
    if changes:
        rewriting.apply(folder(), changes)
        HistoryChange.objects.filter(pk__in=[one.pk for one in changes]).delete()
    return len(changes)


def lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
