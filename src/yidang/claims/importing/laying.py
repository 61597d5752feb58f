"""Rows in hand over those of a table: one COPY and one statement, whatever their number."""

from collections.abc import Iterable, Sequence

from django.db import connection

from yidang.ledger.copying import Row, copy_rows


def lay_over(table: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Row]) -> None:
    """The first column is the key: what is there already is written anew."""
    key, *others = columns
    anew = ", ".join(f"{name} = EXCLUDED.{name}" for name in others)
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE laid (LIKE {table}) ON COMMIT DROP")
        copy_rows("laid", columns, types, rows)
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {named} FROM laid ON CONFLICT ({key}) DO UPDATE SET {anew}"
        )
        cursor.execute("DROP TABLE laid")
