"""DuckDB over a data folder: it may read that folder and nothing else, and spills into a private place."""
# ruff: noqa: S608 - the text is made of the schema, the rule book and quoted paths; no value of a person enters it

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yidang.oversight.analytics.schema import DATED, View, tables

_ROWS = 500
MEMORY = "1400MB"  # of the 2 GB a run may take; the rest is Python and what DuckDB does not count


class Duck:
    """One connection. Views over Parquet where the folder has the table, an empty table where it has not."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, sql: str) -> None:
        self._connection.execute(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return found

    def keep(self, name: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def show(self, name: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def lay(self, view: View, now: str = "", past: str = "") -> None:
        (self.keep if view.kept else self.show)(view.name, view.text(now, past))

    def fill(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """A raw table from rows in hand; columns they lack are NULL."""
        columns = tables()[name]
        self.table(f"raw_{name}", columns, [tuple(row.get(column) for column in columns) for row in rows])

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        spelled = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} ({spelled})")
        for start in range(0, len(rows), _ROWS):
            self._insert(name, columns, rows[start : start + _ROWS])

    def _insert(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Many rows in one statement: a statement for each would cost a hundred times as much."""
        one = "(" + ", ".join(f"CAST(? AS {kind})" for kind in columns.values()) + ")"
        values = [value for row in rows for value in row]
        self._connection.execute(f"INSERT INTO {name} VALUES {', '.join([one] * len(rows))}", values)


@contextmanager
def opened(folder: Path | None = None, *, threads: int = 2, memory: str = MEMORY) -> Iterator[Duck]:
    """A session whose files of its own (spilled tables) nobody else may read, and which go with it."""
    import duckdb

    spill = Path(tempfile.mkdtemp(prefix="yidang-duckdb-"))
    spill.chmod(0o700)
    try:
        with duckdb.connect(config={"threads": threads, "memory_limit": memory}) as connection:
            duck = Duck(connection)
            _confine(duck, [path for path in (folder, spill) if path], spill)
            yield duck
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _confine(duck: Duck, allowed: list[Path], spill: Path) -> None:
    """Order matters: once external access is off, neither it nor the folders can be widened again."""
    folders = ", ".join(f"'{quoted(path.resolve())}/'" for path in allowed)
    for setting in (
        f"SET temp_directory = '{quoted(spill)}'",
        "SET preserve_insertion_order = false",
        "SET TimeZone = 'UTC'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_directories = [{folders}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        duck.run(setting)


def attach(duck: Duck, folder: Path, knowledge: dict[str, list[dict[str, Any]]]) -> None:
    """Every table as `raw_<name>`: from the folder, else from the knowledge base, else empty."""
    for name, columns in tables().items():
        if _has(folder, name):
            duck.show(f"raw_{name}", _reading(duck, folder, name, columns))
        else:
            duck.fill(name, knowledge.get(name, []))


def _has(folder: Path, name: str) -> bool:
    return (folder / f"{name}.parquet").exists() or any((folder / name).glob("**/*.parquet"))


def _reading(duck: Duck, folder: Path, name: str, columns: dict[str, str]) -> str:
    """A column the files lack reads as NULL: older history knows less."""
    source = scan(folder, name)
    there = {row[0] for row in duck.rows(f"DESCRIBE SELECT * FROM {source}")}
    taken = (
        f"CAST({name} AS {kind}) AS {name}" if name in there else f"CAST(NULL AS {kind}) AS {name}"
        for name, kind in columns.items()
    )
    return f"SELECT {', '.join(taken)} FROM {source}"


def scan(folder: Path, name: str) -> str:
    single = folder / f"{name}.parquet"
    path = single if single.exists() else folder / name / "**" / "*.parquet"
    hive = ", hive_partitioning = true, hive_types = {'month': VARCHAR}" if name in DATED else ""
    return f"read_parquet('{quoted(path)}'{hive}, union_by_name = true)"


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")
