"""Runs rules over a data folder, one month of settlement at a time, so that memory does not grow with the history."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from yidang.oversight.analytics import duck as duckdb_engine
from yidang.oversight.analytics.allocation import summary
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.judging import COLUMNS, judging
from yidang.oversight.analytics.schema import View, lists, views
from yidang.oversight.analytics.steps import STEPS
from yidang.oversight.rules.errors import no_such_folder
from yidang.oversight.rules.rule import Rule, Status

Progress = Callable[[int, int], None]
_DOUBTS = """CREATE TEMP TABLE doubts (
    rule VARCHAR, claim BIGINT, line BIGINT, amount_fen BIGINT, served_day INT, person BIGINT, provider VARCHAR,
    doctor VARCHAR, month VARCHAR, item VARCHAR, quantity DOUBLE, evidence VARCHAR)"""


class Engine(Protocol):
    """What runs the text of rules; `lay` makes a view of the schema, `judge` collects what a rule doubts."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]: ...
    def keep(self, name: str, sql: str) -> None: ...
    def lay(self, view: View, now: str = "", past: str = "") -> None: ...
    def fill(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None: ...
    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None: ...


@dataclass(frozen=True, slots=True)
class Examined:
    """What a run looked at and found; `duck` holds the table `doubts` as long as the run is open."""

    duck: Duck
    rules: Sequence[Rule]
    claims: int
    lines: int
    seconds: float

    def findings(self) -> dict[str, dict[str, int]]:
        return summary(self.duck, self.rules)


def runnable(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.status is not Status.DRAFT]


@contextmanager
def examined(folder: Path, rules: Sequence[Rule], progress: Progress | None = None) -> Iterator[Examined]:
    """Every month of the folder under all these rules, on DuckDB."""
    from yidang.oversight.knowledge.shipped import shipped

    if not (folder / "lines").is_dir() and not (folder / "lines.parquet").exists():
        raise no_such_folder(str(folder))
    begun = time.monotonic()
    with duckdb_engine.opened(folder) as duck:
        duckdb_engine.attach(duck, folder, shipped())
        prepare(duck, rules)
        duck.run(_DOUBTS)
        months = [row[0] for row in duck.rows("SELECT DISTINCT month FROM raw_settlements ORDER BY month")]
        for done, month in enumerate(months):
            judge_month(duck, rules, month)
            if progress:
                progress(done + 1, len(months))
        lines = duck.rows("SELECT COUNT(*) FROM raw_lines")[0][0]
        claims = duck.rows("SELECT COUNT(*) FROM raw_settlements")[0][0]
        yield Examined(duck, rules, claims, lines, time.monotonic() - begun)


def prepare(engine: Engine, rules: Iterable[Rule]) -> None:
    """Lists and steps: what does not change from month to month."""
    for view in lists():
        engine.lay(view)
    for view in views():
        if view.name.startswith("past"):
            engine.lay(view)
    for name in sorted({rule.step for rule in rules if rule.step}):
        STEPS[name](engine)


def judge_all(duck: Duck, rules: Sequence[Rule]) -> None:
    """Everything at once: for a world small enough that months do not matter."""
    prepare(duck, rules)
    duck.run(_DOUBTS)
    for view in views():
        duck.lay(view)
    for rule in rules:
        judge(duck, rule)


def judge_month(duck: Duck, rules: Sequence[Rule], month: str) -> None:
    lay_month(duck, month)
    for (lookback, lookahead), group in by_reach(rules):
        lay_past(duck, month, lookback, lookahead)
        for rule in group:
            judge(duck, rule)


def judge(duck: Duck, rule: Rule) -> None:
    duck.run(f"INSERT INTO doubts ({', '.join(COLUMNS)}) {judging(rule, 'CAST(to_json(r) AS VARCHAR)')}")


def lay_month(engine: Engine, month: str) -> None:
    for view in views():
        engine.lay(view, now=f"{{}}.month = '{month}'", past=f"{{}}.month = '{month}'")


def lay_past(engine: Engine, month: str, lookback: int, lookahead: int) -> None:
    span = f"{{}}.month BETWEEN '{shifted(month, -lookback)}' AND '{shifted(month, lookahead)}'"
    for view in views():
        if view.name.startswith("past"):
            engine.lay(view, past=span)


def by_reach(rules: Iterable[Rule]) -> list[tuple[tuple[int, int], list[Rule]]]:
    """Rules that look equally far back and ahead share their views of the past."""
    groups: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.lookback, rule.lookahead), []).append(rule)
    return sorted(groups.items())


def shifted(month: str, by: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{max(number, 0) // 12:04d}-{max(number, 0) % 12 + 1:02d}"
