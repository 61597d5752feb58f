"""The chosen rows into PostgreSQL, by COPY, inside the caller's transaction."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from yidang.claims.importing import extracts
from yidang.claims.importing.accepting import is_near
from yidang.claims.importing.laying import lay_over
from yidang.claims.models import Department, Provider
from yidang.crypto.fields import seal_fields, seal_json

_ZONE = "SET LOCAL TIME ZONE %s"
_BATCH = 20_000
_BLOCK = 1 << 20
_LINE = (
    "line, claim, served_at, item, class, fee_category, quantity, unit_price_fen, amount_fen, days_supply, daily_dose,"
    " prescription, doctor, department, trace, reversed"
)
_SETTLEMENT = (
    "claim, number, person, provider_id, encounter, visit, admitted_at, discharged_at, settled_at, department, doctor,"
    " scheme, region, discharge_way, total_fen, fund_fen, own_fen, fees, funds, sealed, reversed, lines, version,"
    " digest, batch_id"
)


def store_parts(db: Any, work: Path) -> None:
    """Lines new, changed and added, and whatever else hangs on settlements; what is replaced was taken away before."""
    with _moments_of_the_bureau():
        _store_providers(db)
        _copy(db, work, _LINES, "claims_line", _LINE)
        _store_prescriptions(db, work)
        _store_encounters(db, work)
        _store_doctors(db)
        extracts.store(db)


def store_settlements(db: Any, batch: int, work: Path) -> None:
    """The settlements new or changed, what is clinical in them `sealed` already."""
    with _moments_of_the_bureau():
        _copy(db, work, _SETTLEMENTS.format(batch=batch), "claims_settlement", _SETTLEMENT)


@contextmanager
def _moments_of_the_bureau() -> Iterator[None]:
    """Moments in the files have no zone."""
    with connection.cursor() as cursor:
        cursor.execute(_ZONE, ["Asia/Shanghai"])
    yield
    with connection.cursor() as cursor:
        cursor.execute(_ZONE, [connection.timezone_name])


def _store_providers(db: Any) -> None:
    """Those described, and bare ones for codes that only a settlement names."""
    rows = db.execute("""
        SELECT DISTINCT ON (provider) provider, name, kind, level, region, beds, longitude, latitude
        FROM typed_providers p ANTI JOIN bad b ON b.tab = 'providers' AND b.file = p._file AND b.row = p._row
        """).fetchall()
    fields = ("code", "name", "kind", "level", "region", "beds", "longitude", "latitude")
    described = [
        Provider(**{key: value for key, value in zip(fields, row, strict=True) if value is not None}) for row in rows
    ]
    Provider.objects.bulk_create(
        described, update_conflicts=True, unique_fields=["code"], update_fields=list(fields[1:]), batch_size=2000
    )
    named = {code for (code,) in db.execute("SELECT DISTINCT provider FROM good").fetchall()}
    kinds = dict(db.execute("SELECT provider, any_value(visit) FROM good GROUP BY 1").fetchall())
    bare = [Provider(code=code, kind=_kind(kinds[code])) for code in named - {one.code for one in described}]
    Provider.objects.bulk_create(bare, ignore_conflicts=True, batch_size=2000)
    departments = db.execute(
        "SELECT provider, department, coalesce(max(department_name), '') FROM good"
        " WHERE department IS NOT NULL GROUP BY ALL"
    ).fetchall()
    Department.objects.bulk_create(
        [Department(provider_id=provider, code=code[:20], name=name[:60]) for provider, code, name in departments],
        ignore_conflicts=True,
        batch_size=2000,
    )


def _kind(visit: str) -> str:
    return visit if visit in ("pharmacy", "internet") else "hospital"


def _store_doctors(db: Any) -> None:
    rows = db.execute("""
        SELECT DISTINCT ON (doctor) doctor, provider, department, profession, specialty, name
        FROM typed_doctors d ANTI JOIN bad b ON b.tab = 'doctors' AND b.file = d._file AND b.row = d._row
        """).fetchall()
    made = (
        (code, provider or "", department or "", profession or "doctor", specialty or "", _named(code, name))
        for code, provider, department, profession, specialty, name in rows
    )
    lay_over("claims_practitioner", _DOCTOR, _DOCTOR_TYPES, made)


_DOCTOR = ("code", "provider_id", "department", "profession", "specialty", "sealed")
_DOCTOR_TYPES = ("text", "text", "text", "text", "text", "bytea")


def _named(code: str, name: str | None) -> bytes | None:
    return seal_json({"name": name}, table="claims_practitioner", row=code, field="") if name else None


def _store_encounters(db: Any, work: Path) -> None:
    if db.execute("SELECT 1 FROM good WHERE encounter IS NOT NULL LIMIT 1").fetchall():
        columns = "number, person, provider_id, visit, began_at, ended_at"
        _copy_once(db, work, _ENCOUNTERS, "claims_encounter", columns)


def _store_prescriptions(db: Any, work: Path) -> None:
    extent = "SELECT min(prescription), max(prescription) FROM typed_lines"
    lay = _copy_once if is_near(db, extent, "claims_prescription", "number") else _copy
    lay(db, work, _PRESCRIPTIONS, "claims_prescription", "number, claim, doctor, prescribed_at")


def _copy_once(db: Any, work: Path, query: str, table: str, columns: str) -> None:
    """What is there already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE incoming (LIKE {table}) ON COMMIT DROP")
        _copy(db, work, query, "incoming", columns)
        cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming ON CONFLICT DO NOTHING")
        cursor.execute("DROP TABLE incoming")


def seal_clinical(db: Any) -> None:
    """`sealed`: of each settlement one seal over what was wrong with the person; 15 µs each, the price of privacy.

    For a thread of its own, while PostgreSQL takes in the lines: the one works our processor, the other its own.
    """
    import pyarrow as pa

    db.execute("CREATE TABLE sealed (claim BIGINT, sealed VARCHAR)")
    asked = db.execute(_CLINICAL)
    into = db.cursor()
    while rows := asked.fetchmany(_BATCH):
        values = ((str(claim), words.encode()) for claim, words in rows)
        sealed = ["\\x" + one.hex() for one in seal_fields(values, table="claims_settlement", field="")]
        into.register("sealed_arrow", pa.table({"claim": [claim for claim, _words in rows], "sealed": sealed}))
        into.execute("INSERT INTO sealed SELECT * FROM sealed_arrow")
        into.unregister("sealed_arrow")


def _copy(db: Any, work: Path, query: str, table: str, columns: str) -> None:
    """DuckDB writes CSV into a pipe, PostgreSQL reads it: nothing large lies in memory or on disk."""
    pipe = Path(tempfile.mkdtemp(dir=work)) / "rows.csv"
    os.mkfifo(pipe)
    failed: list[BaseException] = []
    writer = threading.Thread(target=_write, args=(db.cursor(), query, pipe, failed))
    writer.start()
    try:
        with (
            pipe.open("rb") as rows,
            connection.cursor() as cursor,
            cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT CSV, NULL '\\N')") as copy,
        ):
            while block := rows.read(_BLOCK):
                copy.write(block)
            writer.join()
            if failed:
                raise failed[0]
    finally:
        writer.join()
        pipe.unlink()
        pipe.parent.rmdir()


def _write(db: Any, query: str, pipe: Path, failed: list[BaseException]) -> None:
    import duckdb

    try:
        db.execute(f"COPY ({query}) TO '{pipe}' (FORMAT CSV, HEADER false, NULLSTR '\\N')")
    except duckdb.Error as problem:
        failed.append(problem)
        with suppress(OSError):  # a reader that still waits for the first byte
            pipe.open("wb").close()


_ENCOUNTERS = """
SELECT encounter, any_value(person), any_value(provider), any_value(visit), min(admitted_at), max(discharged_at)
FROM good WHERE encounter IS NOT NULL AND state <> 'same' GROUP BY 1
"""
_SETTLEMENTS = """
SELECT g.claim, coalesce(g.number, g.claim::VARCHAR) AS number, g.person, g.provider AS provider_id,
    coalesce(g.encounter, '') AS encounter, g.visit, g.admitted_at, g.discharged_at, g.settled_at,
    coalesce(g.department, '') AS department, coalesce(g.doctor, '') AS doctor, coalesce(g.scheme, '') AS scheme,
    coalesce(g.region, '') AS region, g.discharge_way, g.total_fen, coalesce(g.fund_fen, 0) AS fund_fen,
    coalesce(g.own_fen, 0) AS own_fen, coalesce(g.fees, '{{}}') AS fees, coalesce(g.funds, '{{}}') AS funds, s.sealed,
    g.reversed, coalesce(l.many, 0) AS lines, g.version, g.digest, {batch} AS batch_id
FROM good g JOIN sealed s USING (claim)
LEFT JOIN (SELECT claim, count(*) AS many FROM good_lines GROUP BY 1) l USING (claim)
WHERE g.state IN ('new', 'changed')
"""
_CLINICAL = """
SELECT g.claim,
    to_json({'main': g.main_diagnosis, 'drg': g.drg, 'diagnoses': d.rows, 'operations': o.rows})::VARCHAR AS clinical
FROM good g
LEFT JOIN (SELECT claim, list_sort(list({'seq': seq, 'code': code, 'is_main': is_main,
               'condition': admission_condition})) AS rows FROM good_diagnoses GROUP BY 1) d USING (claim)
LEFT JOIN (SELECT claim, list_sort(list({'seq': seq, 'code': code, 'at': operated_at, 'doctor': doctor,
               'session': session})) AS rows FROM good_operations GROUP BY 1) o USING (claim)
WHERE g.state IN ('new', 'changed')
"""
_PRESCRIPTIONS = """
SELECT prescription, any_value(claim), any_value(coalesce(doctor, '')), min(served_at) FROM good_lines
WHERE prescription IS NOT NULL AND state <> 'added' GROUP BY 1 ORDER BY 1
"""
# In the order of its key, a table's index only grows at its end: that saves PostgreSQL more than the sorting takes.
_LINES = """
SELECT line, claim, served_at, item, class, fee_category::INTEGER, quantity, coalesce(unit_price_fen, 0), amount_fen,
    days_supply, daily_dose, prescription, coalesce(doctor, ''), coalesce(department, ''), coalesce(trace, ''),
    coalesce(reversed, false)
FROM good_lines ORDER BY line
"""
