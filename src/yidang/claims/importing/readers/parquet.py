"""Parquet in the layout of the analytics tables, read in place: the tables are views over the files."""

from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.shape import SHAPES
from yidang.kernel.errors import Invalid


def read(db: Any, files: list[Given]) -> set[str]:
    """The tables that came.

    Raises:
        Invalid: `claims_table_unknown`, `claims_file_broken`, `claims_columns_missing`.
    """
    tables: dict[str, list[Given]] = {}
    for one in files:
        if not one.table:
            raise Invalid("claims_table_unknown", file=one.name)
        tables.setdefault(one.table, []).append(one)
    for table, parts in tables.items():
        selects = " UNION ALL BY NAME ".join(_select(db, table, part) for part in parts)
        db.execute(f"CREATE VIEW raw_{table} AS {selects}")
    return set(tables)


def _select(db: Any, table: str, part: Given) -> str:
    source = f"read_parquet('{quoted(part.path)}', file_row_number = true, hive_partitioning = false)"
    known = [key for key in _columns(db, source, part) if key in SHAPES[table]]
    if not known:
        raise Invalid("claims_columns_missing", file=part.name)
    return f"SELECT {part.number} AS _file, file_row_number + 1 AS _row, {', '.join(known)} FROM {source}"


def _columns(db: Any, source: str, part: Given) -> list[str]:
    import duckdb

    try:
        return [name for name, *_ in db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    except duckdb.Error as problem:
        raise Invalid("claims_file_broken", file=part.name) from problem


def quoted(path: object) -> str:
    return str(path).replace("'", "''")
