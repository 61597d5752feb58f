"""Reading the history in place."""

from pathlib import Path
from typing import Any

from django.conf import settings

from yidang.claims.tables import PARTITIONED, TABLES


def folder() -> Path:
    """`<table>/**/*.parquet`; the large tables by `month=YYYY-MM` of the settlement."""
    return Path(settings.YIDANG.home) / "analytics"


def connect(over: Path | None = None, *, memory: str = "1500MB", threads: int | None = None) -> Any:
    """A DuckDB connection with a view per table over the history, or over another folder of the same layout.

    What is not there is an empty view with the right columns.
    """
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false")
    if threads:
        db.execute(f"SET threads = {threads}")
    lay_views(db, over or folder())
    return db


def lay_views(db: Any, over: Path) -> None:
    for table in TABLES:
        db.execute(f"CREATE OR REPLACE VIEW {table} AS {select(table, over)}")


def select(table: str, over: Path) -> str:
    """SQL over the table's files, every column in its type; without files, over nothing."""
    columns = TABLES[table]
    if not any(_root(table, over).rglob("*.parquet")):
        nothing = ", ".join(f"NULL::{kind} AS {key}" for key, kind in columns.items())
        return f"SELECT {nothing} WHERE false"
    source = _source(table, over)
    return f"SELECT {', '.join(f'{key}::{kind} AS {key}' for key, kind in columns.items())} FROM {source}"


def _root(table: str, over: Path) -> Path:
    return over / table


def _source(table: str, over: Path) -> str:
    pattern = str(over / table / "**" / "*.parquet").replace("'", "''")
    partitions = ", hive_partitioning = true, hive_types = {'month': VARCHAR}" if table in PARTITIONED else ""
    blank = ", ".join(f"NULL::{kind} AS {key}" for key, kind in TABLES[table].items() if key != "month")
    # A file of an older version may lack a column: BY NAME fills it with nothing.
    return (
        f"(SELECT * FROM read_parquet('{pattern}', union_by_name = true{partitions})"
        f" UNION ALL BY NAME SELECT {blank} WHERE false)"
    )
