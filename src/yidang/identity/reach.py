"""The second wall: what the database itself lets this connection see.

Each connection carries settings, read by the row policies of `holdings`: `yidang.reach` (`all`, or patterns of scope
rows), `yidang.doors` (their values alone, compared first) and `yidang.lent` (single items). Unset, they let nothing
through. They are set for a request from its grant and taken back at its end, because connections outlive requests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from yidang.identity.policy import Grant, Permission
from yidang.identity.reaches import NEXT, doors, lent, patterns

APP_ROLE = "yidang_app"
Wall = tuple[str, str, str]
NOTHING: Wall = ("", "", "")
ALL: Wall = ("all", "", "")
_SET = (
    "SELECT set_config('yidang.reach', %s, false), set_config('yidang.doors', %s, false),"
    " set_config('yidang.lent', %s, false)"
)
_FIELD = "yidang_wall"


class _Process:
    """What this process is when nobody in particular asks."""

    wall: Wall = NOTHING
    is_app = False


_asked: ContextVar[Wall | None] = ContextVar("wall", default=None)


def act_as_system() -> None:
    """Jobs, the keeper and commands work for nobody in particular and see all."""
    _Process.wall = ALL
    _settle(connection)


def act_as_nobody() -> None:
    """A web process sees nothing until a request says for whom it works."""
    _Process.wall = NOTHING
    _settle(connection)


def work_as_app() -> None:
    """From here on as the role that owns nothing: row policies bind it, and it changes no table."""
    _Process.is_app = True
    _enter(connection)


def work_as_owner() -> None:
    """For migrations and whoever makes or drops databases."""
    _Process.is_app = False
    if _raw(connection) is not None:
        connection.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """For a moment what the role may not: the server's own settings, say."""
    connection.ensure_connection()
    _raw(connection).execute("RESET ROLE")
    try:
        yield
    finally:
        _enter(connection)


@contextmanager
def acting(grant: Grant) -> Iterator[None]:
    """The database shows what the grant reaches, and afterwards what it showed before."""
    token = _asked.set(wall_of(grant))
    try:
        _settle(connection)
        yield
    finally:
        _asked.reset(token)
        _settle(connection)


def wall_of(grant: Grant) -> Wall:
    if not grant.allows(Permission.VIEW_RECORDS):
        return NOTHING
    if any(reach.is_everything for reach in grant.reaches):
        return ALL
    items = ",".join(sorted(str(item) for item in lent(grant.reaches)))
    return NEXT.join(patterns(grant.reaches)), NEXT.join(sorted(doors(grant.reaches))), items


def on_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A fresh connection knows nothing of what was asked."""
    _enter(connection)


def _enter(connection: BaseDatabaseWrapper) -> None:
    raw = _raw(connection)
    if raw is None:
        return
    if _Process.is_app:
        raw.execute(f"SET ROLE {APP_ROLE}")
    setattr(connection, _FIELD, None)
    _settle(connection)


def _settle(connection: Any) -> None:
    raw, wanted = _raw(connection), _asked.get() or _Process.wall
    if raw is None or getattr(connection, _FIELD, None) == wanted:
        return
    try:
        raw.execute(_SET, wanted)
        setattr(connection, _FIELD, wanted)
    except psycopg.Error:
        # A failed transaction takes nothing more, and its rollback brings back what stood before it; a dead
        # connection is replaced by one that asks again.
        setattr(connection, _FIELD, None)


def _raw(connection: Any) -> Any:
    return connection.connection
