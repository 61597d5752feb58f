"""What we ask the kernel about processes. Linux only: everything is read from /proc."""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15


def die_with_parent(parent: int, death: signal.Signals = signal.SIGKILL) -> None:
    """Asks the kernel to send `death` to this process when `parent` goes, however it goes."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, death, 0, 0, 0)
    if os.getppid() != parent:  # it went while we were starting
        os.kill(os.getpid(), death)


def take_name(name: str) -> None:
    """What `ps -o comm` and `top` show for this process; fifteen bytes at most."""
    ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs; one that has ended and waits to be collected does not."""
    try:
        status = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def program(pid: int) -> str:
    """The file name of the program that runs as `pid`; blank when that may not be known."""
    with suppress(OSError):
        return Path(str((PROC / str(pid) / "exe").readlink()).removesuffix(" (deleted)")).name
    return ""


def folder(pid: int) -> Path | None:
    """The working folder of a process; None when that may not be known."""
    with suppress(OSError):
        return (PROC / str(pid) / "cwd").readlink()
    return None


def all_pids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def wait_gone(pid: int, seconds: float) -> bool:
    """Whether `pid` ended within the time. A child of ours is collected on the way."""
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return True
