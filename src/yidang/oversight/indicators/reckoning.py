"""A month's shares and rates of every hospital, and whether they exceed nine in ten of their level.

What each indicator counts is a row of data/indicators.csv; none was read in an official print (`verified` false).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.claims.history import connect
from yidang.claims.lists.codes import newest
from yidang.claims.models import Code
from yidang.oversight.institutions import names_of

ENOUGH_PEERS = 5
_MEMORY = "400MB"
_MONTHS = 60
Values = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    key: str
    name: str
    kind: str
    what: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """`bound`: the ninetieth percentile of the level; none where it has too few hospitals to say.

    `former`: the same hospital in the same month of the year before.
    """

    name: str
    value: float | None
    bound: float | None
    former: float | None = None

    @property
    def change(self) -> float | None:
        """In shares of one, since the year before."""
        return None if self.value is None or self.former is None else self.value - self.former

    @property
    def is_high(self) -> bool:
        return self.value is not None and self.bound is not None and self.value > self.bound


@dataclass(frozen=True, slots=True)
class Row:
    provider: str
    name: str
    level: int
    figures: Sequence[Figure]

    @property
    def alerts(self) -> int:
        return sum(one.is_high for one in self.figures)


@cache
def indicators() -> tuple[Indicator, ...]:
    text = (files("yidang.oversight") / "data" / "indicators.csv").read_text(encoding="utf-8")
    return tuple(
        Indicator(
            one["code"], one["key"], one["name"], one["kind"], one["what"], one["source"], one["verified"] == "true"
        )
        for one in csv.DictReader(io.StringIO(text))
    )


def reckon(month: str = "") -> tuple[str, list[str], list[Row]]:
    """The month, the newest one unless asked for another; all months; hospitals with most above the bound first."""
    with connect(memory=_MEMORY, threads=1) as db:
        months = [row[0] for row in db.execute(_KNOWN.format(most=_MONTHS)).fetchall()]
        if not months:
            return "", [], []
        chosen = month if month in months else months[0]
        _lay_items(db)
        found, former = _values(db, chosen), _values(db, year_before(chosen))
        levels = dict(db.execute("SELECT provider, level FROM providers WHERE kind = 'hospital'").fetchall())
    return chosen, months, _rows(found, former, levels)


def year_before(month: str) -> str:
    year, number = month.split("-")
    return f"{int(year) - 1:04}-{number}"


def _values(db: Any, month: str) -> Values:
    """Indicator → hospital → value; of a month nobody settled in, nothing."""
    return {one.key: dict(db.execute(_asked(one), {"month": month}).fetchall()) for one in indicators()}


def _asked(one: Indicator) -> str:
    """SQL: provider and value."""
    if one.kind == "fee":
        chosen = ", ".join(one.what.split("+"))
        return _SHARE.format(chosen=f"TRY_CAST(l.fee_category AS INTEGER) IN ({chosen})")
    if one.kind == "name":
        return _SHARE.format(chosen=_NAMED.format(what=one.what))
    if one.kind == "infection":
        return _INFECTION.format(chosen=" OR ".join(f"starts_with(d.code, '{part}')" for part in one.what.split("|")))
    return _READMISSION.format(days=int(one.what))


def _lay_items(db: Any) -> None:
    """Names of services: of the code table in force, else of the invented items that ship."""
    standing = newest("services")
    known = list(Code.objects.filter(list=standing).values_list("code", "name")) if standing else _invented()
    db.execute("CREATE TABLE named (item VARCHAR, name VARCHAR)")
    db.executemany("INSERT INTO named VALUES (?, ?)", [list(row) for row in known] or [["", ""]])


def _invented() -> list[tuple[str, str]]:
    text = (files("yidang.claims") / "data" / "items.csv").read_text(encoding="utf-8")
    return [(one["code"], one["name"]) for one in csv.DictReader(io.StringIO(text)) if one["class"] == "service"]


def _rows(found: Values, former: Values, levels: Mapping[str, int]) -> list[Row]:
    bounds = {one.key: _bounds(found[one.key], levels) for one in indicators()}
    names = names_of(levels)
    rows = [
        Row(
            provider,
            names.get(provider, ""),
            level,
            [_figure(one, provider, found, bounds[one.key].get(level), former) for one in indicators()],
        )
        for provider, level in levels.items()
        if provider in found["drugs"]
    ]
    return sorted(rows, key=lambda one: (-one.alerts, one.provider))


def _figure(one: Indicator, provider: str, found: Values, bound: float | None, former: Values) -> Figure:
    return Figure(one.name, found[one.key].get(provider), bound, former[one.key].get(provider))


def _bounds(values: Mapping[str, float], levels: Mapping[str, int]) -> dict[int, float]:
    groups: dict[int, list[float]] = {}
    for provider, value in values.items():
        if provider in levels and value is not None:
            groups.setdefault(levels[provider], []).append(value)
    return {level: percentile(some, 0.9) for level, some in groups.items() if len(some) >= ENOUGH_PEERS}


def percentile(values: Sequence[float], share: float) -> float:
    """Between the two nearest, as spreadsheets reckon it."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


_KNOWN = "SELECT DISTINCT month FROM settlements ORDER BY month DESC LIMIT {most}"
_NAMED = "l.item IN (SELECT item FROM named WHERE regexp_matches(name, '{what}'))"
_SHARE = """
SELECT l.provider, coalesce(sum(l.amount_fen) FILTER ({chosen}), 0) / sum(l.amount_fen)
FROM lines l WHERE l.month = $month AND NOT l.reversed AND l.amount_fen > 0 GROUP BY 1
"""
_INFECTION = """
SELECT s.provider, count(DISTINCT s.claim) FILTER (d.claim IS NOT NULL) / count(DISTINCT s.claim)
FROM settlements s LEFT JOIN diagnoses d
  ON d.claim = s.claim AND d.month = s.month AND d.admission_condition = '4' AND ({chosen})
WHERE s.month = $month AND s.visit = 'inpatient' AND NOT s.reversed GROUP BY 1
"""
_READMISSION = """
SELECT s.provider, count(DISTINCT s.claim) FILTER (n.claim IS NOT NULL) / count(DISTINCT s.claim)
FROM settlements s LEFT JOIN settlements n
  ON n.person = s.person AND n.provider = s.provider AND n.visit = 'inpatient' AND NOT n.reversed
  AND n.admitted_at > s.discharged_at AND date_diff('day', s.discharged_at, n.admitted_at) <= {days}
  AND substr(n.main_diagnosis, 1, 3) = substr(s.main_diagnosis, 1, 3) AND NOT starts_with(n.main_diagnosis, 'Z51')
WHERE s.month = $month AND s.visit = 'inpatient' AND NOT s.reversed GROUP BY 1
"""
