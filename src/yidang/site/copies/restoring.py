"""The whole archive back into an empty data folder, as it was at one moment.

1. The root key stands there already (from paper or the safe), or is named.
2. The keys from their own place.
3. The database, recovered to the run's moment (or later, along the archived log).
4. The ledger, staged uploads, settings.
5. The store: every version the database knows, none that came after the moment.
6. Keys of objects the archive no longer knows are taken out: what was destroyed before the moment stays destroyed.
7. The search index is built anew.
Repeated after a kill it begins again from what stands there: a mark in the folder says that it was not finished.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from yidang.crypto.durable import create_durably, make_private_folder
from yidang.crypto.keys import vault
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotFound, Unavailable
from yidang.preservation import places
from yidang.preservation.copies import journal
from yidang.preservation.copies.checking import Checked, read_runs
from yidang.preservation.copies.deposit import Deposit, open_deposit
from yidang.preservation.copies.manifest import Run
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.copies.store_return import return_store
from yidang.preservation.copies.tree_copy import return_tree
from yidang.preservation.models import CopyDuty
from yidang.site.config import Config
from yidang.site.copies import keys_copy
from yidang.site.copies.database_return import return_database
from yidang.site.runtime.instance import Instance
from yidang.site.runtime.postgres import Cluster
from yidang.site.runtime.prepare import RESTORE_MARK

_MAY_STAND = {"keys", "run", "secrets", "yidang.toml"}
Outcome = dict[str, Any]


def restore(
    config: Config,
    source: str,
    *,
    keys_from: str = "",
    root_key: Path | None = None,
    run_name: str = "",
    until: str = "",
    progress: Progress = silent,
) -> Outcome:
    """Raises Conflict `restore_not_empty`, Unavailable `restore_no_root_key`, NotFound `backup_no_run`."""
    began = time.monotonic()
    _begin(config, root_key)
    keys = keys_copy.return_keys(config, keys_from) if keys_from else None  # first: they say which root keys there are
    deposit = open_deposit(source, vault(), s3_endpoint=config.s3_endpoint)
    run = choose_run(deposit, source, run_name, until)
    progress("database", 0, 0)
    return_database(config, deposit, run, until=until)
    problems, written = _return_trees(config, deposit, run, progress)
    outcome = _inside(config, deposit, run, is_later=bool(until), progress=progress)
    problems += outcome.pop("problems")
    (config.home / RESTORE_MARK).unlink()
    seconds = time.monotonic() - began
    outcome |= {
        "ok": not problems,
        "run": run.name,
        "captured_at": run.captured_at,
        "keys_made_at": keys.made_at.isoformat() if keys else None,
        "bytes": outcome["bytes"] + written,
        "seconds": round(seconds, 3),
        "differences": problems,
    }
    return outcome


def _begin(config: Config, root_key: Path | None) -> None:
    home = config.home
    make_private_folder(home)
    standing = {path.name for path in home.iterdir()}
    if not (home / RESTORE_MARK).exists() and standing - _MAY_STAND:
        raise Conflict("restore_not_empty", home=str(home))
    if root_key is not None:
        create_durably(home / "keys" / "root.key", root_key.read_bytes())
    if not any((home / "keys").glob("*")) and not config.root_key.startswith("pkcs11:"):
        raise Unavailable("restore_no_root_key", retryable=False, home=str(home))
    create_durably(home / RESTORE_MARK, b"")


def choose_run(deposit: Deposit, place: str, name: str = "", until: str = "") -> Run:
    """The one named; else the newest, or the newest before the moment asked for."""
    runs = sorted(read_runs(deposit, Checked()), key=lambda one: one.name)
    if name:
        runs = [one for one in runs if one.name.removeprefix("runs/") == name.removeprefix("runs/")]
    elif until and until != "latest":
        runs = [one for one in runs if one.moment <= datetime.fromisoformat(until)]
    if not runs:
        raise NotFound("backup_no_run", place=place)
    return runs[-1]


def _return_trees(config: Config, deposit: Deposit, run: Run, progress: Progress) -> tuple[list[Any], int]:
    problems, written = list[Any](), 0
    for tree, folder in (("ledger", config.home / "ledger"), ("staging", config.home / "staging")):
        progress(tree, 0, 0)
        if tree in run.trees:
            shutil.rmtree(folder, ignore_errors=True)
            size, wrong = return_tree(deposit, run.trees[tree], folder)
            written += size
            problems += wrong
    if "settings" in run.trees and not (config.home / "yidang.toml").exists():
        return_tree(deposit, run.trees["settings"], config.home)
    return problems, written


def _inside(config: Config, deposit: Deposit, run: Run, *, is_later: bool, progress: Progress) -> Outcome:
    """With the database answering: what belongs to the moment is asked of it."""
    from yidang.holdings.standing import heads
    from yidang.ledger.forwarding import bring_forward

    with serving_database(config):
        if is_later:
            bring_forward()
        known = heads()
        outcome: Outcome = {"objects": 0, "versions": 0, "bytes": 0, "problems": []}
        for place in places.places():
            returned = return_store(
                deposit, run, place.name, place.store, head=lambda one: known.get(one, 0), progress=progress
            )
            for name in ("objects", "versions", "bytes", "problems"):
                outcome[name] += getattr(returned, name)
        places.rebuild_placement()
        _forget_keys(set(known))
        outcome["problems"] += _absent(known)
    return outcome


def _forget_keys(known: set[UUID]) -> None:
    """What was destroyed before the moment is in no list any more, though a copy of its key may have been."""
    for place in places.places():
        strangers = [one for one in place.keys.ids() if not _belongs(one, known)]
        if strangers:
            place.keys.delete(strangers)


def _belongs(key_id: str, known: set[UUID]) -> bool:
    try:
        return UUID(key_id.partition("/")[0]) in known
    except ValueError:
        return True


def _absent(known: dict[UUID, int]) -> list[dict[str, str]]:
    """Filed before the moment and yet not in the copy: of a run over some series only, or a later moment's."""
    there = set(places.object_ids())
    return [{"code": "copy_object_missing", "path": "", "object_id": str(one)} for one in sorted(known.keys() - there)]


@contextmanager
def serving_database(config: Config) -> Iterator[None]:
    """The bare database, before anything is prepared or taken up again: the store is not there yet."""
    from django.db import connections

    from yidang.identity import reach

    reach.act_as_system()
    with ExitStack() as stack:
        instance = Instance(config.home)
        instance.own("restore")
        stack.callback(instance.release)
        if not config.database_url:
            cluster = Cluster(config.home)
            stack.callback(cluster.stop)
            cluster.start()
        stack.callback(connections.close_all)
        yield


def finish(config: Config, source: str, outcome: Outcome) -> None:
    """In a house that runs again: interrupted work is taken up, the index is built, the restore is told of."""
    from yidang.access import feeding
    from yidang.site.runtime.session import running

    started = now()
    with running(config):
        feeding.rebuild_index()
        journal.record(
            kind=CopyDuty.Kind.RESTORE,
            place=source,
            started_at=started,
            is_sound=outcome["ok"],
            facts=outcome,
            actor="system:cli",
        )
