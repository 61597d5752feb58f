"""Rows on their way from DuckDB into PostgreSQL: CSV through a pipe, so nothing large lies in memory or on disk.

DuckDB begins to compute as soon as a feed is opened, and waits at the full pipe until PostgreSQL has its turn for it.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection

_BLOCK = 1 << 20
_CSV = "FORMAT CSV, HEADER false, NULLSTR '\\N'"


class Feed:
    """One query's rows, to be poured once."""

    def __init__(self, db: Any, query: str, after: Future[None] | None) -> None:
        read, self._write = os.pipe()
        self._rows = os.fdopen(read, "rb")
        self._thread = ThreadPoolExecutor(1)
        self._computed = self._thread.submit(self._compute, db.cursor(), query, after)

    def _compute(self, db: Any, query: str, after: Future[None] | None) -> None:
        try:
            if after is not None:
                after.result()
            db.execute(f"COPY ({query}) TO '/dev/fd/{self._write}' ({_CSV})")
        finally:
            os.close(self._write)  # after DuckDB's own: only now the reader sees the end

    def pour(self, table: str, columns: str) -> None:
        """By COPY, in the caller's transaction. Raises what failed while the rows were computed."""
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT CSV, NULL '\\N')") as copy,
        ):
            while block := self._rows.read(_BLOCK):
                copy.write(block)
            self._computed.result()

    def close(self) -> None:
        """Rows nobody poured have nowhere to go: DuckDB is told by the closed pipe."""
        with suppress(OSError):
            self._rows.close()
        self._thread.shutdown()


@contextmanager
def feeding(db: Any, query: str, *, after: Future[None] | None = None) -> Iterator[Feed]:
    """`after`: what the query needs to be there first."""
    feed = Feed(db, query, after)
    try:
        yield feed
    finally:
        feed.close()
