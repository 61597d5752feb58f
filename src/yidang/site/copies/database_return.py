"""The database back from a copy: to the run's own moment, or along the archived log to a later one."""

import shutil
import subprocess
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import psycopg

from yidang.crypto.durable import make_private_folder
from yidang.kernel.errors import Conflict, DomainError, Unavailable
from yidang.preservation.copies.deposit import Deposit
from yidang.preservation.copies.manifest import Run, read_tree
from yidang.preservation.copies.sealing_stream import PieceReader
from yidang.preservation.copies.tree_copy import tree_contents
from yidang.site.config import Config
from yidang.site.copies.database_copy import BASE
from yidang.site.copies.tools import environment, last_line, owner_url, tool
from yidang.site.runtime.postgres import Cluster

LATEST = "latest"
_PIECE = 1 << 20
_RECOVERY_SECONDS = 3600  # a long log takes its time


def return_database(config: Config, deposit: Deposit, run: Run, *, until: str = "") -> None:
    """`until`: a moment in ISO 8601, "latest", or blank for the run's own.

    Raises:
        Conflict: `database_return_failed`. Unavailable: `postgres_failed` when the log does not lead there.
    """
    if run.database is None:
        raise Conflict("database_return_failed", problem="the run holds no database")
    if run.database["kind"] == BASE:
        _return_base(config, deposit, run.database, until)
    else:
        _return_dump(config, deposit, run.database)


def _return_base(config: Config, deposit: Deposit, facts: Any, until: str) -> None:
    cluster = Cluster(config.home)
    if config.database_url:
        raise Conflict(
            "database_return_failed", problem="this copy is of the embedded database: unset YIDANG_DATABASE_URL"
        )
    draft = config.home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    _unpack(deposit, facts["stream"], draft)
    log = config.home / "postgres.log"
    shutil.rmtree(log, ignore_errors=True)
    _unpack_log(deposit, facts, log, whole=bool(until))
    _write_recovery(draft, log, facts["restore_point"], until)
    shutil.rmtree(cluster.data, ignore_errors=True)  # of an attempt cut short
    cluster.adopt(draft, log)
    cluster.start()
    try:
        _settle(config)
    finally:
        cluster.stop()
    shutil.rmtree(log, ignore_errors=True)


def _unpack(deposit: Deposit, stream: str, folder: Path) -> None:
    make_private_folder(folder)
    with deposit.open(stream) as sealed:
        source = PieceReader(_inflated(iter(lambda: sealed.read(_PIECE), b"")))
        with tarfile.open(fileobj=cast("Any", source), mode="r|") as tar:
            tar.extractall(folder, filter="data")
    folder.chmod(0o700)


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        yield unpacker.decompress(piece)
    yield unpacker.flush()


def _unpack_log(deposit: Deposit, facts: Any, folder: Path, *, whole: bool) -> None:
    make_private_folder(folder)
    for path, content in tree_contents(deposit, read_tree(deposit, facts["log"])):
        if content is None:
            raise Conflict("copy_log_gap", path=path)
        (folder / path.removesuffix(".z")).write_bytes(zlib.decompress(content))
    if whole:
        for key in deposit.store.walk(f"wal/{facts['system']}/"):
            _unpack_segment(deposit, key, folder)


def _unpack_segment(deposit: Deposit, key: str, folder: Path) -> None:
    """What is damaged ends the log there: later moments are out of reach, earlier ones are not."""
    place = folder / key.rpartition("/")[2]
    if not place.exists():
        try:
            place.write_bytes(zlib.decompress(deposit.read(key)))
        except (DomainError, zlib.error):
            return


def _write_recovery(data: Path, log: Path, restore_point: str, until: str) -> None:
    target = {
        "": f"recovery_target_name = '{restore_point}'",
        LATEST: "recovery_target_timeline = 'current'",
    }.get(until)
    if target is None:
        target = f"recovery_target_time = '{datetime.fromisoformat(until).isoformat()}'"
    lines = [f'restore_command = \'cp "{log}/%f" "%p"\'', target, "recovery_target_action = 'promote'"]
    (data / "yidang-recovery.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as sink:
        sink.write("\ninclude_if_exists 'yidang-recovery.conf'\n")
    (data / "recovery.signal").touch()
    (data / "pg_wal").mkdir(exist_ok=True, mode=0o700)


def _settle(config: Config) -> None:
    """Waits until the log has been followed to its end; the next start needs none of it."""
    deadline = time.monotonic() + _RECOVERY_SECONDS
    with psycopg.connect(owner_url(config, "postgres"), autocommit=True) as server:
        while (row := server.execute("SELECT pg_is_in_recovery()").fetchone()) and row[0]:
            if time.monotonic() > deadline:
                raise Conflict("database_return_failed", problem="recovery did not end")
            time.sleep(0.1)
    (config.home / "postgres" / "yidang-recovery.conf").unlink(missing_ok=True)


def _return_dump(config: Config, deposit: Deposit, facts: Any) -> None:
    """Into the empty database of the settings, or into an embedded one."""
    with ExitStack() as stack:
        if not config.database_url:
            cluster = Cluster(config.home)
            shutil.rmtree(cluster.data, ignore_errors=True)
            stack.callback(cluster.stop)
            cluster.start()
            with psycopg.connect(owner_url(config, "postgres"), autocommit=True) as server:
                server.execute("CREATE DATABASE yidang")
        draft = stack.enter_context(tempfile.NamedTemporaryFile(dir=config.home))
        with deposit.open(facts["stream"]) as source:
            shutil.copyfileobj(source, draft, _PIECE)
        draft.flush()
        _load(config, draft.name)


def _load(config: Config, dump: str) -> None:
    program = tool("pg_restore", packaged=not config.database_url)
    command = [program, "--no-owner", "--no-privileges", "--exit-on-error", "-d", owner_url(config), dump]
    done = subprocess.run(command, capture_output=True, check=False, env=environment())
    if done.returncode:
        raise Unavailable("database_return_failed", retryable=False, problem=last_line(done.stderr))
