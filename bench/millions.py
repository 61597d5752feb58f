"""The due list and the dashboard over millions of records. `python -m bench.millions [--items N]`

A fixture writes rows of filed records and their scopes straight into the tables: no files, no index. Each page is asked
of the real view, rendered, signed in as who works with it. The floors of the same run: one count over the same table,
and a page of the house that reads no record.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.embedded import archive

DUE_SECONDS, DASHBOARD_SECONDS = 2.0, 0.3
ROUNDS = 15
ITEMS = """
INSERT INTO holdings_item (id, working_number, reference_code, is_legacy_code, is_paper_only, state, year, term,
  formed_on, document_type, institution, security_class, page_count, has_seal, version, description, description_digest,
  created_at, filed_at, filed_by, series_id)
SELECT uuidv7(), 'B' || n, 'BENCH-' || n, false, n %% 9 = 0, 'filed', y,
  (ARRAY['Y','D10','D10','D30','D100'])[1 + n %% 5], make_date(y, 1 + n %% 12, 1 + n %% 28), 'settlement_list',
  'H' || n %% 200, 'internal', 1 + n %% 6, true, 1, ''::bytea, ''::bytea, now(),
  make_timestamptz(y, 1 + n %% 12, 1, 8, 0, 0), 'system:bench', (%(series)s::text[])[1 + n %% %(count)s]
FROM (SELECT n, 2005 + n %% 22 AS y FROM generate_series(%(first)s::int, %(last)s::int) AS n) AS made
"""
SCOPES = """
INSERT INTO holdings_itemscope (kind, value, item_id, sensitivity, fonds, series)
SELECT 'section', 'dyg', id, 'plain', 'J001', series_id FROM holdings_item
"""
STEP = 250_000
TABLES = "('holdings_item'::regclass, 'holdings_itemscope'::regclass)"
CONSTRAINTS = f"""
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'u' AND conrelid IN {TABLES}
"""
INDEXES = f"""
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid IN {TABLES}
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
"""
AS_LOADER = (
    "SET session_replication_role = replica",
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '512MB'",
    "SET max_parallel_maintenance_workers = 2",
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=5_000_000)
    chosen = parser.parse_args()
    with archive():
        measure(chosen.items)


def measure(items: int) -> None:
    from yidang.identity import reach

    reach.act_as_system()
    began = time.monotonic()
    fill(items)
    print(f"{items:,} rows written by a fixture in {time.monotonic() - began:,.0f} s")
    from yidang.insight.counting import count

    print(f"the keeper's counting, every ten minutes: {timed(count, 1):,.1f} s")
    visit = visitor()
    floor = timed(bare_count)
    due, board = timed(visit("/disposition/due/")), timed(visit("/figures/"))
    empty = timed(visit("/disposition/lists/"))
    print(f"floor, one count over the table: {floor * 1000:,.0f} ms; a page without records: {empty * 1000:,.0f} ms")
    print(f"due list rendered: {due * 1000:,.0f} ms, {due / floor:.2f} x the count (must: {DUE_SECONDS:.0f} s)")
    allowed = f"must: {DASHBOARD_SECONDS * 1000:.0f} ms"
    print(f"dashboard rendered: {board * 1000:,.0f} ms, {board / empty:.2f} x the page ({allowed})")
    if due > DUE_SECONDS or board > DASHBOARD_SECONDS:
        raise SystemExit("not held")


def fill(items: int) -> None:
    """As the owner of the tables and without triggers: nobody is asked whether a series is there, row by row."""
    import psycopg
    from django.conf import settings

    from yidang.holdings.models import Series
    from yidang.site.runtime import postgres

    series = list(Series.objects.order_by("pk").values_list("pk", flat=True))
    with psycopg.connect(postgres.url(settings.YIDANG.home), autocommit=True) as owner:
        for setting in AS_LOADER:
            owner.execute(setting)
        with without_indexes(owner):
            for first in range(1, items + 1, STEP):
                last = min(items, first + STEP - 1)
                owner.execute(ITEMS, {"series": series, "count": len(series), "first": first, "last": last})
            owner.execute(SCOPES)
        owner.execute("VACUUM (ANALYZE, PARALLEL 2) holdings_item, holdings_itemscope")


@contextmanager
def without_indexes(owner: Any) -> Iterator[None]:
    """All but the primary keys are built once, over rows that already stand."""
    constraints, indexes = owner.execute(CONSTRAINTS).fetchall(), owner.execute(INDEXES).fetchall()
    for table, name, _ in constraints:
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        owner.execute(f'DROP INDEX "{name}"')
    yield
    for _, definition in indexes:
        owner.execute(definition)
    for table, name, definition in constraints:
        owner.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def bare_count() -> None:
    from yidang.holdings.models import Item

    Item.objects.filter(state="filed").count()


def visitor() -> Callable[[str], Callable[[], object]]:
    """Of the head of the archive, who may see both pages."""
    from django.core.management import call_command
    from django.test import Client

    from yidang.identity.demo import create_demo_staff
    from yidang.identity.factors import HAS_PROVED
    from yidang.identity.models import Staff

    call_command("collectstatic", verbosity=0, interactive=False)
    create_demo_staff()
    client = Client(SERVER_NAME="localhost")
    client.force_login(Staff.objects.get(username="zhuren"))
    session = client.session
    session[HAS_PROVED] = True
    session.save()

    def visit(path: str) -> Callable[[], object]:
        def ask() -> None:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)

        return ask

    return visit


def timed(step: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds by the clock, the slowest but one of the rounds."""
    spent = []
    for _ in range(rounds):
        began = time.monotonic()
        step()
        spent.append(time.monotonic() - began)
    return sorted(spent)[-2] if rounds > 1 else statistics.fmean(spent)


if __name__ == "__main__":
    main()
