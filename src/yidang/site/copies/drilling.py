"""The monthly drill: everything back into an empty place, looked through, rebuilt, held against the ledger."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from yidang.crypto.durable import make_private_folder
from yidang.crypto.keys import vault
from yidang.crypto.roots import RETIRED
from yidang.kernel.clock import now
from yidang.ledger.folder import LedgerFolder
from yidang.preservation.copies import journal
from yidang.preservation.copies.deposit import open_deposit
from yidang.preservation.copies.manifest import Run
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.models import CopyDuty
from yidang.site.config import PREFIX, Config
from yidang.site.copies.restoring import choose_run

Outcome = dict[str, Any]
# What it takes to read the copies. Any other setting would lead back to the live archive, its witnesses and its mails.
_NEEDED = ("s3_endpoint", "root_key", "root_passphrase_file", "language")


def drill(
    config: Config,
    source: str,
    *,
    keys_from: str = "",
    place: Path | None = None,
    actor: str = "system:cli",
    progress: Progress = silent,
) -> Outcome:
    """Leaves the live archive alone: its own database, store and settings are never named to what runs here."""
    started = now()
    deposit = open_deposit(source, vault(), s3_endpoint=config.s3_endpoint)
    run = choose_run(deposit, source)
    home, newest = place or config.home / "drill", _newest(config, run)
    try:
        outcome = _rehearse(config, run, home, source, keys_from, progress)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    outcome["rpo_seconds"] = round(max(0.0, (started - newest).total_seconds()), 1)
    journal.record(
        kind=CopyDuty.Kind.DRILL,
        place=source,
        started_at=started,
        is_sound=outcome["ok"],
        facts=outcome,
        actor=actor,
    )
    return outcome


def _newest(config: Config, run: Run) -> datetime:
    """The newest moment that could be restored: the run's, or that of the log brought away since."""
    shipped = config.home / "run" / "log-shipped"
    if config.backup_to and shipped.exists():
        return max(run.moment, datetime.fromtimestamp(shipped.stat().st_mtime, tz=run.moment.tzinfo))
    return run.moment


def _rehearse(  # noqa: PLR0917 - private
    config: Config, run: Run, home: Path, source: str, keys_from: str, progress: Progress
) -> Outcome:
    shutil.rmtree(home, ignore_errors=True)
    make_private_folder(home)
    (home / "yidang.toml").touch()  # the archive's own settings would lead back to it
    if (config.home / "keys").exists():
        shutil.copytree(config.home / "keys", home / "keys", ignore=_left_behind)
    steps = _Steps(environment(config, home), progress)
    options = ["--from", source, "--run", run.name, *(["--keys-from", keys_from] if keys_from else [])]
    restored = steps.do("restore", "backup", "restore", *options)
    wrong = list(restored["differences"])
    if steps.is_broken:
        return _outcome(steps, run, wrong, 0)
    wrong += _compare_digest(home, run)
    verified = steps.do("verify", "verify")
    rebuilt = steps.do("rebuild", "rebuild", "--fresh") if not steps.is_broken else {"differences": []}
    again = steps.do("verify_rebuilt", "verify") if not steps.is_broken else {"differences": []}
    for found in (verified, rebuilt, again):
        wrong += [one for one in found["differences"] if not is_of_later(one, run)]
    for found in (verified, rebuilt):
        if "items" in found and found["items"] != restored["objects"]:
            wrong.append({"code": "drill_count_differs", "found": found["items"], "expected": restored["objects"]})
    return _outcome(steps, run, wrong, int(restored.get("bytes", 0)), int(restored.get("objects", 0)))


def _left_behind(_: str, names: list[str]) -> set[str]:
    """The live register, where one file is the only root key: it may name versions younger than the copies' keys.

    The copies bring their own. Former root keys, and one on a device, are found by the register that stands.
    """
    has_file = any(name.startswith("root") for name in names)
    has_former = any(name.startswith(RETIRED) for name in names)
    return {"register.json"} if has_file and not has_former else set()


def environment(config: Config, home: Path) -> dict[str, str]:
    """Of the programs in the drill's folder. What they need may come from `yidang.toml` as well as from ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    needed = {f"{PREFIX}{name.upper()}": getattr(config, name) for name in _NEEDED}
    return kept | needed | {f"{PREFIX}HOME": str(home)}


class _Steps:
    """Each a program of its own in the drill's folder, timed."""

    def __init__(self, surroundings: dict[str, str], progress: Progress) -> None:
        self._environment = surroundings
        self._progress = progress
        self.seconds: dict[str, float] = {}
        self.is_broken = False

    def do(self, name: str, *arguments: str) -> Outcome:
        self._progress(name, 0, 0)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "yidang", *arguments, "--json"],
            env=self._environment,
            capture_output=True,
            check=False,
        )
        self.seconds[name] = round(time.monotonic() - began, 3)
        try:
            told: Outcome = json.loads(done.stdout)
        except ValueError:
            told = {"error": {"message": done.stderr.decode(errors="replace")[-200:]}}
        if "error" in told:
            self.is_broken = True
            return {"differences": [{"code": "drill_step_failed", "step": name, "cause": told["error"]["message"]}]}
        return told


def is_of_later(difference: Outcome, run: Run) -> bool:
    """What somebody outside attested after the run's moment, copied along with the log's files.

    The drill's own entries take its log another way from that moment on: a difference, and none of the copies' doing.
    """
    codes = {"ledger_record_beyond", "ledger_record_contradicts"}
    return difference["code"] in codes and difference["size"] > int((run.ledger or {})["size"])


def _compare_digest(home: Path, run: Run) -> list[Outcome]:
    """The restored log, at the size it had in the moment, has the root it had then."""
    ledger = run.ledger or {}
    size = int(ledger["size"])
    root = LedgerFolder(home / "ledger").tree(size).root.hex()
    if root == ledger["root"]:
        return []
    return [{"code": "drill_digest_differs", "size": size}]


def _outcome(steps: _Steps, run: Run, wrong: list[Any], size: int, objects: int = 0) -> Outcome:
    seconds = steps.seconds
    return {
        "ok": not wrong,
        "run": run.name,
        "captured_at": run.captured_at,
        "objects": objects,
        "bytes": size,
        "ledger_size": (run.ledger or {}).get("size"),
        "ledger_root": (run.ledger or {}).get("root"),
        "steps": seconds,
        "rto_seconds": round(seconds.get("restore", 0.0) + seconds.get("verify", 0.0), 1),
        "verify_mb_per_second": _rate(size / 1e6, seconds.get("verify")),
        "rebuild_items_per_second": _rate(objects, seconds.get("rebuild")),
        "differences": wrong[:200],
    }


def _rate(amount: float, seconds: float | None) -> float | None:
    return round(amount / seconds, 2) if seconds else None
