"""Points, thresholds and terms of time as data: packaged rows, and what this bureau confirmed of them.

A row that only a province says (`verified` false) counts for nothing until two persons here confirmed exactly that row;
confirming is bound to the row's digest, so a changed row asks anew.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.credit.models import Confirmation, Responsibility, State
from yidang.credit.rules import Terms
from yidang.crypto.sm import sm3
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.events import canonical

_PAIRS = ("suspend_months", "network_months")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with where it is from."""

    key: str
    value: str
    said: str
    source: str
    confidence: str
    is_verified: bool
    effective_from: str
    approved_by: str

    @property
    def band(self) -> str:
        """Of a behaviour scored by bands; its value says it before the points."""
        return self.value.partition(" ")[0] if " " in self.value else ""

    @property
    def figures(self) -> str:
        return self.value.rpartition(" ")[2]

    @property
    def digest(self) -> bytes:
        return sm3(canonical([self.key, self.value, self.source, self.effective_from]))


@dataclass(frozen=True, slots=True)
class Behaviour:
    code: str
    name: str
    article: str
    band: str
    points: dict[str, int]
    is_of_persons: bool

    @property
    def key(self) -> str:
        return f"points:{self.code}"


@cache
def behaviours() -> dict[str, Behaviour]:
    return {row["code"]: _behaviour(row) for row in _read("behaviours")}


@cache
def rows() -> dict[str, Row]:
    """Every line of both tables, by its key."""
    found = [_row(f"rule:{row['code']}", row["value"], row["name"], row) for row in _read("terms")]
    found += [
        _row(f"points:{row['code']}", row["points"], behaviours()[row["code"]].name, row)
        for row in _read("person_points")
    ]
    for row in _read("behaviours"):
        if row["subject"] == "person":
            continue  # no points of persons but local ones
        value = f"{row['band']} {row['general']}/{row['important']}/{row['main']}" if row["band"] else ""
        found.append(_row(f"points:{row['code']}", value, row["behaviour"], row))
    return {one.key: one for one in found}


def confirmed() -> set[str]:
    """Behind the door. Keys of rows confirmed here as they now read."""
    standing = Confirmation.objects.filter(state=State.IN_FORCE).values_list("term", "digest")
    known = rows()
    return {term for term, digest in standing if term in known and known[term].digest == bytes(digest)}


def require_known(*keys: str) -> None:
    """Behind the door. Raises Conflict `credit_term_unverified` when one of them is neither verified nor confirmed."""
    here = confirmed()
    for key in keys:
        if not rows()[key].is_verified and key not in here:
            raise Conflict("credit_term_unverified", term=rows()[key].said)


@cache
def terms() -> Terms:
    values: dict[str, Any] = {row["code"]: _value(row["code"], row["value"]) for row in _read("terms")}
    del values["repair_each"], values["person_points"]
    return Terms(**values)


def repair_each() -> int:
    return int(rows()["rule:repair_each"].value)


def behaviour(code: str, *, of_persons: bool) -> Behaviour:
    """Raises Invalid `credit_behaviour_unknown`."""
    found = behaviours().get(code)
    if found is None or found.is_of_persons != of_persons:
        raise Invalid("credit_behaviour_unknown")
    return found


def _value(code: str, text: str) -> Any:
    if code in _PAIRS:
        low, high = text.split("-")
        return int(low), int(high)
    return int(text)


def _behaviour(row: dict[str, str]) -> Behaviour:
    local = _person_points().get(row["code"])
    points = {one.value: local or int(row[one.value]) for one in Responsibility if local or row[one.value]}
    return Behaviour(row["code"], row["behaviour"], row["article"], row["band"], points, row["subject"] == "person")


@cache
def _person_points() -> dict[str, int]:
    return {row["code"]: int(row["points"]) for row in _read("person_points")}


def _row(key: str, value: str, said: str, row: dict[str, str]) -> Row:
    return Row(
        key,
        value,
        said,
        row["source"],
        row["confidence"],
        row["verified"] == "true",
        row["effective_from"],
        row["approved_by"],
    )


def _read(name: str) -> Iterator[dict[str, str]]:
    text = files("yidang.credit").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
