"""What policy and row-level security add. `python -m bench.policy [--items N] [--rounds N]`

The same pages asked by a doctor of one department of forty, and by an archivist: with the wall as it stands, and
with the row policies switched off and nothing told to the connection. CPU of this process and of the database's
backend together; the rounds of both sides take turns, so that a busy machine spoils both alike.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.embedded import archive

DEPARTMENTS = 40
PAIRS = 20
ALLOWED = 1.10
TABLES = ("itemscope", "item", "itemfile", "page", "itemversion", "pendingversion", "alias", "identifier", "hold")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    with archive(web=True):
        fill(chosen.items)
        report(chosen.rounds)


def fill(count: int) -> None:
    """Records kept on paper: rows, sealed descriptions and the index, no stored files."""
    from yidang.access.feeding import rebuild_index

    _items(count)
    _scopes()
    _as_owner("VACUUM ANALYZE")  # as the database leaves its tables by itself within a minute
    rebuild_index()


def _items(count: int) -> None:
    from yidang.holdings.description import Description, Field
    from yidang.holdings.models import Item
    from yidang.holdings.sealing import seal_description
    from yidang.kernel.clock import now

    for start in range(0, count, 2000):
        rows = []
        for n in range(start, min(start + 2000, count)):
            made, described = (
                uuid4(),
                Description({"title": Field(f"第{n}号慢病申请表"), "person_name": Field("张三丰")}),
            )
            at = now() - timedelta(minutes=n)
            row = Item(id=made, working_number=f"W{n}", reference_code=f"B-{n}", is_paper_only=True, state="filed")
            row.series_id, row.year, row.term = "DYJS", 2012 + n % 15, "D30"
            row.description, row.created_at, row.filed_at = seal_description(made, described), at, at
            rows.append(row)
        Item.objects.bulk_create(rows)


def _scopes() -> None:
    from django.db import connection

    place = "'internal', 'J001', 'DYJS' FROM holdings_item"
    with connection.cursor() as cursor:
        for kind, value in (
            ("department", f"CASE substr(working_number, 2)::int % {DEPARTMENTS} WHEN 0 THEN 'k-xxg' ELSE 'other' END"),
            ("section", "'dyg'"),
        ):
            cursor.execute(
                "INSERT INTO holdings_itemscope (item_id, kind, value, sensitivity, fonds, series)"
                f" SELECT id, '{kind}', {value}, {place}"
            )


def _as_owner(*lines: str) -> None:
    import psycopg
    from django.conf import settings

    from yidang.site.runtime import postgres

    with psycopg.connect(postgres.url(settings.YIDANG.home), autocommit=True) as owner:
        for line in lines:
            owner.execute(line)


PAGES = {"search, 20 hits": "/search/?year=2020", "holdings tree": "/holdings/", "home, the newest": "/"}


def visitor(role: str, department: str | None) -> Any:
    """A browser of one person, as the web answers it: session, grant, filter, wall, page."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from yidang.identity.appointing import give_post
    from yidang.identity.factors import HAS_PROVED
    from yidang.identity.models import Staff
    from yidang.kernel.clock import today

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    staff = Staff(username=role, display_name=role)
    staff.set_unusable_password()
    staff.save()
    with transaction.atomic():
        give_post(staff, role=role, department=department, since=today(), actor="system:bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(staff)
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    return client


def report(rounds: int) -> None:
    for role, department in (("doctor", "k-xxg"), ("archivist", None)):
        client = visitor(role, department)
        for name, path in PAGES.items():
            with_wall, without, ratio = measured(lambda client=client, path=path: _get(client, path), rounds)
            verdict = "" if ratio <= ALLOWED else "  above what is allowed"
            print(f"{role:10} {name:20} {without:7.3f} → {with_wall:7.3f} CPU-ms  x{ratio:.2f}{verdict}")


def _get(client: Any, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def measured(task: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """CPU-ms a call, medians of the blocks with the wall and without, and the median ratio of neighbouring blocks.

    Neighbours meet the same hour of the machine; which of them comes first changes from pair to pair.
    """
    pairs = [_pair(task, max(rounds // PAIRS, 1), first=bool(number % 2)) for number in range(PAIRS)]
    ratio = statistics.median(stands / lies for stands, lies in pairs)
    return statistics.median(one for one, _ in pairs), statistics.median(one for _, one in pairs), ratio


def _pair(task: Callable[[], object], rounds: int, *, first: bool) -> tuple[float, float]:
    found = {}
    for stands in (first, not first):
        with nullcontext() if stands else lowered():
            task()
            found[stands] = _block(task, rounds)
    return found[True], found[False]


def _block(task: Callable[[], object], rounds: int) -> float:
    began = _spent()
    for _ in range(rounds):
        task()
    return (_spent() - began) / rounds * 1000


def _spent() -> float:
    from django.db import connection

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text(encoding="ascii")
    return time.process_time() + int(stat.split()[0]) / 1e9


@contextmanager
def lowered() -> Iterator[None]:
    """No policy stands, and no connection is told anything."""
    from yidang.identity import reach

    settle = reach._settle  # noqa: SLF001 - what the wall adds to a request is what is taken out here
    _as_owner(*(f"ALTER TABLE holdings_{table} DISABLE ROW LEVEL SECURITY" for table in TABLES))
    reach._settle = lambda _connection: None  # noqa: SLF001
    try:
        yield
    finally:
        reach._settle = settle  # noqa: SLF001
        _as_owner(*(f"ALTER TABLE holdings_{table} ENABLE ROW LEVEL SECURITY" for table in TABLES))


if __name__ == "__main__":
    main()
