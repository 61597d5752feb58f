"""The database's part of a run, exact to one moment.

Our own server: the log is received from before the base backup begins until the restore point that the run sets, so
base and log together lead to that moment and no further. A server of one's own: a dump of one snapshot; points in
time between the runs are for that server's own archive.
"""

import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from yidang.kernel.errors import Unavailable
from yidang.preservation.copies.deposit import Deposit, new_name
from yidang.preservation.copies.tree_copy import VOLATILE, Source, copy_tree, folder_sources
from yidang.site.config import Config
from yidang.site.copies.tools import as_owner, environment, last_line, output_of, owner_url, tool

BASE, DUMP = "base", "dump"
_PATIENCE = 300.0
_SLOT = "yidang_backup"
_DROP_SLOT = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s"
Facts = dict[str, Any]


@contextmanager
def copying(config: Config, deposit: Deposit, mark: str) -> Iterator["Base | Dump"]:
    """Begins the copy; inside, `mark_moment` is called once, then `finish`."""
    with ExitStack() as stack:
        kind: type[Base | Dump] = Dump if config.database_url else Base
        yield kind(config, deposit, mark, stack)


class Base:
    """pg_basebackup, and what pg_receivewal got meanwhile."""

    def __init__(self, config: Config, deposit: Deposit, mark: str, stack: ExitStack) -> None:
        self._deposit = deposit
        self._config = config
        self._mark = mark
        self._log = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yidang-log-", dir=config.home)))
        self._hold_log()
        stack.callback(self._let_log_go)
        how = ["-S", _SLOT, "-s", "1", "--no-loop"]
        self._receiver = _start([tool("pg_receivewal"), "-D", str(self._log), *how, *self._login()])
        stack.callback(_end, self._receiver)
        self._await(lambda: any(self._log.iterdir()))
        self.facts: Facts = {"kind": BASE, "restore_point": mark, "stream": new_name("streams")}
        command = [tool("pg_basebackup"), "-D", "-", "-F", "t", "-X", "none", "-c", "fast", *self._login()]
        self.bytes = deposit.put_stream(self.facts["stream"], _compressed(output_of(command)))

    def _hold_log(self) -> None:
        """Else the base backup's own checkpoint may clear away what the receiver has not read yet."""
        self._let_log_go()
        with as_owner(self._config) as server:
            _value(server, "SELECT pg_create_physical_replication_slot(%s, true)", _SLOT)

    def _let_log_go(self) -> None:
        """Also what a killed run has left: a slot nobody reads keeps the log until it is too long."""
        deadline = time.monotonic() + _PATIENCE
        with as_owner(self._config) as server:
            while True:
                try:
                    server.execute(_DROP_SLOT, [_SLOT])
                except psycopg.errors.ObjectInUse:  # its reader is just ending
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.1)
                else:
                    return

    def _login(self) -> list[str]:
        return ["-d", owner_url(self._config, "postgres"), "-w"]

    def mark_moment(self) -> None:
        """The moment this copy shows: called while nothing may be added to the ledger."""
        with as_owner(self._config) as server:
            self._point = _value(server, "SELECT pg_create_restore_point(%s)", self._mark)
            _value(server, "SELECT pg_switch_wal()")
            self.facts |= {
                "version": _value(server, "SHOW server_version"),
                "system": _value(server, "SELECT system_identifier FROM pg_control_system()"),
                "segment": _value(server, "SELECT pg_walfile_name(%s::pg_lsn)", self._point),
            }

    def finish(self) -> Facts:
        segment = self.facts["segment"]
        self._await((self._log / segment).exists)
        _end(self._receiver)
        sources = (one for one in folder_sources(self._log) if not one.path.endswith(".partial"))
        squeezed = (Source(f"{one.path}.z", VOLATILE, zlib.compress(one.read(), 1)) for one in sources)
        self.facts["log"], stored = copy_tree(self._deposit, squeezed, None)
        return self.facts | {"bytes": self.bytes + stored}

    def _await(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            if self._receiver.poll() is not None or time.monotonic() > deadline:
                _end(self._receiver)
                said = self._receiver.stderr.read() if self._receiver.stderr else b""
                raise Unavailable("database_copy_failed", problem=last_line(said))
            time.sleep(0.05)


class Dump:
    """pg_dump of the snapshot taken at the moment."""

    def __init__(self, config: Config, deposit: Deposit, mark: str, stack: ExitStack) -> None:
        self._deposit = deposit
        self._config = config
        self._server = stack.enter_context(as_owner(config))
        self.facts: Facts = {"kind": DUMP, "restore_point": mark, "stream": new_name("streams")}

    def mark_moment(self) -> None:
        self._server.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._snapshot = _value(self._server, "SELECT pg_export_snapshot()")
        self.facts["version"] = _value(self._server, "SHOW server_version")

    def finish(self) -> Facts:
        how = ["-F", "c", "-Z", "1", "--no-owner", f"--snapshot={self._snapshot}", "--enable-row-security"]
        command = [tool("pg_dump", packaged=False), *how, "-w", "-d", _seeing_all(owner_url(self._config))]
        stored = self._deposit.put_stream(self.facts["stream"], output_of(command))
        self._server.execute("COMMIT")
        return self.facts | {"bytes": stored}


def _seeing_all(url: str) -> str:
    """Row policies bind the tables' owner too; it says of itself that it sees all."""
    return f"{url}{'&' if '?' in url else '?'}options=-cyidang.reach%3Dall"


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        process.wait(30)


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1)
    for piece in pieces:
        if squeezed := packer.compress(piece):
            yield squeezed
    yield packer.flush()


def _value(server: psycopg.Connection[Any], query: str, *parameters: object) -> str:
    row = server.execute(query.encode(), parameters or None).fetchone()
    return str(row[0]) if row else ""
