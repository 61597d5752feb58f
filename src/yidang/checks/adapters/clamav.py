"""ClamAV: its daemon by socket, else its command. No plaintext touches a disk on the way."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from yidang.kernel.errors import DomainError, Unavailable
from yidang.preservation.content import open_content

SOCKETS = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock")
COMMANDS = ("clamdscan", "clamscan")
NONE = "none"
_PIECE = 64 * 1024
_AT_ONCE = 64
_BYTES_AT_ONCE = 64 * 1024 * 1024
_PATIENCE = 600
_INFECTED = 1
_FOUND = re.compile(r"^/proc/self/fd/(\d+): (.+) FOUND$", re.MULTILINE)


def found(setting: str) -> "Daemon | Command | None":
    """`setting`: a socket's path, a command's path, `none`, or blank to look for either."""
    if setting == NONE:
        return None
    if setting:
        path = Path(setting)
        return Daemon(setting) if path.is_socket() else Command(setting) if shutil.which(setting) else None
    for one in SOCKETS:
        if Path(one).is_socket():
            return Daemon(one)
    return next((Command(one) for one in COMMANDS if shutil.which(one)), None)


@dataclass(frozen=True, slots=True)
class Daemon:
    path: str

    @property
    def name(self) -> str:
        return "clamd"

    def version(self) -> str:
        try:
            return self._say(b"zVERSION\0")
        except OSError:
            return ""

    def look(self, locators: Sequence[str]) -> dict[str, str]:
        try:
            answers = ((locator, self._say(b"zINSTREAM\0", locator)) for locator in locators)
            return {locator: _virus(answer) for locator, answer in answers if _virus(answer)}
        except (OSError, DomainError) as failure:
            raise Unavailable("virus_scanner_failed") from failure

    def _say(self, command: bytes, locator: str = "") -> str:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE)
            line.connect(self.path)
            line.sendall(command)
            if locator:
                for piece in _pieces(locator):
                    line.sendall(len(piece).to_bytes(4, "big") + piece)
                line.sendall(bytes(4))
            answer = b"".join(iter(lambda: line.recv(4096), b""))
        return answer.rstrip(b"\0\n").decode(errors="replace")


def _virus(answer: str) -> str:
    """Raises Unavailable: `virus_scanner_failed`, for anything but a verdict."""
    if answer.endswith(" FOUND"):
        return answer.removesuffix(" FOUND").rpartition(": ")[2]
    if not answer.endswith("OK"):
        raise Unavailable("virus_scanner_failed")
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    program: str

    @property
    def name(self) -> str:
        return Path(self.program).name

    def version(self) -> str:
        try:
            ran = subprocess.run([self.program, "--version"], capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return ran.stdout.strip().splitlines()[0][:120] if ran.returncode == 0 and ran.stdout.strip() else ""

    def look(self, locators: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        waiting = list(locators)
        while waiting:
            with ExitStack() as stack:
                held = _hold(waiting, stack)
                found |= self._look_at(held)
            waiting = waiting[len(held) :]
        return found

    def _look_at(self, held: dict[int, str]) -> dict[str, str]:
        files = [f"/proc/self/fd/{number}" for number in held]
        options = ["--no-summary", "--infected", *(["--stream"] if self.name == "clamdscan" else [])]
        try:
            ran = subprocess.run(
                [self.program, *options, *files],
                pass_fds=list(held),
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as failure:
            raise Unavailable("virus_scanner_failed") from failure
        if ran.returncode not in {0, _INFECTED}:
            raise Unavailable("virus_scanner_failed")
        return {held[int(number)]: virus for number, virus in _FOUND.findall(ran.stdout)}


def _hold(locators: Sequence[str], stack: ExitStack) -> dict[int, str]:
    """Some files in memory, by the number under which the command finds them; at least one."""
    held: dict[int, str] = {}
    size = 0
    for locator in locators[:_AT_ONCE]:
        if held and size > _BYTES_AT_ONCE:
            break
        number = os.memfd_create("yidang")
        stack.callback(os.close, number)
        try:
            for piece in _pieces(locator):
                size += os.write(number, piece)
        except (OSError, DomainError) as failure:
            raise Unavailable("virus_scanner_failed") from failure
        os.lseek(number, 0, os.SEEK_SET)
        held[number] = locator
    return held


def _pieces(locator: str) -> Iterator[bytes]:
    with open_content(locator) as source:
        while piece := source.read(_PIECE):
            yield piece
