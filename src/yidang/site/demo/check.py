"""`yidang demo --check`: starts the demonstration as a user would, does the main job as each role, and stops it.

1. The server answers.
2. The first sample is found by words on its page while the rest is still being read.
3. Every sample reaches its outcome.
4. Each role does what it may, and is refused what it may not.
5. Store, keys, catalogue, index and ledger agree.
6. The server stops cleanly.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from yidang.kernel.errors import Unavailable
from yidang.site.demo import folder
from yidang.site.demo.visitor import Visitor
from yidang.site.demo.waiting import wait_for
from yidang.site.runtime.instance import Instance

_START_SECONDS = 120
_READ_SECONDS = 1800
_STOP_SECONDS = 60


def run(port: int) -> dict[str, Any]:
    """{"ok", "address", "seconds", "batch", "checks": {role: [{"name", "ok", "detail"}]}}"""
    home = Path(os.environ["YIDANG_HOME"])
    started = time.monotonic()
    with server(home, port) as process:
        address = wait_for_address(home, process)
        seconds = {"first_page": round(time.monotonic() - started, 1)}
        outcome = _as_guest(home, address, started, seconds)
    outcome["checks"]["server"] = [
        {"name": "stops cleanly", "ok": process.returncode == 0, "detail": f"exit code {process.returncode}"}
    ]
    is_good = all(one["ok"] for checks in outcome["checks"].values() for one in checks)
    return {"ok": is_good, "address": address, "seconds": seconds} | outcome


def _as_guest(home: Path, address: str, started: float, seconds: dict[str, float]) -> dict[str, Any]:
    """Reads the database beside the server, to know what each role must and must not be shown."""
    from yidang.site.runtime.session import running

    with running():
        from yidang.site.demo import roles, samples

        people = {name: Visitor(address) for name in roles.CHECKS}
        roles.sign_in_all(people, folder.logins(home))
        samples.wait_for_first_hit(people["archivist"], _READ_SECONDS)
        seconds["first_hit"] = round(time.monotonic() - started, 1)
        batch = samples.wait_until_read(home, _READ_SECONDS)
        seconds["all_read"] = round(time.monotonic() - started, 1)
        targets = samples.targets()
        checks = {name: check(people[name], targets) for name, check in roles.CHECKS.items()}
        checks["archive"] = [*samples.outcomes(batch), samples.agreement()]
        return {"batch": batch, "checks": checks}


@contextmanager
def server(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    (home / "run").mkdir(parents=True, exist_ok=True)
    with (home / "run" / "demo.log").open("ab") as log:
        command = [sys.executable, "-m", "yidang", "demo", "--port", str(port)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | {})
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_address(home: Path, process: subprocess.Popen[bytes]) -> str:
    def answering() -> str | None:
        if process.poll() is not None:
            problem = (home / "run" / "demo.log").read_text(encoding="utf-8", errors="replace").strip()[-600:]
            raise Unavailable("demo_ended", retryable=False, problem=problem)
        owner = Instance(home).owner()
        if owner is None or owner.pid != process.pid or not owner.port:
            return None
        address = f"http://127.0.0.1:{owner.port}"
        with suppress(OSError):
            if Visitor(address).get("/sign-in/").status == 200:  # noqa: PLR2004 - HTTP's OK
                return address
        return None

    return wait_for(answering, _START_SECONDS, "the first page")
