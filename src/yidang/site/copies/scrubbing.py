"""The scrub of all places, held against the ledger; wounds no copy here can heal are healed from the backup."""

from collections.abc import Callable
from typing import Any

from yidang.holdings import witness
from yidang.kernel.clock import now
from yidang.kernel.errors import DomainError
from yidang.preservation import places
from yidang.preservation.copies import journal
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.models import CopyDuty
from yidang.preservation.scrubbing import Scrub, Scrubbed
from yidang.site.config import Config
from yidang.site.copies import healing

Outcome = dict[str, Any]


def scrub(
    config: Config,
    *,
    repair: bool,
    pace: float = 0.0,
    actor: str = "system:cli",
    progress: Progress = silent,
    wanted: Callable[[], bool] = lambda: True,
) -> Outcome:
    started = now()
    memory = dict(witness.all_inventories())
    outcome: Outcome = {"objects": 0, "files": 0, "bytes": 0, "healed": 0, "differences": []}
    for place in places.places():
        scrub = Scrub(place.store, memory.get, repair=repair, pace=pace, progress=progress)
        found = scrub.run(wanted)
        if repair and config.backup_to and found.wounded:
            _heal_from_backup(config, found)
        for name in ("objects", "files", "bytes", "healed", "differences"):
            outcome[name] += getattr(found, name)
    outcome["ok"] = all(one["healed"] for one in outcome["differences"])
    outcome["seconds"] = (now() - started).total_seconds()
    facts = {**outcome, "differences": outcome["differences"][:200], "count": len(outcome["differences"])}
    journal.record(
        kind=CopyDuty.Kind.SCRUB, place="", started_at=started, is_sound=outcome["ok"], facts=facts, actor=actor
    )
    return outcome


def _heal_from_backup(config: Config, found: Scrubbed) -> None:
    try:
        done = healing.heal_objects(config, config.backup_to, found.wounded)
    except DomainError:
        return
    failed = {one["object_id"] for one in done["differences"]}
    for one in found.differences:
        if not one["healed"] and one["object_id"] and one["object_id"] not in failed:
            one["healed"] = True
            found.healed += 1
