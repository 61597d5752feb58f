"""Many rows at once, by PostgreSQL's COPY."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

Row = tuple[str | bytes | int | UUID | datetime | None, ...]


def copy_rows(table: str, columns: Sequence[str], types: Sequence[str], rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        statement = f"COPY {table} ({','.join(columns)}) FROM STDIN (FORMAT BINARY)"
        with cursor.cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
