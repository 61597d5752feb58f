"""What the groups of a month say: cost, weight, length of stay, who stands out, and what a payment would have been.

Everything here is simulated: nothing is paid by it, and the tables may never have been compared with the official
ones. CMI is the mean weight; an index of 1 is what the region's own stays of the same groups cost or lasted.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.claims.drg.rules import Grouper
from yidang.claims.drg.stays import lay_stays

_LISTED = 100

_MINE = """
CREATE OR REPLACE VIEW mine AS SELECT * FROM stays WHERE '{provider}' = '' OR provider = '{provider}'
"""
_NORMS = """
CREATE OR REPLACE TABLE norms AS
SELECT drg, count(*) AS cases, avg(total_fen) AS mean_fen, avg(days) AS mean_days, any_value(weight) AS weight
FROM stays WHERE status = 'grouped' GROUP BY drg
"""
_TOTAL = """
SELECT count(*), count(*) FILTER (status = 'grouped'), avg(weight) FILTER (status = 'grouped'),
  sum(total_fen), sum(total_fen) FILTER (status = 'grouped') / nullif(sum(weight) FILTER (status = 'grouped'), 0),
  avg(days), count(*) FILTER (doubted <> ''), sum(weight - supported_weight) FILTER (doubted <> '')
FROM mine
"""
_RATE = "SELECT sum(total_fen) / nullif(sum(weight), 0) FROM stays WHERE status = 'grouped'"
_GROUPS = """
SELECT drg, count(*) AS cases, n.weight, avg(total_fen), avg(days),
  count(*) FILTER (total_fen > $high * n.mean_fen), count(*) FILTER (total_fen < $low * n.mean_fen),
  n.weight * $rate AS pay, n.weight * $rate - avg(total_fen) AS margin
FROM mine JOIN norms n USING (drg) GROUP BY drg, n.weight, n.mean_fen ORDER BY cases DESC, drg
"""
_WHO = """
SELECT {who}, count(*) AS cases, avg(s.weight) AS cmi, avg(s.total_fen) AS mean_fen,
  sum(s.total_fen) / nullif(sum(n.mean_fen), 0) AS cost_index, sum(s.days) / nullif(sum(n.mean_days), 0) AS time_index,
  count(DISTINCT s.drg) AS groups, sum(s.weight) * $rate - sum(s.total_fen) AS margin
FROM mine s JOIN norms n USING (drg) GROUP BY ALL ORDER BY cases DESC, {who} LIMIT {most}
"""
_OUTLIERS = """
SELECT claim, provider, department, drg, total_fen, n.mean_fen, total_fen / n.mean_fen AS ratio
FROM mine JOIN norms n USING (drg)
WHERE n.cases >= 3 AND (total_fen > $high * n.mean_fen OR total_fen < $low * n.mean_fen)
ORDER BY abs(ln(greatest(ratio, 0.001))) DESC, claim LIMIT {most}
"""
_DOUBTED = """
SELECT claim, provider, department, drg, supported_drg, weight - supported_weight AS lost, lost * $rate
FROM mine WHERE doubted <> '' AND drg <> supported_drg ORDER BY lost DESC, claim LIMIT {most}
"""
_SHIFTED = """
WITH outside AS (
  SELECT s.claim, s.provider, s.department, s.drg, s.total_fen,
    sum(o.own_fen) FILTER (o.settled_at < s.admitted_at) AS before_fen,
    sum(o.own_fen) FILTER (o.admitted_at > s.discharged_at) AS after_fen
  FROM mine s JOIN settlements o ON o.person = s.person AND o.visit IN ('outpatient', 'emergency', 'pharmacy')
    AND NOT o.reversed AND o.admitted_at >= s.admitted_at - to_days(CAST($days AS INTEGER))
    AND o.admitted_at <= s.discharged_at + to_days(CAST($days AS INTEGER))
    AND o.month BETWEEN $from_month AND $until_month
  GROUP BY ALL)
SELECT claim, provider, department, drg, total_fen, coalesce(before_fen, 0), coalesce(after_fen, 0)
FROM outside WHERE coalesce(before_fen, 0) + coalesce(after_fen, 0) > 0
ORDER BY coalesce(before_fen, 0) + coalesce(after_fen, 0) DESC, claim LIMIT {most}
"""


@dataclass(frozen=True)
class Total:
    """`rate_fen`: what one point of weight cost here; the simulated payment takes the whole region's."""

    cases: int
    grouped: int
    cmi: float
    total_fen: int
    rate_fen: float
    mean_days: float
    doubted: int
    weight_lost: float


@dataclass(frozen=True)
class Analysis:
    """Rows as tuples in the order of `COLUMNS`."""

    month: str
    provider: str
    total: Total
    tables: dict[str, list[tuple[Any, ...]]]


COLUMNS = {
    "groups": ("drg", "cases", "weight", "mean_fen", "mean_days", "high", "low", "pay_fen", "margin_fen"),
    "departments": (
        "provider",
        "department",
        "cases",
        "cmi",
        "mean_fen",
        "cost_index",
        "time_index",
        "groups",
        "margin_fen",
    ),
    "doctors": ("doctor", "department", "cases", "cmi", "mean_fen", "cost_index", "time_index", "groups", "margin_fen"),
    "outliers": ("claim", "provider", "department", "drg", "total_fen", "mean_fen", "ratio"),
    "doubted": ("claim", "provider", "department", "drg", "supported_drg", "weight_lost", "pay_lost_fen"),
    "shifted": ("claim", "provider", "department", "drg", "total_fen", "before_fen", "after_fen"),
}


@cache
def settings() -> dict[str, dict[str, Any]]:
    source = files("yidang.claims.drg") / "data" / "analysis.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def analyse(db: Any, grouper: Grouper, month: str, provider: str = "") -> Analysis:
    """Groups the month's stays in `db` (views of the history) and reads all tables from them."""
    lay_stays(db, grouper, month)
    db.execute(_NORMS)
    db.execute(_MINE.format(provider=provider.replace("'", "''")))
    total = Total(*(value or 0 for value in db.execute(_TOTAL).fetchone()))
    limits = settings()["outliers"]
    bounds = {"high": limits["high"], "low": limits["low"]}
    rate = {"rate": float(db.execute(_RATE).fetchone()[0] or 0)}
    near = {"days": settings()["shift"]["days"], "from_month": _moved(month, -1), "until_month": _moved(month, 1)}
    return Analysis(
        month,
        provider,
        total,
        {
            "groups": _rows(db, _GROUPS, bounds | rate),
            "departments": _rows(db, _WHO, rate, who="s.provider, s.department"),
            "doctors": _rows(db, _WHO, rate, who="s.doctor, s.department"),
            "outliers": _rows(db, _OUTLIERS, bounds),
            "doubted": _rows(db, _DOUBTED, rate),
            "shifted": _rows(db, _SHIFTED, near),
        },
    )


def _rows(db: Any, query: str, values: dict[str, Any], *, who: str = "") -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = db.execute(query.format(who=who, most=_LISTED), values).fetchall()
    return found


def _moved(month: str, by: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
