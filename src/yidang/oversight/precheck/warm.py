"""A session that stays warm: the text of every rule prepared, tables emptied and filled for each claim.

Rules are not planned anew for each claim, and what cannot concern a claim is not asked: the answer has 50 ms.
"""
# ruff: noqa: S608 - the text is made of the schema and the rule book; values are bound

import threading
from contextlib import ExitStack
from functools import cache
from typing import Any

from yidang.oversight.analytics import duck as duckdb_engine
from yidang.oversight.analytics import runner
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.judging import judging
from yidang.oversight.analytics.schema import DATED, KNOWLEDGE, lists, tables, views
from yidang.oversight.analytics.steps.repeated import REPEATED
from yidang.oversight.knowledge.shipped import shipped
from yidang.oversight.precheck.concerns import Tables, concerns
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule, Status

# Tables computed only where these came with the claim.
_FROM = {"traces": {"traces"}, "stocked": {"traces", "stock_in"}, "repeated": {"traces"}, "deaths": {"deaths"}}
CLAIM = 9_000_000_000_000_000_000  # the claim that is asked about; its lines count on from here, after all others
_MEMORY = "200MB"


class Warm:
    """One connection, used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._duck = self._stack.enter_context(
            duckdb_engine.opened(threads=1, memory=_MEMORY, before=("PRAGMA disable_optimizer",))
        )
        self._rules = {rule.id: rule for rule in book() if rule.status is not Status.DRAFT}
        self._filled: set[str] = set()
        _lay(self._duck)
        self._prepare()

    def judge(self, told: Tables, stage: str, scene: str) -> list[tuple[Any, ...]]:
        """Rows of `runner.DOUBTS` about the claim CLAIM of `told`."""
        with self._lock:
            self._fill(told)
            wanted = self._concerned(told, stage, scene)
            return [row for rule in wanted for row in self._duck.rows(f"EXECUTE rule_{rule.id}")]

    def _prepare(self) -> None:
        for name, text in _refreshed().items():
            self._duck.run(f"PREPARE lay_{name} AS INSERT INTO {name} {text}")
        for rule in self._rules.values():
            text = judging(rule, "CAST(to_json(r) AS VARCHAR)")
            self._duck.run(f"PREPARE rule_{rule.id} AS {text}")

    def _fill(self, told: Tables) -> None:
        for name in self._filled:
            self._duck.run(f"DELETE FROM {_place(name)}")
        self._filled = {name for name, rows in told.items() if rows}
        for name in self._filled:
            self._duck.pour(_place(name), tables()[name], told[name])
        for name in _refreshed():
            self._duck.run(f"DELETE FROM {name}")
            if self._filled >= _FROM.get(name, set()):
                self._duck.run(f"EXECUTE lay_{name}")

    def _concerned(self, told: Tables, stage: str, scene: str) -> list[Rule]:
        present = concerns(told, CLAIM)
        return [
            rule
            for rule in self._rules.values()
            if stage in rule.stages
            and scene in rule.national["应用场景"]
            and (not rule.needs or any(need in present for need in rule.needs))
        ]


@cache
def warm() -> Warm:
    return Warm()


def _lay(duck: Duck) -> None:
    """All tables empty but the knowledge base. The claim lies among its history and is found by its number."""
    for name in tables():
        if name in DATED:
            duck.table(f"far_{name}", tables()[name], [])
            duck.show(f"raw_{name}", f"SELECT * FROM far_{name}")
            duck.show(f"near_{name}", f"SELECT * FROM far_{name} WHERE claim = {CLAIM}")
        else:
            duck.fill(name, shipped()[name] if name in KNOWLEDGE else [])
    runner.lay_lists(duck, book())
    for view in views():
        duck.lay(view)


def _refreshed() -> dict[str, str]:
    """Tables computed from the claim's rows: those of a month, and of lists and steps those about one claim too."""
    deaths = next(view.text() for view in lists() if view.name == "deaths")
    return {view.name: view.text() for view in views() if view.kept} | {"deaths": deaths, "repeated": REPEATED}


def _place(name: str) -> str:
    return f"far_{name}" if name in DATED else f"raw_{name}"
