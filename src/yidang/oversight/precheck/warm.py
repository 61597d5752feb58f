"""A session that stays warm: the text of every rule prepared, tables filled for each claim and empty again after it.

Rules are not planned anew for each claim, and what cannot concern a claim is not asked: the answer has 50 ms.
"""
# ruff: noqa: S608 - the text is made of the schema and the rule book; values are bound

import re
import threading
from contextlib import ExitStack
from functools import cache, lru_cache
from typing import Any

from yidang.oversight.analytics import duck as duckdb_engine
from yidang.oversight.analytics import runner
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.analytics.judging import judging
from yidang.oversight.analytics.schema import DATED, KNOWLEDGE, lists, tables, views
from yidang.oversight.analytics.steps.repeated import REPEATED
from yidang.oversight.knowledge.current import base, stamp
from yidang.oversight.precheck.concerns import Tables, concerns
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule, Status

# Tables computed only where these came with the claim.
_FROM = {"traces": {"traces"}, "stocked": {"traces", "stock_in"}, "repeated": {"traces"}, "deaths": {"deaths"}}
CLAIM = 9_000_000_000_000_000_000  # the claim that is asked about; its lines count on from here, after all others
_MEMORY = "200MB"
_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"^(far|near|raw)_")


class Warm:
    """One connection, used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._duck = self._stack.enter_context(
            duckdb_engine.opened(threads=1, memory=_MEMORY, before=("PRAGMA disable_optimizer",))
        )
        self._rules = {rule.id: rule for rule in book() if rule.status is not Status.DRAFT}
        self._texts = {name: judging(rule, "CAST(to_json(r) AS VARCHAR)") for name, rule in self._rules.items()}
        _lay(self._duck)
        self._prepare()

    def judge(self, told: Tables, stage: str, scene: str) -> list[tuple[Any, ...]]:
        """Rows of `runner.DOUBTS` about the claim CLAIM of `told`, of which nothing stays."""
        wanted = self._concerned(told, stage, scene)
        needed = set().union(*(_read_by(self._texts[rule.id]) for rule in wanted))
        with self._lock:
            self._duck.run("BEGIN")
            try:
                self._fill(told, needed)
                return [row for rule in wanted for row in self._duck.rows(f"EXECUTE rule_{rule.id}")]
            finally:
                self._duck.run("ROLLBACK")

    def _prepare(self) -> None:
        for name in tables():
            unfolded = duckdb_engine.unfolded(tables()[name], "?")
            self._duck.run(f"PREPARE fill_{name} AS INSERT INTO {_place(name)} {unfolded}")
        for name, text in _refreshed().items():
            self._duck.run(f"PREPARE lay_{name} AS INSERT INTO {name} {text}")
        for name, text in self._texts.items():
            self._duck.run(f"PREPARE rule_{name} AS {text}")

    def _fill(self, told: Tables, needed: set[str]) -> None:
        """Only what one of the rules reads that are asked.

        Rows come as text: handed over in any other way they would change the catalogue, and every prepared text would
        be planned anew.
        """
        given = {name for name, rows in told.items() if rows}
        for name in given & needed:
            self._duck.run(f"EXECUTE fill_{name}({duckdb_engine.literal(told[name])})")
        for name in _refreshed():
            if name in needed and given >= _FROM.get(name, set()):
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


def warm() -> Warm:
    return _warm(stamp())


@lru_cache(maxsize=1)
def _warm(_state_of_knowledge: int) -> Warm:
    return Warm()


def _lay(duck: Duck) -> None:
    """All tables empty but the knowledge base. The claim lies among its history and is found by its number."""
    for name in tables():
        if name in DATED:
            duck.table(f"far_{name}", tables()[name], [])
            duck.show(f"raw_{name}", f"SELECT * FROM far_{name}")
            duck.show(f"near_{name}", f"SELECT * FROM far_{name} WHERE claim = {CLAIM}")
        else:
            duck.fill(name, base()[name] if name in KNOWLEDGE else [])
    runner.lay_lists(duck, book())
    for view in views():
        duck.lay(view)


@cache
def _read_by(text: str) -> frozenset[str]:
    """Names of tables, refreshed and filled ones, that a text reads by any way."""
    found: set[str] = set()
    open_ends = [text]
    while open_ends:
        words = {_PREFIX.sub("", word) for word in _WORD.findall(open_ends.pop())}
        fresh = (words & (_sources().keys() | tables().keys())) - found
        found |= fresh
        open_ends += [text for name in fresh for text in _sources().get(name, ())]
    return frozenset(found)


@cache
def _sources() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {"repeated": [REPEATED]}
    for view in (*lists(), *views()):
        texts.setdefault(view.name, []).append(view.text())
    return texts


@cache
def _refreshed() -> dict[str, str]:
    """Tables computed from the claim's rows: those of a month, and of lists and steps those about one claim too."""
    deaths = next(view.text() for view in lists() if view.name == "deaths")
    return {view.name: view.text() for view in views() if view.kept} | {"deaths": deaths, "repeated": REPEATED}


def _place(name: str) -> str:
    return f"far_{name}" if name in DATED else f"raw_{name}"
