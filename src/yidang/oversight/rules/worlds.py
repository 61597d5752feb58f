"""The cases of all rules as one set of analytics tables, so that one session runs them all.

Each case is a world of its own: its numbers and names are moved apart from those of every other case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yidang.oversight.rules.rule import Case, Returns, Rule

Row = dict[str, Any]
Tables = dict[str, list[Row]]
_NUMBERS = ("claim", "line", "person", "prescription", "address")
_NAMES = ("provider", "doctor", "trace", "document")
_ITEMS = ("item", "item_a", "item_b", "part", "package")
_ROOM = 1000  # numbers a case may use of each kind
_NOON = datetime.fromisoformat("2026-03-10T10:00:00")  # local time, as in the tables
_STOCKED = datetime.fromisoformat("2026-01-05T09:00:00")
_PERSON = {"sex": 1, "born_on": date(1980, 1, 1), "scheme": "310", "region": "310100"}
_PROVIDER = {"kind": "hospital", "level": 3, "region": "310100", "beds": 100}
_SETTLEMENT = {
    "person": 1, "provider": "P1", "visit": "outpatient", "doctor": "D1", "department": "内科", "scheme": "310",
    "region": "310100", "main_diagnosis": "I10.x00", "discharge_way": 1, "reversed": False,
}  # fmt: skip
_LINE = {"quantity": 1.0, "unit_price_fen": 1000, "reversed": False}
_TRACE = {
    "line": 1, "claim": 1, "person": 1, "provider": "P1", "region": "310100", "kind": "sale", "quantity": 1.0,
    "is_split": False, "moved_at": _NOON,
}  # fmt: skip
_DEFAULTS: dict[str, Row] = {
    "deaths": {"person": 1}, "absences": {"person": 1}, "orders": {"claim": 1, "ordered_at": _NOON},
    "vitals": {"claim": 1, "person": 1}, "operations": {"claim": 1, "person": 1}, "leaves": {"claim": 1},
    "stock_in": {"provider": "P1", "stocked_at": _STOCKED}, "diagnoses": {"claim": 1, "person": 1},
    "persons": {"person": 1}, "providers": {"provider": "P1"}, "settlements": {"claim": 1},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """`hits`: (rule, line or claim, as the rule returns) → what its case says of it."""

    tables: Tables
    expected: Mapping[tuple[str, str], frozenset[int]]


def world(rules: Iterable[Rule]) -> World:
    tables: Tables = {}
    expected: dict[tuple[str, str], frozenset[int]] = {}
    for rule in rules:
        _add(tables, _known(rule.knowledge), f"{rule.id}.", 0)
        for at, case in enumerate(rule.cases, 1):
            base = (int(rule.id) * 100 + at) * _ROOM
            _add(tables, _filled(case, rule.knowledge), f"{rule.id}.", base)
            expected[rule.id, case.says] = frozenset(base + hit for hit in case.hits)
    return World(tables, expected)


def case_of(number: int) -> int:
    """The base of the case a line or claim belongs to."""
    return number // _ROOM * _ROOM


def found_wanting(rules: Iterable[Rule], doubts: Iterable[tuple[str, int, int | None]]) -> list[str]:
    """What the cases expected and did not get, or got and did not expect. `doubts`: rule, claim, line."""
    told = list(rules)
    by_rule = {rule.id: rule for rule in told}
    got: dict[tuple[str, int], set[int]] = {}
    for rule_id, claim, line in doubts:
        number = claim if by_rule[rule_id].returns is Returns.CLAIM or line is None else line
        got.setdefault((rule_id, case_of(number)), set()).add(number % _ROOM)
    wrong = []
    for rule in told:
        for at, case in enumerate(rule.cases, 1):
            seen = got.get((rule.id, (int(rule.id) * 100 + at) * _ROOM), set())
            if seen != set(case.hits):
                wrong.append(f"{rule.slug} · {case.says}: {sorted(seen)} instead of {sorted(case.hits)}")
    return wrong


def _known(knowledge: Mapping[str, list[Row]]) -> Tables:
    return {name: [dict(row) for row in rows] for name, rows in knowledge.items()}


def _filled(case: Case, knowledge: Mapping[str, list[Row]]) -> Tables:
    """The case with what it left unsaid: its claims, persons and institutions, and the main diagnosis of each claim."""
    told = {name: [_DEFAULTS.get(name, {}) | row for row in rows] for name, rows in case.tables.items()}
    told["traces"] = [_TRACE | row for row in told.get("traces", [])]
    classes = {row["item"]: row["class"] for row in knowledge.get("items", [])}
    lines = [_line(at, row, classes) for at, row in enumerate(told.get("lines", []), 1)]
    stays = {row["claim"]: row for row in told.get("settlements", [])}
    for line in lines:
        stays.setdefault(line["claim"], {key: line[key] for key in ("claim", "person", "provider") if key in line})
    told["settlements"] = [_settlement(row, lines) for row in stays.values()]
    heads = {row["claim"]: row for row in told["settlements"]}
    told["lines"] = [_settled(line, heads[line["claim"]]) for line in lines]
    told["persons"] = _all(told.get("persons", []), "person", _PERSON, told["settlements"])
    told["providers"] = _all(told.get("providers", []), "provider", _PROVIDER, told["settlements"])
    if "diagnoses" not in case.tables:
        told["diagnoses"] = [_main_diagnosis(head) for head in told["settlements"]]
    return _dated(told, heads)


def _line(at: int, row: Row, classes: Mapping[str, str]) -> Row:
    line: Row = _LINE | {"line": at, "claim": 1, "class": classes.get(row["item"], "drug")} | row
    return {"amount_fen": round(line["quantity"] * line["unit_price_fen"])} | line


def _settlement(row: Row, lines: list[Row]) -> Row:
    """Admitted, discharged and settled when its first line was served, unless it says otherwise."""
    mine = [line for line in lines if line["claim"] == row["claim"]]
    served = min((line.get("served_at", _NOON) for line in mine), default=_NOON)
    admitted = row.get("admitted_at") or row.get("settled_at") or served
    discharged = row.get("discharged_at", admitted)
    total = sum(line["amount_fen"] for line in mine)
    dates = {"admitted_at": admitted, "discharged_at": discharged, "settled_at": discharged}
    return _SETTLEMENT | dates | {"total_fen": total, "fund_fen": total, "own_fen": 0} | row


def _settled(line: Row, head: Row) -> Row:
    taken = {key: head[key] for key in ("person", "provider", "visit", "doctor", "department")}
    return taken | {"served_at": head["admitted_at"], "fee_category": "09"} | line


def _all(told: list[Row], key: str, default: Row, heads: list[Row]) -> list[Row]:
    by_key = {row[key]: row for row in told}
    for head in heads:
        by_key.setdefault(head[key], {key: head[key]})
    return [default | row for row in by_key.values()]


def _main_diagnosis(head: Row) -> Row:
    return {
        "claim": head["claim"], "person": head["person"], "seq": 1, "code": head["main_diagnosis"], "is_main": True,
    }  # fmt: skip


def _dated(told: Tables, heads: Mapping[int, Row]) -> Tables:
    for name in ("settlements", "lines", "diagnoses", "operations", "traces"):
        for row in told.get(name, []):
            row["month"] = f"{heads[row['claim']]['settled_at']:%Y-%m}"
            row.setdefault("is_main", False)
    return told


def _add(tables: Tables, told: Tables, mark: str, base: int) -> None:
    for name, rows in told.items():
        tables.setdefault(name, []).extend(_apart(row, mark, base) for row in rows)


def _apart(row: Row, mark: str, base: int) -> Row:
    moved = dict(row)
    for key in _NUMBERS:
        if moved.get(key) is not None:
            moved[key] += base
    for key in _NAMES:
        if moved.get(key):
            moved[key] = f"{moved[key]}/{base}"
    for key in _ITEMS:
        if moved.get(key):
            moved[key] = mark + moved[key]
    if moved.get("kind") == "first_line":
        moved["choice"] = mark + moved["choice"]
    return moved
