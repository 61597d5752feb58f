"""Parquet in the layout of the analytics tables, read in place: the tables are views over the files."""

from collections.abc import Iterable
from typing import Any

from yidang.claims.importing.files import Given
from yidang.claims.importing.shape import SHAPES
from yidang.kernel.errors import Invalid

Schema = tuple[tuple[str, ...], ...]  # name and types of each column


def read(db: Any, files: list[Given]) -> set[str]:
    """The tables that came.

    Raises:
        Invalid: `claims_table_unknown`, `claims_file_unread`, `claims_columns_missing`.
    """
    tables: dict[str, list[Given]] = {}
    for one in files:
        if not one.table:
            raise Invalid("claims_table_unknown", file=one.name)
        tables.setdefault(one.table, []).append(one)
    for table, parts in tables.items():
        selects = " UNION ALL BY NAME ".join(_select(table, schema, alike) for schema, alike in _alike(db, parts))
        db.execute(f"CREATE VIEW raw_{table} AS {selects}")
    return set(tables)


def _select(table: str, schema: Schema, parts: list[Given]) -> str:
    known = [name for name, *_ in schema if name in SHAPES[table]]
    if not known:
        raise Invalid("claims_columns_missing", file=parts[0].name)
    numbers = ", ".join(str(part.number) for part in parts)
    return (
        f"SELECT ([{numbers}])[file_index::BIGINT + 1]::INTEGER AS _file, file_row_number + 1 AS _row,"
        f" {', '.join(known)} FROM read_parquet([{_paths(parts)}], file_row_number = true, hive_partitioning = false)"
    )


def _alike(db: Any, parts: list[Given]) -> Iterable[tuple[Schema, list[Given]]]:
    """Files of one schema are read as one: a statement over many parts costs by the part."""
    columns = _columns(db, parts)
    found: dict[Schema, list[Given]] = {}
    for part in parts:
        found.setdefault(tuple(columns[str(part.path)]), []).append(part)
    return found.items()


def _columns(db: Any, parts: list[Given]) -> dict[str, list[tuple[str, ...]]]:
    import duckdb

    asked = (
        "SELECT file_name, name, type, converted_type, logical_type::VARCHAR FROM parquet_schema([{}])"
        " WHERE type IS NOT NULL"
    )
    try:
        rows = db.execute(asked.format(_paths(parts))).fetchall()
    except duckdb.Error as problem:
        if len(parts) > 1:  # which of them it is shows alone
            return {path: own for part in parts for path, own in _columns(db, [part]).items()}
        raise Invalid("claims_file_unread", file=parts[0].name) from problem
    columns: dict[str, list[tuple[str, ...]]] = {str(part.path): [] for part in parts}
    for path, *column in rows:
        columns[path].append(tuple(column))
    return columns


def _paths(parts: list[Given]) -> str:
    return ", ".join(f"'{quoted(part.path)}'" for part in parts)


def quoted(path: object) -> str:
    return str(path).replace("'", "''")
