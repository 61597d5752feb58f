"""The stays of one month, grouped: a table `stays` in a DuckDB connection over the history."""

from typing import Any

from yidang.claims.drg.rules import Case, Grouper, without_support

_CASES = """
SELECT s.claim, s.main_diagnosis,
  (SELECT list(d.code ORDER BY d.seq) FROM diagnoses d WHERE d.claim = s.claim AND NOT d.is_main AND d.month = s.month),
  (SELECT list(o.code ORDER BY o.seq) FROM operations o WHERE o.claim = s.claim AND o.month = s.month),
  p.sex, date_diff('year', p.born_on, CAST(s.admitted_at AS DATE)) -
    CASE WHEN strftime(p.born_on, '%m%d') > strftime(s.admitted_at, '%m%d') THEN 1 ELSE 0 END,
  date_diff('day', p.born_on, CAST(s.admitted_at AS DATE)), s.discharge_way
FROM settlements s LEFT JOIN persons p USING (person)
WHERE s.visit = 'inpatient' AND NOT s.reversed AND s.month = $month
ORDER BY s.claim
"""
_SEEN = """
SELECT claim, list(DISTINCT item) FROM (
  SELECT claim, item FROM orders UNION ALL SELECT claim, item FROM results)
WHERE claim IN (SELECT claim FROM cases) GROUP BY claim
"""
_STAYS = """
CREATE OR REPLACE TABLE stays AS
SELECT g.*, s.person, s.provider, s.department, s.doctor, s.admitted_at, s.discharged_at, s.total_fen, s.own_fen,
  greatest(date_diff('day', CAST(s.admitted_at AS DATE), CAST(s.discharged_at AS DATE)), 1) AS days, s.drg AS told_drg
FROM grouped g JOIN settlements s USING (claim) WHERE s.month = $month
"""


def months(db: Any) -> list[str]:
    """Months with stays, the newest first."""
    found = db.execute("SELECT DISTINCT month FROM settlements WHERE visit = 'inpatient' ORDER BY month DESC LIMIT 60")
    return [row[0] for row in found.fetchall()]


def lay_stays(db: Any, grouper: Grouper, month: str) -> int:
    """Lays `stays`: a row per stay with its group, its weight, and what would be left of both without support."""
    rows = db.execute(_CASES, {"month": month}).fetchall()
    cases = {row[0]: _case(row) for row in rows}
    _lay(db, "cases", [(claim,) for claim in cases], ("claim",))
    seen = dict(db.execute(_SEEN).fetchall())
    supports = grouper.scheme.supported_by()
    names = (
        "claim",
        "drg",
        "adrg",
        "mdc",
        "severity",
        "status",
        "weight",
        "supported_drg",
        "supported_weight",
        "doubted",
    )
    _lay(db, "grouped", [_row(grouper, claim, case, seen, supports) for claim, case in cases.items()], names)
    db.execute(_STAYS, {"month": month})
    return len(cases)


def _case(row: tuple[Any, ...]) -> Case:
    _, main, others, operations, sex, age, days, way = row
    return Case(
        main or "",
        tuple(others or ()),
        tuple(operations or ()),
        sex or 0,
        -1 if age is None else age,
        -1 if days is None else days,
        way or 1,
    )


def _row(
    grouper: Grouper, claim: int, case: Case, seen: dict[int, list[str]], supports: dict[str, set[str]]
) -> tuple[Any, ...]:
    """A stay without any clinical extract is taken as it was told: silence proves nothing."""
    found = grouper.group(case)
    again, doubted = found, list[str]()
    if claim in seen:
        again, doubted = without_support(grouper, case, seen[claim], supports)
    return (
        claim,
        *found,
        grouper.weight(found.drg),
        again.drg,
        grouper.weight(again.drg),
        "|".join(doubted),
    )


_TYPES = {"claim": "int64", "severity": "int64", "weight": "float64", "supported_weight": "float64"}


def _lay(db: Any, name: str, rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> None:
    import pyarrow as pa

    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [pa.array(list(one), _TYPES.get(column, "string")) for column, one in zip(columns, values, strict=True)]
    table = pa.table(dict(zip(columns, arrays, strict=True)))
    db.register(f"{name}_rows", table)
    db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_rows")  # noqa: S608 - names of this module
    db.unregister(f"{name}_rows")
