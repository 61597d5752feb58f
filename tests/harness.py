"""Runs the real program in data folders of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asking import Oracle

PROGRAM = Path(sys.executable).with_name("yidang")
START_SECONDS = 180


def environment(home: Path, **settings: object) -> dict[str, str]:
    """A clean environment: nothing of the developer's own settings reaches the program."""
    dropped = ("YIDANG_", "PYTHONDONTWRITEBYTECODE")  # the program starts from compiled files, as anywhere else
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    given = {f"YIDANG_{name.upper()}": str(value) for name, value in settings.items()}
    return kept | {"YIDANG_HOME": str(home), "YIDANG_LANGUAGE": "en"} | given


@dataclass
class Archive:
    """One data folder and the commands run on it."""

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="yd-")))
    settings: dict[str, object] = field(default_factory=lambda: {"ocr_workers": 1, "job_workers": 1, "web_workers": 1})
    process: subprocess.Popen[bytes] | None = None
    oracle: Oracle | None = None

    def run(self, *arguments: str, timeout: float = 120, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments],
            env=environment(self.home, **(self.settings | settings)),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def json(self, *arguments: str, timeout: float = 120) -> Any:
        outcome = self.run(*arguments, "--json", timeout=timeout)
        try:
            return json.loads(outcome.stdout)
        except ValueError:
            raise AssertionError(f"no JSON from {arguments}: {outcome.stdout}\n{outcome.stderr}") from None

    def ask(self, expression: str) -> Any:
        """The value of a Python expression on the archive; `models` and `queries` are those of holdings."""
        if self.process is not None and self.process.poll() is None:
            return self._oracle().ask(expression)
        code = (
            "import json, sys\n"
            "from yidang.site.runtime.session import running\n"
            "with running():\n"
            "    from yidang.holdings import models, queries\n"
            "    from yidang.intake import models as intake\n"
            f"    value = {expression}\n"
            "    print('VALUE' + json.dumps(value, default=str))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment(self.home, **self.settings),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "VALUE" in done.stdout, done.stderr
        return json.loads(done.stdout.partition("VALUE")[2])

    def _oracle(self) -> Oracle:
        wanted = environment(self.home, **self.settings)
        if self.oracle is None or self.oracle.environment != wanted:
            self._dismiss()
            with (self.home / "program.log").open("ab") as log:
                self.oracle = Oracle(wanted, log)
        return self.oracle

    def _dismiss(self) -> None:
        if self.oracle is not None:
            self.oracle.end()
            self.oracle = None

    def spawn(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.home / "program.log").open("ab") as log:
            return subprocess.Popen(
                [PROGRAM, *arguments], env=environment(self.home, **self.settings), stdout=log, stderr=log
            )

    def serve(self, port: int = 0) -> "Archive":
        self.process = self.spawn("serve", "--port", str(port))
        self.wait_until_ready()
        return self

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"serve ended: {self.log()}")
            with suppress(OSError, ValueError, KeyError):
                if self.owner()["pid"] == self.process.pid and self.owner()["port"] and self.get("/sign-in/") == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"serve did not answer: {self.log()}")

    def owner(self) -> dict[str, Any]:
        return json.loads((self.home / "run" / "owner.json").read_text())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.owner()['port']}"

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def log(self) -> str:
        return (self.home / "program.log").read_text(errors="replace")[-3000:]

    def tree(self) -> list[int]:
        """The server's process and all its descendants."""
        return descendants(self.process.pid)

    def kill_all(self) -> None:
        """As a power cut would: every process at once, without a word."""
        kill_tree(self.process)

    def end(self, seconds: float = 60) -> int:
        self.process.terminate()
        return self.process.wait(seconds)

    def remove(self) -> None:
        self._dismiss()
        if self.process is not None and self.process.poll() is None:
            self.kill_all()
        shutil.rmtree(self.home, ignore_errors=True)


def descendants(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    for pid in descendants(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_for(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
