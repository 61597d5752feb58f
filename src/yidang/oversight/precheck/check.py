"""One claim against its history: what the rules doubt of it, before it is settled or while it is prescribed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yidang.kernel.errors import Invalid
from yidang.oversight.analytics.runner import DOUBTS
from yidang.oversight.analytics.schema import DATED, tables
from yidang.oversight.explaining import explained
from yidang.oversight.precheck.concerns import Tables
from yidang.oversight.precheck.warm import CLAIM, warm
from yidang.oversight.rules.loading import book
from yidang.oversight.rules.rule import Rule, Status

ADVICE, BEFORE_SETTLEMENT = "事前", "事中"
MOST_LINES = 2000
_SCENES = {
    "inpatient": "住院", "outpatient": "门急诊", "emergency": "门急诊", "pharmacy": "购药", "internet": "互联网",
}  # fmt: skip
_OF_THE_CLAIM = ("diagnoses", "operations", "traces", "vitals", "orders")
_ABOUT = ("persons", "providers", "deaths", "absences", "suspensions", "terminations", "stock_in")
_NOT_YET_REVERSED = {"reversed": False}


@dataclass(frozen=True, slots=True)
class Advice:
    """`lines` are places in the claim's own list, from 0; `stops` where the national base calls it certain."""

    rule: str
    title: str
    stops: bool
    lines: tuple[int, ...]
    amount_fen: int
    text: str
    law: str
    on_trial: bool


def check(claim: Mapping[str, Any], *, stage: str = BEFORE_SETTLEMENT) -> list[Advice]:
    """What every rule of this stage doubts of one claim.

    `claim`: {"settlement": {…}, "lines": […]}, and where known "person", "provider", the tables of `_OF_THE_CLAIM`,
    those of `_ABOUT`, and "history" with `settlements`, `lines`, `diagnoses`, `traces`. Columns as in the analytics
    tables; money in fen.

    Raises:
        Invalid: `precheck_body`, with the place.
    """
    told = _told(claim)
    visit = str(told["settlements"][-1]["visit"])
    rows = warm().judge(told, stage, _SCENES[visit])
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        named = dict(zip(DOUBTS, row, strict=True))
        by_rule.setdefault(named["rule"], []).append(named)
    rules = {rule.id: rule for rule in book()}
    return [_advice(rules[name], found) for name, found in sorted(by_rule.items())]


def _advice(rule: Rule, rows: Sequence[Mapping[str, Any]]) -> Advice:
    money: dict[int, int] = {}
    for row in rows:
        if row["line"] is not None:
            place = row["line"] - CLAIM
            money[place] = max(money.get(place, 0), row["amount_fen"])
    return Advice(
        rule=rule.id,
        title=rule.title,
        stops=rule.is_violation and rule.status is Status.ACTIVE,
        lines=tuple(sorted(money)),
        amount_fen=sum(money.values()),
        text=explained(rule.explanation, rows[0]["evidence"]),
        law=f"{rule.citation.law}{rule.citation.article}",
        on_trial=rule.status is Status.SHADOW,
    )


def _told(claim: Mapping[str, Any]) -> Tables:
    head = _mapping(claim, "settlement") | _NOT_YET_REVERSED | {"claim": CLAIM}
    lines = _rows(claim, "lines")
    if not lines or len(lines) > MOST_LINES or head.get("visit") not in _SCENES:
        raise Invalid("precheck_body", place="lines" if head.get("visit") in _SCENES else "settlement.visit")
    head = {"person": 0, "provider": ""} | head | {"month": _month(head)}
    told: dict[str, list[dict[str, Any]]] = {name: _rows(claim, name) for name in _ABOUT}
    for single, name in (("person", "persons"), ("provider", "providers")):
        if single in claim:
            told[name] = [_mapping(claim, single) | {single: head[single]}]
    for name, rows in _mapping(claim, "history").items():
        if name in DATED:
            told[name] = [dict(row) for row in rows]
    told.setdefault("settlements", []).append(head)
    told.setdefault("lines", []).extend(_line(at, row, head) for at, row in enumerate(lines))
    for name in _OF_THE_CLAIM:
        mine = [
            {"person": head["person"], "month": head["month"]} | row | {"claim": CLAIM} for row in _rows(claim, name)
        ]
        told.setdefault(name, []).extend(mine)
    return {name: [_typed(name, row) for row in rows] for name, rows in told.items()}


def _line(at: int, row: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, Any]:
    taken = {key: head.get(key) for key in ("person", "provider", "visit", "doctor", "department", "month")}
    taken["served_at"] = head.get("admitted_at")
    return taken | dict(row) | _NOT_YET_REVERSED | {"claim": CLAIM, "line": CLAIM + at}


def _month(head: Mapping[str, Any]) -> str:
    return str(head.get("settled_at") or head.get("admitted_at") or "")[:7]


def _mapping(claim: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = claim.get(name, {})
    if not isinstance(value, Mapping):
        raise Invalid("precheck_body", place=name)
    return dict(value)


def _rows(claim: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = claim.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Invalid("precheck_body", place=name)
    return [dict(row) for row in rows]


def _typed(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {key: _value(kind, row.get(key)) for key, kind in tables()[table].items()}
    except (TypeError, ValueError) as problem:
        raise Invalid("precheck_body", place=table) from problem


def _value(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if kind == "TIMESTAMP":
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.replace(tzinfo=None)
    if kind == "DATE":
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    if kind == "VARCHAR":
        return str(value)[:120]
    if kind == "BOOLEAN":
        return bool(value)
    return float(value) if kind == "DOUBLE" else int(value)
