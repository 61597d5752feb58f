"""Boxes that left with imported claims are known at the counters too: entered after the import, by a job of its own."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from yidang.claims.history.reading import folder
from yidang.claims.models import Import
from yidang.claims.traces.rules import family, key_of, normal
from yidang.kernel.clock import CHINA
from yidang.ledger.copying import copy_rows

_MANY = 20_000
_FIELDS = ("key", "family", "sold", "person", "provider", "region", "document", "moved_at", "is_locked")
_TYPES = ("uuid", "text", "float8", "int8", "text", "text", "uuid", "timestamptz", "bool")
# A box that was scanned is known better than from its claim, and stays as it stands.
_INTO = ", ".join(_FIELDS)
_ENTER = f"INSERT INTO claims_box ({_INTO}) SELECT {_INTO} FROM entering ON CONFLICT DO NOTHING"  # noqa: S608 - names alone
_LEFT = """
SELECT trace, greatest(sum(coalesce(quantity, 1) * CASE WHEN kind = 'return' THEN -1 ELSE 1 END), 0),
    arg_max(person, moved_at), arg_max(provider, moved_at), arg_max(region, moved_at),
    arg_max(coalesce(document, claim::VARCHAR), moved_at) FILTER (kind = 'sale'), max(moved_at)
FROM read_parquet('{files}') WHERE trace <> '' AND moved_at IS NOT NULL GROUP BY trace
"""


def waiting() -> bool:
    return bool(_published().exists())


def enter_published() -> int:
    """How many boxes of published imports were entered."""
    return sum(_enter(batch) for batch in _published().order_by("number"))


def _published() -> Any:
    return Import.objects.filter(state=Import.State.PUBLISHED, has_boxes_entered=False)


@transaction.atomic
def _enter(batch: Import) -> int:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE entering (LIKE claims_box) ON COMMIT DROP")
        copy_rows("entering", _FIELDS, _TYPES, _boxes(batch))
        cursor.execute(_ENTER)
        entered: int = cursor.rowcount
        cursor.execute("DROP TABLE entering")
    Import.objects.filter(pk=batch.pk).update(has_boxes_entered=True)
    return entered


def _boxes(batch: Import) -> Iterator[tuple[Any, ...]]:
    """Each box as it stood when the last of the import's moves was through."""
    import duckdb

    if not any((folder() / "traces").rglob(f"{batch.id}-*.parquet")):
        return
    with duckdb.connect() as db:
        db.execute("SET memory_limit = '400MB'; SET threads = 1")
        left = db.execute(_LEFT.format(files=folder() / "traces" / "**" / f"{batch.id}-*.parquet"))
        while rows := left.fetchmany(_MANY):
            yield from (box for row in rows if (box := _box(row)) is not None)


def _box(row: tuple[Any, ...]) -> tuple[Any, ...] | None:
    trace, sold, person, provider, region, document, moved_at = row
    code = normal(trace)
    if not code:
        return None
    receipt = key_of(f"{provider or ''}\n{document}") if document else None
    moment = moved_at.replace(tzinfo=CHINA)
    return (key_of(code), family(code), sold, person, provider or "", region or "", receipt, moment, False)
