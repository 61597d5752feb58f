"""The ledger's figures: entries per second through rows, tiles and signatures, and the time of a proof in a large log.

The floor is the least that must be done: SM3 over the same bytes (each entry, and one inner node for each), and one
flush to the disk for each batch. `python -m bench.ledger [ENTRIES]`
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

BATCH = 10_000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        os.environ["YIDANG_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "yidang.site.settings"
        import django
        from django.core.management import call_command

        django.setup()
        import psycopg

        from yidang.site.runtime import postgres

        cluster = postgres.Cluster(Path(folder))
        cluster.start()
        try:
            with psycopg.connect(postgres.url(Path(folder), "postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE yidang")
            call_command("migrate", "ledger", verbosity=0)
            measure(count)
            from django.db import connections

            connections.close_all()
        finally:
            cluster.stop()


def measure(count: int) -> None:
    from yidang.ledger.models import LedgerEntry
    from yidang.ledger.sequencing import ledger_folder

    appending, whole = _fill(count)
    floor = _floor([bytes(entry) for entry in LedgerEntry.objects.values_list("entry", flat=True)[: 10 * BATCH]])
    rate = count / whole
    say("entries, appended in batches of", f"{count:,}, {BATCH:,}")
    say("rows appended and sequenced into signed tiles", f"{rate:,.0f}/s (must: 30,000)")
    say("  appending alone, the keeper beside it", f"{count / appending:,.0f}/s")
    say("floor: SM3 of the same bytes + one fsync a batch", f"{floor:,.0f}/s, ratio {rate / floor:.2f}")
    say("one by one, each sequenced", f"{1 / statistics.median(_one_by_one()):,.0f}/s")
    size = ledger_folder().checkpoint().size
    inclusion, whole_proof = _proofs(size)
    say(f"inclusion proof at {size:,} entries", _times(inclusion) + " (must: 2 ms)")
    say("  with its row and its checkpoint", _times(whole_proof))
    say("verify: files, rows, signatures", f"{size / _seconds(_verify):,.0f} entries/s")


def _fill(count: int) -> tuple[float, float]:
    """Seconds until all was appended, and until all was sequenced, by the keeper in a process of its own."""
    batch = _events(BATCH)
    keeper = multiprocessing.get_context("spawn").Process(target=_keep)
    keeper.start()
    _wait_for(keeper)
    started, busy = time.perf_counter(), _cpu()
    for start in range(0, count, BATCH):
        _append(batch[: count - start])
    appending = time.perf_counter() - started
    while _sequenced() <= count:
        time.sleep(0.02)
    whole = time.perf_counter() - started
    say("CPU time for an entry, PostgreSQL included", f"{1e6 * (_cpu() - busy) / count:.0f} µs")
    keeper.terminate()
    keeper.join()
    return appending, whole


def _cpu() -> float:
    """Seconds of processor that this process, the keeper and PostgreSQL have used."""
    here = psutil.Process()
    times = [process.cpu_times() for process in [here, *here.children(recursive=True)]]
    return sum(one.user + one.system for one in times)


def _sequenced() -> int:
    from yidang.ledger.sequencing import ledger_folder

    return ledger_folder().checkpoint().size if ledger_folder().exists else 0


def _wait_for(keeper: multiprocessing.Process) -> None:
    """Until it has made the log with one entry: starting Python is not what is measured."""
    _append(_events(1))
    while keeper.is_alive() and not _sequenced():
        time.sleep(0.05)


def _keep() -> None:
    """What the keeper of a running server does, a little more often."""
    import django

    django.setup()
    from yidang.ledger.operations import sequence

    while True:
        sequence()
        time.sleep(0.05)


def _events(count: int) -> list[Any]:
    from yidang.ledger.events import NewEvent

    facts = {"reference_code": "J001-ZY·YB·DYJS·2026-D30-00001", "version": 1, "page": 3}
    actor = "5b6a7c1e-0000-4000-8000-000000000001"
    return [NewEvent(action="page.viewed", actor=actor, subject=uuid4(), facts=facts) for _ in range(count)]


def _append(events: list[Any]) -> None:
    from django.db import transaction

    from yidang.ledger.operations import append_many

    with transaction.atomic():
        append_many(events)


def _floor(entries: list[bytes]) -> float:
    """Entries per second."""
    from yidang.ledger.merkle import leaf_hash, node_hash

    pair = bytes(64)
    with tempfile.TemporaryFile() as sink:
        started = time.perf_counter()
        for start in range(0, len(entries), BATCH):
            piece = entries[start : start + BATCH]
            for entry in piece:
                leaf_hash(entry)
                node_hash(pair)
            sink.write(b"".join(piece))
            sink.flush()
            os.fsync(sink.fileno())
        return len(entries) / (time.perf_counter() - started)


def _one_by_one() -> list[float]:
    from yidang.ledger.operations import sequence

    return [_seconds(lambda: (_append(_events(1)), sequence())) for _ in range(50)]


def _proofs(size: int) -> tuple[list[float], list[float]]:
    from yidang.ledger import queries
    from yidang.ledger.models import LedgerPosition
    from yidang.ledger.sequencing import ledger_folder

    positions = [size * number // 301 for number in range(1, 301)]
    ids = dict(LedgerPosition.objects.filter(position__in=positions).values_list("position", "entry_id"))
    bare = [_seconds(lambda: ledger_folder().tree(size).inclusion(at)) for at in positions]  # noqa: B023
    whole = [_seconds(lambda: queries.proof(ids[at])) for at in positions]  # noqa: B023
    return bare, whole


def _verify() -> None:
    from yidang.ledger.audit import verify_ledger

    found = verify_ledger()
    if found:
        raise SystemExit(f"the ledger does not hold: {found[:3]}")


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _times(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"median {1000 * statistics.median(ordered):.2f} ms, p95 {1000 * ordered[len(ordered) * 95 // 100]:.2f} ms"


def say(what: str, figure: str) -> None:
    print(f"{what:52} {figure}", flush=True)


if __name__ == "__main__":
    main()
