"""Who runs in this data folder: one owner under an exclusive lock, and guests that use what it started."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from yidang.kernel.errors import Conflict
from yidang.site.runtime import processes

SERVER = "serve"
_DYING_OWNER_SECONDS = 30  # children of a killed owner hold its lock until the kernel has ended them


@dataclass(frozen=True)
class Owner:
    """What the owner of the lock says of itself."""

    pid: int
    command: str
    port: int = 0
    has_passphrase: bool = False  # by which it could open a sealed root key when it starts again

    @property
    def is_server(self) -> bool:
        return self.command == SERVER


class Instance:
    def __init__(self, home: Path) -> None:
        self.run = home / "run"
        self.run.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock: IO[str] | None = None

    def own(self, command: str) -> None:
        """Takes the lock for as long as this process lives.

        Raises:
            Conflict: `already_running`, naming the process that runs here.
        """
        deadline = time.monotonic() + _DYING_OWNER_SECONDS
        while not self.try_own(command):
            owner = self.owner()
            if (owner and processes.is_alive(owner.pid)) or time.monotonic() > deadline:
                pid, held_by = (owner.pid, owner.command) if owner else (0, "?")
                raise Conflict("already_running", home=str(self.run.parent), pid=pid, command=held_by)
            time.sleep(0.1)

    def try_own(self, command: str) -> bool:
        lock = (self.run / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        self.announce(Owner(os.getpid(), command))
        return True

    def announce(self, owner: Owner) -> None:
        draft = self.run / "owner.new"
        draft.write_text(json.dumps(asdict(owner)), encoding="utf-8")
        draft.replace(self.run / "owner.json")

    def owner(self) -> Owner | None:
        """Who holds the lock now; None when nobody does."""
        if self._lock is None and self._is_free():
            return None
        with suppress(OSError, ValueError, TypeError):
            return Owner(**json.loads((self.run / "owner.json").read_text(encoding="utf-8")))
        return None

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @contextmanager
    def guest(self) -> Iterator[bool]:
        """Keeps the owner from stopping its database under us. False when it is already stopping."""
        with (self.run / "guests").open("a") as guests:
            yield _try_lock(guests, fcntl.LOCK_SH)

    def wait_for_guests(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with (self.run / "guests").open("a") as guests:
            while not _try_lock(guests, fcntl.LOCK_EX) and time.monotonic() < deadline:
                time.sleep(0.1)

    def _is_free(self) -> bool:
        with (self.run / "lock").open("a") as lock:
            return _try_lock(lock, fcntl.LOCK_EX)


class KeeperLock:
    """One keeper a data folder: whoever holds this feeds the index and sequences the ledger."""

    def __init__(self, home: Path) -> None:
        self._file = (home / "run" / "keeper.lock").open("a")

    def wait(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        return _try_lock(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        self._file.close()


def _try_lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
