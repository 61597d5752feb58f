"""A day of work compressed: mixed requests without pause, and no growth of memory, files or connections.

SOAK seconds (20 minutes when unset), with FAULTS=full alone: on a loaded machine a short run judges nothing.
At the end the database is killed under the load.
"""

import os
import random
import signal
import statistics
import time
from dataclasses import dataclass

import psutil
import psycopg
import pytest

from crowd import Reader, Seen, demo_logins, read_together
from harness import Archive, wait_for
from papers import typed_page
from scale import record
from yidang.site.runtime import postgres

SECONDS = float(os.environ.get("SOAK", "1200"))
ROUNDS = 10
MAY_GROW = 1.05  # of the memory after the warming up …
AT_LEAST = 24 << 20  # … and in any case so much: allocators breathe
WHO = ("dangan", "zhuren", "dangan", "daiyu")


@dataclass(frozen=True)
class Held:
    memory: int
    files: int
    connections: int


def held(archive: Archive) -> Held:
    tree = [psutil.Process(pid) for pid in archive.tree()]
    mine = [one for one in tree if "postgres" not in one.name()]
    with psycopg.connect(postgres.url(archive.home)) as server:
        (connections,) = server.execute("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL").fetchone()
    memory = sum(one.memory_full_info().uss for one in mine)
    return Held(memory, sum(one.num_fds() for one in mine), connections)


@pytest.fixture
def archive(tmp_path):
    settings = {"ocr_workers": 1, "job_workers": 1, "web_workers": 2, "filing_confidence": 0}
    made = Archive(settings=settings | {"second_factor_roles": "none", "sessions_per_person": 0})
    for number in range(4):
        (tmp_path / f"{number}.pdf").write_bytes(typed_page("基本医疗保险参保登记表", number))
    try:
        made.serve()
        made.json("ingest", str(tmp_path), "--series", "CBGR", "--year", "2024", timeout=300)
        yield made
    finally:
        made.remove()


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_a_day_of_work_leaves_nothing_behind(archive):
    logins, seen = demo_logins(archive), Seen()
    readers = [Reader(archive.address, random.Random(n), seen) for n in range(len(WHO))]
    for reader, name in zip(readers, WHO, strict=True):
        reader.sign_in(name, logins[name])
    read_together(readers, SECONDS / 2)  # caches fill
    found = [held(archive)]
    for _ in range(ROUNDS):
        read_together(readers, SECONDS / ROUNDS)
        found.append(held(archive))
    assert dict(seen.wrong) == {}
    first, last = found[: ROUNDS // 2], found[-ROUNDS // 2 :]
    grown = {name: middle(last, name) - middle(first, name) for name in ("memory", "files", "connections")}
    record("soak", seconds=SECONDS, requests=len(seen.seconds), grown=grown, p95=round(seen.percentile(0.95), 3))
    assert grown["memory"] <= max(AT_LEAST, (MAY_GROW - 1) * middle(first, "memory"))
    assert grown["files"] <= 4
    assert grown["connections"] <= 2
    kill_the_database(archive, readers, seen)


def middle(some: list[Held], name: str) -> int:
    return round(statistics.median(getattr(one, name) for one in some))


def kill_the_database(archive: Archive, readers: list[Reader], seen: Seen) -> None:
    """Under the load: requests fail in words for a while, then all is as before, and nothing disagrees."""
    os.kill(postgres.read_pid_file(archive.home / "postgres").pid, signal.SIGKILL)
    read_together(readers, 2)
    wait_for(lambda: all_well(readers, seen), 90)
    assert set(seen.wrong) <= {key for key in seen.wrong if key.startswith(("500", "502", "503")) or "Error" in key}
    assert archive.json("verify", timeout=300)["differences"] == []


def all_well(readers: list[Reader], seen: Seen) -> bool:
    before = sum(seen.wrong.values())
    read_together(readers, 1, pause=0.1)
    time.sleep(0.2)
    return sum(seen.wrong.values()) == before
