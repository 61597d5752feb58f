"""Which rows stay out, and why: every reason is a row of `bad` (tab, file, row, code, field)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.claims.importing.shape import SHAPES, columns_of, misread
from yidang.claims.tables import EXTRACTS

OF_A_CLAIM = ("lines", "diagnoses", "operations", "traces", *EXTRACTS)


@dataclass(frozen=True)
class Check:
    table: str
    code: str
    field: str
    bad: str


@cache
def checks() -> tuple[Check, ...]:
    text = (files("yidang.claims") / "data" / "checks.toml").read_text(encoding="utf-8")
    return tuple(Check(**row) for row in tomllib.loads(text)["check"])


def prepare(db: Any) -> None:
    db.execute("CREATE TABLE bad (tab VARCHAR, file INTEGER, row BIGINT, code VARCHAR, field VARCHAR)")


def check_rows(db: Any, table: str) -> None:
    """What one row shows alone: one pass, whatever the number of checks."""
    given = columns_of(db, f"raw_{table}")
    misreadings = [
        Check(table, "type_wrong", key, condition)
        for key, kind in SHAPES[table].items()
        if (condition := misread(key, kind, given))
    ]
    if misreadings:
        _note(db, table, f"raw_{table}", misreadings)
    own = [one for one in checks() if one.table == table]
    if own:
        _note(db, table, f"typed_{table}", own)


def _note(db: Any, table: str, relation: str, wanted: list[Check]) -> None:
    reasons = ", ".join(
        f"CASE WHEN {one.bad} THEN {{'code': '{one.code}', 'field': '{one.field}'}} END" for one in wanted
    )
    anything = " OR ".join(f"coalesce({one.bad}, false)" for one in wanted)
    db.execute(
        f"INSERT INTO bad SELECT DISTINCT '{table}', _file, _row, reason.code, reason.field FROM (SELECT _file, _row,"
        f" unnest(list_filter([{reasons}], lambda x: x IS NOT NULL)) AS reason FROM {relation} WHERE {anything})"
    )


def check_settlements(db: Any, known: set[str]) -> None:
    """What shows only across rows: numbers given twice, sums over lines, the main diagnosis."""
    _note_doubles(db, "settlements", "claim", "claim_duplicate")
    if "lines" in known:
        _note_doubles(db, "lines", "line", "line_duplicate")
        db.execute(_LINES_SUM)
    if "diagnoses" in known:
        db.execute(_MAIN_DIAGNOSIS)
        db.execute(_DIAGNOSIS_OF_OTHERS.format(limits=_limits()))
    if "operations" in known:
        db.execute(_OPERATION_OUTSIDE)


def _note_doubles(db: Any, table: str, key: str, code: str) -> None:
    """The first of them stays. Counting by group first keeps the usual case, none, cheap."""
    db.execute(f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {key} FROM typed_{table} GROUP BY 1 HAVING count(*) > 1")
    db.execute(
        f"INSERT INTO bad SELECT '{table}', _file, _row, '{code}', '{key}' FROM typed_{table} SEMI JOIN twice"
        f" USING ({key}) QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY _file, _row) > 1"
    )


def _limits() -> str:
    return str(files("yidang.claims") / "data" / "diagnosis_limits.csv").replace("'", "''")


_LINES_SUM = """
INSERT INTO bad
SELECT 'settlements', s._file, s._row, 'lines_sum', 'total_fen'
FROM typed_settlements s
JOIN (SELECT claim, sum(amount_fen) AS fen FROM typed_lines GROUP BY 1) l USING (claim)
WHERE l.fen <> s.total_fen
"""
_MAIN_DIAGNOSIS = """
INSERT INTO bad
SELECT 'settlements', s._file, s._row, 'main_diagnosis_count', 'main_diagnosis'
FROM typed_settlements s
JOIN (SELECT claim, count(*) FILTER (is_main) AS mains FROM typed_diagnoses GROUP BY 1) d USING (claim)
WHERE d.mains <> 1
"""
_OPERATION_OUTSIDE = """
INSERT INTO bad
SELECT 'operations', o._file, o._row, 'operation_outside_stay', 'operated_at'
FROM typed_operations o JOIN typed_settlements s USING (claim)
WHERE o.operated_at < date_trunc('day', s.admitted_at)
   OR o.operated_at >= date_trunc('day', s.discharged_at) + INTERVAL 1 DAY
"""
# Only where sex or birth came along; a birth the diagnosis is about may be the mother's or the child's. It is a check
# of the settlement list, which is made for stays: an outpatient's settlement comes in as it was paid, and rule 48
# doubts it.
_DIAGNOSIS_OF_OTHERS = """
INSERT INTO bad
SELECT DISTINCT 'diagnoses', d._file, d._row, m.code, 'code'
FROM typed_diagnoses d JOIN typed_settlements s ON s.claim = d.claim AND s.visit = 'inpatient'
JOIN (SELECT DISTINCT ON (person) person, sex, born_on FROM typed_persons) p ON p.person = s.person
JOIN read_csv('{limits}', header = true, all_varchar = true) m
  ON substr(d.code, 1, 3) BETWEEN m.first AND m.last
WHERE (m.sex IS NOT NULL AND p.sex IN (1, 2) AND p.sex <> m.sex::TINYINT)
   OR (m.oldest_days IS NOT NULL AND date_diff('day', p.born_on, coalesce(s.admitted_at, s.settled_at)::DATE)
       > m.oldest_days::INTEGER)
"""
