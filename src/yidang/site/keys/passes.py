"""What is sealed under rotated keys outside the keyrings: the database's fields, and the ledger's signing keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from yidang.crypto.fields import reseal_field
from yidang.crypto.keys import vault
from yidang.crypto.rotation import Pass
from yidang.holdings.changes import note_changes
from yidang.holdings.models import Item
from yidang.identity.policy import SYSTEM
from yidang.identity.reach import acting, as_owner
from yidang.ledger import signing
from yidang.site.keys.columns import COLUMNS, SealedColumn
from yidang.site.keys.indexes import index_passes

_STEP = 500
# What was wiped is blank; format 1, then the version in two bytes (`crypto.fields`).
_OLD = "length({column}) > 3 AND get_byte({column}, 1) * 256 + get_byte({column}, 2) <> %s"
_COUNT = f"SELECT count(*) FROM {{table}} WHERE {_OLD}"  # noqa: S608 - the places are filled by psycopg.sql
_SOME = f"SELECT {{key}}, {{row}}, {{column}} FROM {{table}} WHERE {_OLD} LIMIT %s FOR UPDATE SKIP LOCKED"  # noqa: S608 - see above


@dataclass(frozen=True, slots=True)
class FieldPass:
    sealed: SealedColumn

    @property
    def family(self) -> str:
        return "field"

    @property
    def name(self) -> str:
        return self.sealed.name

    def left(self) -> int:
        with acting(SYSTEM), connection.cursor() as cursor:  # row policies must hide nothing from this count
            cursor.execute(self._query(_COUNT), [self._current()])
            found: int = cursor.fetchone()[0]
        return found

    def steps(self) -> Iterator[int]:
        while done := self._step():
            yield done

    def _step(self) -> int:
        """Rows that somebody is changing now are left for the next run: they are sealed anew by that change."""
        with as_owner(), transaction.atomic(), acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(self._query(_SOME), [self._current(), _STEP])
            rows = cursor.fetchall()
            cursor.executemany(
                self._query("UPDATE {table} SET {column} = %s WHERE {key} = %s"),
                [(self._anew(row, bytes(value)), key) for key, row, value in rows],
            )
            if self.sealed.table == "holdings_item":
                _tell_index([key for key, _, _ in rows])
        return len(rows)

    def _anew(self, row: str, value: bytes) -> bytes:
        here = self.sealed
        field = here.column if here.field is None else here.field
        return reseal_field(value, table=here.label, row=row, field=field)

    def _current(self) -> int:
        return vault().current("field")

    def _query(self, text: str) -> sql.Composed:
        here = self.sealed
        return sql.SQL(text).format(  # constants of ours, not input
            table=sql.Identifier(here.table),
            column=sql.Identifier(here.column),
            key=sql.Identifier(here.key),
            row=sql.SQL(here.row),
        )


def _tell_index(items: list[UUID]) -> None:
    """What is not filed yet is known to the index by the bytes that were sealed anew just now."""
    note_changes(list(Item.objects.filter(pk__in=items, description_digest=None).values_list("pk", flat=True)))


@dataclass(frozen=True, slots=True)
class SigningPass:
    @property
    def family(self) -> str:
        return "ledger-signing"

    @property
    def name(self) -> str:
        return "ledger-keys"

    def left(self) -> int:
        return len(signing.outdated(settings.YIDANG.home))

    def steps(self) -> Iterator[int]:
        for algorithm in signing.outdated(settings.YIDANG.home):
            signing.seal_anew(settings.YIDANG.home, algorithm)
            yield 1


def all_passes() -> Sequence[Pass]:
    standing = set(connection.introspection.table_names())
    return [*(FieldPass(column) for column in COLUMNS if column.table in standing), SigningPass(), *index_passes()]
