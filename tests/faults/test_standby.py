"""The primary killed under load: the standby is promoted, and nothing that was acknowledged is missing."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from harness import wait_for
from yidang.site.runtime import postgres
from yidang.site.runtime.postgres import Cluster

WRITERS = 4
SYNCHRONOUS = {"synchronous_standby_names": "'standby'", "synchronous_commit": "on"}


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="yd-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def connect(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(postgres.url(cluster.home, "postgres"), autocommit=True)


def standby_of(primary: Cluster, home: Path) -> Cluster:
    home.mkdir()
    draft = home / "draft"
    program = primary.binaries / "pg_basebackup"
    place = f"{postgres.url(primary.home, 'postgres')}&application_name=standby"
    subprocess.run([program, "-R", "-X", "stream", "-c", "fast", "-D", draft, "-d", place], check=True)
    standby = Cluster(home)
    standby.adopt(draft)
    standby.start()
    return standby


def load(cluster: Cluster, writer: int, acknowledged: list[int]) -> None:
    """Until the server is gone: what stands in the list was committed by its word."""
    try:
        with connect(cluster) as server:
            for number in range(10_000_000):
                row = writer * 10_000_000 + number
                server.execute("INSERT INTO entry VALUES (%s, %s)", [row, "x" * 200])
                acknowledged.append(row)
    except psycopg.Error:
        return


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost_when_the_primary_is_killed(home):
    primary = Cluster(home / "primary")
    (home / "primary").mkdir()
    primary.start()
    standby = None
    try:
        with connect(primary) as server:
            server.execute("CREATE TABLE entry (id bigint PRIMARY KEY, filling text)")
        standby = standby_of(primary, home / "standby")
        with connect(primary) as server:
            for name, value in SYNCHRONOUS.items():
                server.execute(f"ALTER SYSTEM SET {name} = {value}")
            server.execute("SELECT pg_reload_conf()")
            wait_for(lambda: server.execute("SELECT sync_state FROM pg_stat_replication").fetchall() == [("sync",)])
        acknowledged: list[int] = []
        writers = [threading.Thread(target=load, args=(primary, n, acknowledged)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        wait_for(lambda: len(acknowledged) > 200, 60)
        os.kill(primary.process.pid, signal.SIGKILL)
        began = time.monotonic()
        for writer in writers:
            writer.join(60)
        with connect(standby) as server:
            assert server.execute("SELECT pg_promote()").fetchone() == (True,)
            promoted = time.monotonic() - began
            there = {row[0] for row in server.execute("SELECT id FROM entry")}
            server.execute("INSERT INTO entry VALUES (-1, '')")
        assert promoted < 60
        assert set(acknowledged) - there == set()
    finally:
        for cluster in (standby, primary):
            if cluster is not None:
                cluster.stop(10)
