"""The same rules on Spark, over the same files: for a province whose history no single machine should read."""
# ruff: noqa: S608 - the text is made of the schema, the rule book and quoted literals

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yidang.oversight.analytics import duck as duckdb_engine
from yidang.oversight.analytics import runner
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.judging import judging
from yidang.oversight.analytics.portable import EVIDENCE, for_spark
from yidang.oversight.analytics.schema import DATED, View, tables, views
from yidang.oversight.rules.errors import no_spark
from yidang.oversight.rules.rule import Rule

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "false",  # a missing value is NULL on both engines
    "spark.log.level": "ERROR",
}


# For tables of a few rows: compiling each plan would take a hundred times as long as running it.
FEW_ROWS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.default.parallelism": "1",
    "spark.sql.leafNodeDefaultParallelism": "1",
}


class Spark:
    """What `duck.Duck` is, on a Spark session."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(for_spark(sql)).collect()]

    def keep(self, name: str, sql: str) -> None:
        self._session.sql(for_spark(sql)).cache().createOrReplaceTempView(name)

    def lay(self, view: View) -> None:
        made = self._session.sql(for_spark(view.text()))
        (made.cache() if view.kept else made).createOrReplaceTempView(view.name)

    def fill(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        columns = tables()[name]
        self.table(f"raw_{name}", columns, [tuple(row.get(column) for column in columns) for row in rows])

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """As literals: rows in hand are few, and so no Python worker has to start for them."""
        taken = ", ".join(f"CAST({column} AS {_kind(kind)}) AS {column}" for column, kind in columns.items())
        nothing = ", ".join(["NULL"] * len(columns))
        values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows) or f"({nothing})"
        source = f"VALUES {values} AS given({', '.join(columns)})"
        sql = f"SELECT {taken} FROM {source}{'' if rows else ' WHERE FALSE'}"
        self._session.sql(sql).cache().createOrReplaceTempView(name)

    def read(self, name: str, found: Sequence[Path], base: Path) -> None:
        frame = self._session.read.option("basePath", str(base)).parquet(*[str(path) for path in found])
        taken = [
            f"CAST({column if column in frame.columns else 'NULL'} AS {_kind(kind)}) AS {column}"
            for column, kind in tables()[name].items()
        ]
        frame.selectExpr(*taken).createOrReplaceTempView(f"raw_{name}")

    def same(self, name: str, other: str) -> None:
        self._session.table(other).createOrReplaceTempView(name)


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _kind(kind: str) -> str:
    return "string" if kind == "VARCHAR" else kind


@contextmanager
def opened(memory: str = "2g", more: Mapping[str, str] | None = None) -> Iterator[Spark]:
    """A local session on two cores.

    Raises:
        Unavailable: `spark_missing`, where pyspark or Java is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise no_spark() from problem
    builder = SparkSession.builder.master("local[2]").appName("yidang").config("spark.driver.memory", memory)
    for name, value in (_SETTINGS | dict(more or {})).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield Spark(session)
    finally:
        session.stop()


def judge_all(spark: Spark, duck: Duck, rules: Sequence[Rule]) -> None:
    """Every doubt into the table `doubts` of `duck`: doubts are few, and are shared out there for both engines."""
    for prefix in ("far", "near"):
        for name in DATED:
            spark.same(f"{prefix}_{name}", f"raw_{name}")
    runner.lay_lists(spark, rules)
    for view in views():
        spark.lay(view)
    duck.table("doubts", runner.DOUBTS, [])
    for rule in rules:
        duck.add("doubts", runner.DOUBTS, spark.rows(judging(rule, EVIDENCE)))


def examine(folder: Path, rules: Sequence[Rule]) -> dict[str, Any]:
    """The outcome of `running.run_rules`, computed by Spark."""
    import time

    from yidang.oversight.analytics.allocation import summary
    from yidang.oversight.knowledge.current import base

    begun = time.monotonic()
    with opened() as spark, duckdb_engine.opened() as duck:
        for name in tables():
            found = duckdb_engine.files_of(folder, name)
            if found:
                spark.read(name, found, folder / name if (folder / name).is_dir() else folder)
            else:
                spark.fill(name, base().get(name, []))
        judge_all(spark, duck, rules)
        lines, claims = (spark.rows(f"SELECT COUNT(*) FROM raw_{name}")[0][0] for name in ("lines", "settlements"))
        findings = summary(duck, rules)
    return {"lines": lines, "claims": claims, "seconds": round(time.monotonic() - begun, 3), "findings": findings}
