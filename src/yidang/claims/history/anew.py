"""The history from PostgreSQL anew: what the rows say, compared with what stands, and put in its place.

Moves of boxes and what came into stock are known to the history alone: of them stays what the rows still bear out, each
row once, and a sale that only a line names is written again. Where their files are gone, the sources taken in once
more bring them back and change nothing else. Dated lists are laid from the rows each time.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from yidang.claims.history import rewriting, writing
from yidang.claims.history.reading import folder, select
from yidang.claims.importing.extracts import opened as extract_of
from yidang.claims.models import ClinicalExtract, Settlement
from yidang.claims.sealed import opened
from yidang.claims.tables import EXTRACTS, PARTITIONED, TABLES

_MANY = 5000
_OPTIONS = "FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 100000"
_PLAIN = ("settlements", "lines")
_CLINICAL = ("diagnoses", "operations")
_OF_BOXES = ("traces", "stock_in")
IN_ROWS = (*_PLAIN, *_CLINICAL, *EXTRACTS)
REBUILT = (*IN_ROWS, *_OF_BOXES)
Outcome = dict[str, Any]


def rebuild(tables: Sequence[str] = REBUILT, *, write: bool = True) -> Outcome:
    """{"rows": {table: n}, "differences": {table: {"missing": n, "surplus": n}}, "fileless": [table], "written": bool}.

    `missing`: rows of the database that the history lacked; `surplus`: rows of it that the database does not have.
    `fileless`: tables that the history alone could tell and had no file of.
    """
    fileless = [table for table in _OF_BOXES if not any((folder() / table).rglob("*.parquet"))]
    with transaction.atomic():
        writing.lock()
        writing.follow_changes()
        place = folder() / ".anew"
        shutil.rmtree(place, ignore_errors=True)
        try:
            rows = _lay(place)
            differences = {table: told for table in tables if (told := _compare(table, place))}
            if write and differences:
                _put_in_place(place, list(differences))
            rewriting.lay_parties(folder())
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return {"rows": rows, "differences": differences, "fileless": fileless, "written": write and bool(differences)}


def _open(place: Path) -> Any:
    import duckdb

    place.mkdir(parents=True)
    db = duckdb.connect(str(place / "work.duckdb"))
    db.execute("SET memory_limit = '1GB'; SET preserve_insertion_order = false")
    return db


def _lay(place: Path) -> dict[str, int]:
    with _open(place) as db:
        for table in REBUILT:
            columns = ", ".join(f"{key} {kind}" for key, kind in TABLES[table].items())
            db.execute(f"CREATE TABLE {table} ({columns})")
        for table in _PLAIN:
            _copy(db, table, place / f"{table}.csv")
        _open_clinical(db)
        _open_extracts(db)
        _keep_moves(db)
        for table in REBUILT:
            _write(db, table, place)
        return {table: int(_one(db, f"SELECT count(*) FROM {table}")) for table in REBUILT}


def _copy(db: Any, table: str, text: Path) -> None:
    rewriting.export(_QUERIES[table], text)
    types = ", ".join(f"'{key}': '{kind}'" for key, kind in TABLES[table].items())
    db.execute(
        f"INSERT INTO {table} SELECT * FROM read_csv('{text}', auto_detect = false, header = false, delim = ','"
        f", quote = '\"', escape = '\"', columns = {{{types}}}, nullstr = '')"
    )


def _open_clinical(db: Any) -> None:
    """What is sealed: main diagnosis and group go to the settlement, diagnoses and operations are rows of their own."""
    db.execute("CREATE TEMP TABLE mains (claim BIGINT, main VARCHAR, drg VARCHAR)")
    for some in _batched(Settlement.objects.only("claim", "sealed").iterator(_MANY)):
        words = [(one.claim, opened(one)) for one in some]
        _insert(
            db, "mains", [{"claim": claim, "main": told.get("main"), "drg": told.get("drg")} for claim, told in words]
        )
        _insert(
            db, "diagnoses", [_diagnosis(claim, row) for claim, told in words for row in told.get("diagnoses") or []]
        )
        _insert(
            db, "operations", [_operation(claim, row) for claim, told in words for row in told.get("operations") or []]
        )
    db.execute(
        "UPDATE settlements SET main_diagnosis = m.main, drg = m.drg FROM mains m WHERE m.claim = settlements.claim"
    )
    for table in _CLINICAL:
        db.execute(
            f"UPDATE {table} SET person = s.person, month = s.month FROM settlements s WHERE s.claim = {table}.claim"
        )


def _batched(rows: Iterable[Any]) -> Iterator[list[Any]]:
    standing = iter(rows)
    while some := list(islice(standing, _MANY)):
        yield some


def _diagnosis(claim: int, row: Outcome) -> Outcome:
    kept = {key: row.get(key) for key in ("seq", "code", "is_main")}
    return {"claim": claim, **kept, "admission_condition": row.get("condition")}


def _operation(claim: int, row: Outcome) -> Outcome:
    return {
        "claim": claim,
        **{key: row.get(key) for key in ("seq", "code", "doctor", "session")},
        "operated_at": row.get("at"),
    }


def _open_extracts(db: Any) -> None:
    for some in _batched(ClinicalExtract.objects.iterator(_MANY)):
        opened_ones = [(one.pk, extract_of(one)) for one in some]
        for table in EXTRACTS:
            _insert(db, table, [{"claim": claim, **row} for claim, body in opened_ones for row in body.get(table, [])])
    db.execute("UPDATE vitals SET person = s.person FROM settlements s WHERE s.claim = vitals.claim")


def _keep_moves(db: Any) -> None:
    for table in _OF_BOXES:
        db.execute(f"CREATE TEMP VIEW former_{table} AS {select(table, folder())}")
    for asked in _BOXES:
        db.execute(asked)


def _insert(db: Any, table: str, rows: list[Outcome]) -> None:
    """By name; a column the rows do not say stays empty."""
    import pyarrow as pa

    if not rows:
        return
    columns = [
        key for (key,) in db.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall() if key in rows[0]
    ]
    texts = {key: [None if row.get(key) is None else str(row[key]) for row in rows] for key in columns}
    db.register("given", pa.table({key: pa.array(values, pa.string()) for key, values in texts.items()}))
    types = dict(db.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall())
    chosen = ", ".join(f"{key}::{types[key]}" for key in columns)
    db.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM given")
    db.unregister("given")


def _write(db: Any, table: str, place: Path) -> None:
    if table in PARTITIONED:
        db.execute(
            f"COPY {table} TO '{place / table}' ({_OPTIONS}, PARTITION_BY (month), WRITE_PARTITION_COLUMNS true)"
        )
    else:
        (place / table).mkdir()
        db.execute(f"COPY {table} TO '{place / table / f'{table}.parquet'}' ({_OPTIONS})")


def _compare(table: str, place: Path) -> dict[str, int]:
    import duckdb

    columns = ", ".join(f"{_same(key)} AS {key}" for key in TABLES[table])
    with duckdb.connect() as db:
        db.execute(f"CREATE VIEW fresh AS SELECT {columns} FROM ({select(table, place)})")
        db.execute(f"CREATE VIEW former AS SELECT {columns} FROM ({select(table, folder())})")
        counted = "SELECT count(*) FROM (FROM {} EXCEPT ALL FROM {})"
        missing = int(_one(db, counted.format("fresh", "former")))
        surplus = int(_one(db, counted.format("former", "fresh")))
    return {"missing": missing, "surplus": surplus} if missing or surplus else {}


def _one(db: Any, asked: str) -> Any:
    return db.execute(asked).fetchall()[0][0]


def _same(key: str) -> str:
    """Rows keep nothing where a file said blank, and a category as a number."""
    if key == "fee_category":
        return f"TRY_CAST({key} AS INTEGER)"
    return f"coalesce({key}, 0)" if key == "unit_price_fen" else f"nullif({key}::VARCHAR, '')"


def _put_in_place(place: Path, tables: list[str]) -> None:
    """Beside the former first: a crash between the two moves leaves one of them under its own name."""
    for table in tables:
        former, fresh = folder() / table, place / table
        aside = folder() / f".former-{table}"
        shutil.rmtree(aside, ignore_errors=True)
        if former.exists():
            former.rename(aside)
        fresh.rename(former)
        shutil.rmtree(aside, ignore_errors=True)


def _local(column: str) -> str:
    return f"to_char({column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS.US')"


_MONTH = "to_char(s.settled_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
_QUERIES = {
    "settlements": f"SELECT s.claim, s.person, s.provider_id, s.visit, {_local('s.admitted_at')},"
    f" {_local('s.discharged_at')}, {_local('s.settled_at')}, s.department, s.doctor, s.scheme, s.region, NULL, NULL,"
    " s.discharge_way, s.total_fen, s.fund_fen, s.own_fen, s.reversed,"
    f" {_MONTH} FROM claims_settlement s",
    "lines": f"SELECT l.line, l.claim, s.person, s.provider_id, s.visit, {_local('l.served_at')}, l.item, l.class,"
    " lpad(l.fee_category::text, 2, '0'), l.quantity, l.unit_price_fen, l.amount_fen, l.days_supply, l.daily_dose,"
    f" l.prescription, l.doctor, l.department, l.trace, s.reversed OR l.reversed, {_MONTH}"
    " FROM claims_line l JOIN claims_settlement s USING (claim)",
}
# A move of a settlement that stands no longer goes; whose it was is what the settlement says now.
_BOXES = (
    """
INSERT INTO traces SELECT DISTINCT t.* REPLACE (
    coalesce(s.person, t.person) AS person, coalesce(s.provider, t.provider) AS provider,
    coalesce(s.month, t.month) AS month)
FROM former_traces t LEFT JOIN settlements s ON s.claim = t.claim WHERE t.claim IS NULL OR s.claim IS NOT NULL
""",
    """
INSERT INTO traces BY NAME SELECT l.trace, l.line, l.claim, l.person, l.provider, l.item, l.served_at AS moved_at,
    'sale' AS kind, 1.0 AS quantity, false AS is_split, l.month
FROM lines l ANTI JOIN traces t ON t.line = l.line WHERE nullif(l.trace, '') IS NOT NULL
""",
    "INSERT INTO stock_in SELECT DISTINCT * FROM former_stock_in",
)
