"""Tables of this room as packaged: thresholds, sampling plan, what a kind of document bears."""

import csv
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

from yidang.quality.accuracy.rules import PlanRow
from yidang.quality.completeness.rules import Expectation

PLAN = "GB2828-II"


@dataclass(frozen=True)
class Origin:
    source: str
    confidence: str
    is_verified: bool
    effective_from: date
    approved_by: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("yidang.quality").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _origin(row: dict[str, str]) -> Origin:
    begins = date.fromisoformat(row["effective_from"])
    return Origin(row["source"], row["confidence"], row["verified"] == "yes", begins, row["approved_by"])


@cache
def thresholds() -> dict[str, tuple[Fraction, Origin]]:
    return {row["code"]: (Fraction(row["value"]), _origin(row)) for row in _rows("thresholds")}


@cache
def plan(code: str = PLAN) -> tuple[PlanRow, ...]:
    rows = [row for row in _rows("sampling_plan") if row["plan"] == code]
    return tuple(
        PlanRow(int(r["lot_from"]), int(r["lot_to"] or 0) or None, int(r["size"]), int(r["widened"])) for r in rows
    )


@cache
def plan_origin(code: str = PLAN) -> Origin:
    return next(_origin(row) for row in _rows("sampling_plan") if row["plan"] == code)


@cache
def expectations() -> dict[str, Expectation]:
    return {
        row["document_type"]: Expectation(row["has_seal"] == "yes", tuple(row["signatures"].split()))
        for row in _rows("expectations")
    }
