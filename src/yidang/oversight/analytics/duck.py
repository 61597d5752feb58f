"""DuckDB over a data folder: it may read that folder and nothing else, and spills into a private place."""
# ruff: noqa: S608 - the text is made of the schema, the rule book and quoted paths; no value of a person enters it

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yidang.oversight.analytics.schema import DATED, View, tables

_ROWS = 20_000
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

    def columns(self, sql: str) -> dict[str, Any]:
        """Whole columns as arrays: for sums over many rows, where a tuple for each would be too much."""
        found: dict[str, Any] = self._connection.execute(sql).fetchnumpy()
        return found

    def keep(self, name: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def show(self, name: str, sql: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def lay(self, view: View) -> None:
        (self.keep if view.kept else self.show)(view.name, view.text())

    def fill(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """A raw table from rows in hand; columns they lack are NULL."""
        columns = tables()[name]
        self.table(f"raw_{name}", columns, [tuple(row.get(column) for column in columns) for row in rows])

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        spelled = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} ({spelled})")
        self.add(name, columns, rows)

    def add(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _ROWS):
            some = [dict(zip(columns, row, strict=True)) for row in rows[start : start + _ROWS]]
            self.run(f"INSERT INTO {name} {unfolded(columns, literal(some))}")


def literal(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as one text of JSON. In a literal the quotation mark is the only sign that means anything."""
    return "'" + json.dumps(rows, default=str).replace("'", "''") + "'"


def unfolded(columns: Mapping[str, str], text: str) -> str:
    """Rows again out of one text: a value bound for each cell takes twenty times as long."""
    shape = json.dumps([columns]).replace("'", "''")
    taken = ", ".join(f"one.{column}" for column in columns)
    return f"SELECT {taken} FROM (SELECT unnest(from_json(CAST({text} AS JSON), '{shape}')) AS one)"


@contextmanager
def opened(
    folder: Path | None = None, *, threads: int = 2, memory: str = MEMORY, before: Sequence[str] = ()
) -> Iterator[Duck]:
    """A session whose files of its own (spilled tables) nobody else may read, and which go with it.

    `before`: settings made while settings can be made.
    """
    import duckdb

    spill = Path(tempfile.mkdtemp(prefix="yidang-duckdb-"))
    spill.chmod(0o700)
    try:
        with duckdb.connect(config={"threads": threads, "memory_limit": memory}) as connection:
            duck = Duck(connection)
            for setting in before:
                duck.run(setting)
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
        "SET enable_progress_bar = false",  # it would be drawn on standard output, amid the JSON of a command
        "SET TimeZone = 'UTC'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_directories = [{folders}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        duck.run(setting)


def attach(duck: Duck, folder: Path, knowledge: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Every table as `raw_<name>`: from the folder, else from the knowledge base, else empty."""
    for name in tables():
        if found := files_of(folder, name):
            duck.show(f"raw_{name}", _reading(duck, name, found))
        else:
            duck.fill(name, knowledge.get(name, []))


def reach(duck: Duck, prefix: str, folder: Path | None = None, months: tuple[str, str] | None = None) -> None:
    """The dated tables as `<prefix>_<name>`, of these months only where the folder keeps them by month."""
    for name in DATED:
        found = files_of(folder, name, months) if folder and months else []
        duck.show(f"{prefix}_{name}", _reading(duck, name, found) if found else _none_or_all(name, months))


def _none_or_all(name: str, months: tuple[str, str] | None) -> str:
    only = f" WHERE month BETWEEN '{months[0]}' AND '{months[1]}'" if months else ""
    return f"SELECT * FROM raw_{name}{only}"


def files_of(folder: Path, name: str, months: tuple[str, str] | None = None) -> list[Path]:
    single = folder / f"{name}.parquet"
    found = [single] if single.exists() else sorted((folder / name).glob("**/*.parquet"))
    if months is None:
        return found
    return [path for path in found if months[0] <= path.parent.name.removeprefix("month=") <= months[1]]


def _reading(duck: Duck, name: str, found: list[Path]) -> str:
    """A column the files lack reads as NULL: older history knows less."""
    source = scan(name, found)
    there = {row[0] for row in duck.rows(f"DESCRIBE SELECT * FROM {source}")}
    taken = (
        f"CAST({column} AS {kind}) AS {column}" if column in there else f"CAST(NULL AS {kind}) AS {column}"
        for column, kind in tables()[name].items()
    )
    return f"SELECT {', '.join(taken)} FROM {source}"


def scan(name: str, found: list[Path]) -> str:
    paths = ", ".join(f"'{quoted(path)}'" for path in found)
    hive = ", hive_partitioning = true, hive_types = {'month': VARCHAR}" if _by_month(name, found) else ""
    return f"read_parquet([{paths}]{hive})"


def _by_month(name: str, found: list[Path]) -> bool:
    return name in DATED and found[0].parent.name.startswith("month=")


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")
