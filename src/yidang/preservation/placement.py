"""Which object stands in which place, where that is not the main one: a small table with a durability of its own.

SQLite at `home/places/placement.sqlite3`: `placement(object_id, place)` says where an object counts, `move(object_id,
source, target)` which moves were begun. The table can be made again by looking through the other places.
"""

import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import UUID

from yidang.crypto.durable import make_private_folder
from yidang.kernel.errors import Unavailable

_BUSY_SECONDS = 30
_PER_QUERY = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS placement (object_id TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS move (object_id TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL) WITHOUT ROWID;
"""
_ASKED = "SELECT object_id, place FROM placement WHERE object_id IN ({})"
Move = tuple[UUID, str, str]  # object, source, target


class Placement:
    """Safe for many processes and threads; what is written here is on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._kept: list[sqlite3.Connection | None] = []  # a parent's connection is not closed in a child

    def of(self, object_ids: Collection[UUID]) -> dict[UUID, str]:
        """The place of each that does not stand in the main one."""
        wanted = [str(one) for one in object_ids]
        found: dict[UUID, str] = {}
        for start in range(0, len(wanted), _PER_QUERY):
            some = wanted[start : start + _PER_QUERY]
            with self._asking() as database:
                rows = database.execute(_ASKED.format(",".join("?" * len(some))), some)
                found |= {UUID(one): place for one, place in rows}
        return found

    def standing_in(self, place: str) -> set[UUID]:
        with self._asking() as database:
            rows = database.execute("SELECT object_id FROM placement WHERE place = ?", [place])
            return {UUID(row[0]) for row in rows}

    def put(self, object_ids: Iterable[UUID], place: str) -> None:
        rows = [(str(one), place) for one in object_ids]
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO placement VALUES (?, ?)", rows)

    def remove(self, object_ids: Iterable[UUID]) -> None:
        with self._writing() as database:
            database.executemany("DELETE FROM placement WHERE object_id = ?", [(str(one),) for one in object_ids])

    def begin_move(self, object_id: UUID, source: str, target: str) -> None:
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO move VALUES (?, ?, ?)", [str(object_id), source, target])

    def end_move(self, object_id: UUID) -> None:
        with self._writing() as database:
            database.execute("DELETE FROM move WHERE object_id = ?", [str(object_id)])

    def moves(self) -> list[Move]:
        with self._asking() as database:
            rows = database.execute("SELECT object_id, source, target FROM move").fetchall()
        return [(UUID(one), source, target) for one, source, target in rows]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._asking() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection()
        except sqlite3.DatabaseError as problem:
            raise Unavailable("placement_unavailable", problem=str(problem)) from problem

    def _connection(self) -> sqlite3.Connection:
        if getattr(self._local, "pid", None) != os.getpid():
            self._kept.append(getattr(self._local, "database", None))
            self._local.database = _connect(self._path)
            self._local.pid = os.getpid()
        return self._local.database  # type: ignore[no-any-return]


def _connect(path: Path) -> sqlite3.Connection:
    make_private_folder(path.parent)
    path.touch(mode=0o600)
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.executescript(_SCHEMA)
    return database


@cache
def placement_of(home: Path) -> Placement:
    return Placement(home / "places" / "placement.sqlite3")
