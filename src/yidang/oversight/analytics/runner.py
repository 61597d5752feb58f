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
from yidang.oversight.analytics.judging import judging
from yidang.oversight.analytics.schema import View, lists, views
from yidang.oversight.analytics.steps import STEPS
from yidang.oversight.rules.errors import no_such_folder
from yidang.oversight.rules.rule import Rule, Status

Progress = Callable[[int, int], None]
Span = tuple[str, str]
LINES_AT_ONCE = 800_000  # of one span: its tables stay far below the memory a run may take
DOUBTS = {
    "rule": "VARCHAR", "claim": "BIGINT", "line": "BIGINT", "amount_fen": "BIGINT", "served_day": "INT",
    "person": "BIGINT", "provider": "VARCHAR", "doctor": "VARCHAR", "month": "VARCHAR", "item": "VARCHAR",
    "quantity": "DOUBLE", "evidence": "VARCHAR",
}  # fmt: skip


class Engine(Protocol):
    """What tables and views are laid on: DuckDB or Spark."""

    def lay(self, view: View) -> None: ...
    def keep(self, name: str, sql: str) -> None: ...
    def rows(self, sql: str) -> list[tuple[Any, ...]]: ...
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
    from yidang.oversight.knowledge.current import base

    if not duckdb_engine.files_of(folder, "lines"):
        raise no_such_folder(str(folder))
    begun = time.monotonic()
    with duckdb_engine.opened(folder) as duck:
        duckdb_engine.attach(duck, folder, base())
        prepare(duck, rules)
        duck.table("doubts", DOUBTS, [])
        spans = spans_of(duck)
        for done, months in enumerate(spans, 1):
            judge_span(duck, folder, rules, months)
            if progress:
                progress(done, len(spans))
        lines = duck.rows("SELECT COUNT(*) FROM raw_lines")[0][0]
        claims = duck.rows("SELECT COUNT(*) FROM raw_settlements")[0][0]
        yield Examined(duck, rules, claims, lines, time.monotonic() - begun)


def spans_of(duck: Duck) -> list[Span]:
    """Months in a row that hold few enough lines together to be judged at once."""
    spans: list[Span] = []
    room = 0
    for month, lines in duck.rows("SELECT month, COUNT(*) FROM raw_lines GROUP BY month ORDER BY month"):
        if lines > room:
            spans.append((month, month))
            room = LINES_AT_ONCE
        spans[-1] = (spans[-1][0], month)
        room -= lines
    return spans


def prepare(duck: Duck, rules: Iterable[Rule]) -> None:
    """Lists and steps: what does not change from month to month."""
    duckdb_engine.reach(duck, "far")
    lay_lists(duck, rules)


def lay_lists(engine: Engine, rules: Iterable[Rule]) -> None:
    """Before the first month: `far_` tables reach over the whole history."""
    for view in (*lists(), *_past()):
        engine.lay(view)
    for name in sorted({rule.step for rule in rules if rule.step}):
        STEPS[name](engine)


def _past() -> list[View]:
    return [view for view in views() if view.name.startswith("past")]


def judge_all(duck: Duck, rules: Sequence[Rule]) -> None:
    """Everything at once: for a world small enough that months do not matter."""
    prepare(duck, rules)
    duck.table("doubts", DOUBTS, [])
    duckdb_engine.reach(duck, "near")
    for view in views():
        duck.lay(view)
    for rule in rules:
        judge(duck, rule)


def judge_span(duck: Duck, folder: Path, rules: Sequence[Rule], months: Span) -> None:
    duckdb_engine.reach(duck, "near", folder, months)
    for view in views():
        duck.lay(view)
    for (lookback, lookahead), group in by_reach(rules):
        around = (shifted(months[0], -lookback), shifted(months[1], lookahead))
        duckdb_engine.reach(duck, "far", folder, around)
        for view in _past():
            duck.lay(view)
        for rule in group:
            judge(duck, rule)


def judge(duck: Duck, rule: Rule) -> None:
    duck.run(f"INSERT INTO doubts ({', '.join(DOUBTS)}) {judging(rule, 'CAST(to_json(r) AS VARCHAR)')}")


def by_reach(rules: Iterable[Rule]) -> list[tuple[tuple[int, int], list[Rule]]]:
    """Rules that look equally far back and ahead share their views of the past."""
    groups: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.lookback, rule.lookahead), []).append(rule)
    return sorted(groups.items())


def shifted(month: str, by: int) -> str:
    number = max(int(month[:4]) * 12 + int(month[5:7]) - 1 + by, 0)
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
