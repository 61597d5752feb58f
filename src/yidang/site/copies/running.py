"""One run of the backup.

The order, and why a restore never holds a database newer than store or ledger:

1. Staged uploads are kept from deletion: what the moment knows of is still there when it is copied.
2. The database's base backup; its log is received meanwhile.
3. The moment: while nothing can be added to the ledger and rows and files agree, its heads are read and the database
   marks a restore point (or gives a snapshot). From here on the copy of both is fixed.
4. Staged uploads are linked aside, and may be deleted again.
5. Ledger tiles up to that head; then the store. Whatever the database knew at the moment was in the store before, and
   versions never change. What came later is in the packs too, and is left out by the restore.
6. The keys last, to their own place: every copied version has its key there, and no key destroyed before.
7. The manifest: only now is there a run.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from yidang.crypto.keys import vault
from yidang.holdings import tombstones
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.ledger.capturing import Captured, capture
from yidang.preservation import places, staging_hold
from yidang.preservation.copies import journal, pruning
from yidang.preservation.copies.checking import Checked, read_runs
from yidang.preservation.copies.deposit import Deposit, open_deposit
from yidang.preservation.copies.manifest import Run, run_name, write_run
from yidang.preservation.copies.store_copy import Copied, Progress, StoreCopy, silent
from yidang.preservation.copies.tree_copy import VOLATILE, Source, copy_tree, folder_sources
from yidang.preservation.models import CopyDuty
from yidang.site.config import Config
from yidang.site.copies import database_copy, keys_copy, log_shipping, scope

Outcome = dict[str, Any]


def run(
    config: Config,
    destination: str,
    *,
    keys_to: str = "",
    settlement_only: bool = False,
    actor: str = "system:cli",
    progress: Progress = silent,
) -> Outcome:
    """Copies everything new to the destination; tells what was copied and what is wrong.

    Raises:
        Conflict: `backup_busy`, `backup_place_taken`. Invalid: `backup_foreign`, `backup_keys_not_apart`.
    """
    started = now()
    if keys_to:
        keys_copy.require_apart(destination, keys_to, config.store)
    with alone(config.home):
        deposit = open_deposit(destination, vault(), s3_endpoint=config.s3_endpoint, may_create=True)
        copied = _Run(config, deposit, started, progress)
        manifest = copied.make(scope.settlement_items(config) if settlement_only else None)
        keys = keys_copy.copy_keys(config, keys_to) if keys_to else None
        write_run(deposit, manifest)
        removed = pruning.prune(deposit, now(), tombstones.last_complete_end()) + log_shipping.forget_log(deposit)
    outcome = _told(manifest, copied, destination) | {"removed": removed, "seconds": (now() - started).total_seconds()}
    outcome["keys_expire_at"] = keys.expires_at.isoformat() if keys else None
    journal.record(
        kind=CopyDuty.Kind.RUN,
        place=destination,
        started_at=started,
        is_sound=outcome["ok"],
        facts=outcome,
        actor=actor,
    )
    return outcome


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One at a time on this machine; the kernel frees the lock of a dead one."""
    handle = os.open(home / "run" / "backup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Conflict("backup_busy") from None
    finally:
        os.close(handle)


class _Run:
    def __init__(self, config: Config, deposit: Deposit, started: datetime, progress: Progress) -> None:
        self._config = config
        self._deposit = deposit
        self._started = started
        self._progress = progress
        self._mark = secrets.token_hex(4)
        runs = list(read_runs(deposit, Checked()))
        self._before = max(runs, key=lambda one: one.name, default=None)
        self._strays = [name for name in pruning.strays(deposit, runs) if name.startswith("packs/")]
        self.new_versions = 0
        self.bytes = 0

    def make(self, only: set[Any] | None) -> Run:
        name = run_name(self._started, self._mark)
        self._progress("database", 0, 0)
        with database_copy.copying(self._config, self._deposit, f"yidang-{self._mark}") as database:
            with staging_hold.held(self._config.home):
                captured, moment = capture(lambda: self._moment(database))
                uploads = self._link_uploads()
            facts = database.finish()
        trees = self._trees(captured, uploads)
        shutil.rmtree(uploads, ignore_errors=True)
        copied = self._objects(only)
        self.bytes += copied.stored_bytes + facts["bytes"]
        self.new_versions = copied.new_versions
        return Run(
            name=name,
            started_at=self._started.isoformat(),
            captured_at=moment.isoformat(),
            finished_at=now().isoformat(),
            lists=copied.lists,
            trees=trees | ({"log": facts["log"]} if "log" in facts else {}),
            database=facts,
            ledger={"size": captured.head.size, "root": captured.head.root.hex(), "note": captured.head.note},
            objects=copied.objects,
            versions=copied.versions,
            version=version("yidang"),
            scope="everything" if only is None else "settlement",
            problems=copied.problems,
        )

    def _moment(self, database: "database_copy.Base | database_copy.Dump") -> datetime:
        database.mark_moment()
        return now()

    def _link_uploads(self) -> Path:
        """A second name for every staged file; costs no bytes."""
        aside = self._config.home / "run" / "backup-uploads"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        staged = self._config.home / "staging"
        if staged.exists():
            staging_hold.link_all(staged, aside)
        return aside

    def _trees(self, captured: Captured, uploads: Path) -> dict[str, str]:
        ledger = [*_ledger_sources(captured)]
        settings_file = self._config.home / "yidang.toml"
        kept = [Source(settings_file.name, VOLATILE, settings_file)] if settings_file.exists() else []
        found = {}
        for tree, sources in (("ledger", ledger), ("staging", folder_sources(uploads)), ("settings", kept)):
            self._progress(tree, 0, 0)
            before = self._before.trees.get(tree) if self._before else None
            found[tree], stored = copy_tree(self._deposit, sources, before)
            self.bytes += stored
        return found

    def _objects(self, only: set[Any] | None) -> Copied:
        total = Copied()
        before = self._before.lists if self._before else {}
        for place in places.places():
            copying = StoreCopy(place.name, place.store, self._deposit, before, only=only, progress=self._progress)
            copied = copying.run(self._strays)
            total.lists |= copied.lists
            total.objects += copied.objects
            total.versions += copied.versions
            total.new_versions += copied.new_versions
            total.stored_bytes += copied.stored_bytes
            total.problems += copied.problems
        return total


def _ledger_sources(captured: Captured) -> Iterator[Source]:
    for path, is_final, read in captured.files():
        yield Source(path, "full" if is_final else VOLATILE, read)
    for place in captured.others():
        yield Source(place.relative_to(captured.folder.path).as_posix(), VOLATILE, place)


def _told(manifest: Run, copied: _Run, destination: str) -> Outcome:
    ledger = manifest.ledger or {}
    return {
        "ok": not manifest.problems,
        "place": destination,
        "run": manifest.name,
        "captured_at": manifest.captured_at,
        "objects": manifest.objects,
        "versions": manifest.versions,
        "new_versions": copied.new_versions,
        "bytes": copied.bytes,
        "database": (manifest.database or {}).get("kind"),
        "scope": manifest.scope,
        "ledger_size": ledger.get("size"),
        "ledger_root": ledger.get("root"),
        "differences": list(manifest.problems),
    }
