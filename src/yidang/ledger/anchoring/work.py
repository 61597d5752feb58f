"""One round of handing out: every witness and anchor that is due gets the newest checkpoint, all at the same time."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.conf import settings

from yidang.kernel.clock import now
from yidang.kernel.errors import DomainError
from yidang.ledger.anchoring import rules
from yidang.ledger.anchoring.addresses import WITNESS, Address
from yidang.ledger.anchoring.engines import anchors, engine, witnesses
from yidang.ledger.anchoring.pressing import presses
from yidang.ledger.anchoring.records import Record, Records
from yidang.ledger.anchoring.times import time_of_entry
from yidang.ledger.anchoring.troubles import Trouble, forget, remember, trouble_of
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.sequencing import ledger_folder

log = logging.getLogger(__name__)


def anchor_due(*, at_once: bool = False) -> int:
    """Hands the newest checkpoint to whoever is due; returns how many took it. `at_once`: due or not, if it is new.

    Never raises for what is wrong outside: it is remembered, shown by `states`, and tried again with growing pauses.
    """
    folder = ledger_folder()
    places = [*witnesses(), *anchors()]
    if not places or not folder.exists:
        return 0
    due = [place for place in places if _is_due(place, folder, at_once=at_once)]
    return _hand_out(folder, due)


def every(place: Address) -> float:
    return float(settings.YIDANG.witness_seconds if place.kind == WITNESS else settings.YIDANG.anchor_seconds)


def _is_due(place: Address, folder: LedgerFolder, *, at_once: bool) -> bool:
    trouble = trouble_of(place.slug)
    if trouble and not at_once and _still_paused(trouble):
        return False
    size, last = folder.checkpoint().size, Records(folder.path, place.slug).last
    kept, kept_at = (last.size, last.at) if last else (0, None)
    pressed = at_once or (place.kind != WITNESS and size > kept and presses(kept))
    return rules.is_due(size=size, kept=kept, kept_at=kept_at, every=every(place), presses=pressed, now=now())


def _still_paused(trouble: Trouble) -> bool:
    """A clock set back must not silence us: the pause is never longer than the longest one."""
    return 0 < trouble.again_at - time.time() <= rules.LONGEST_PAUSE


def _hand_out(folder: LedgerFolder, due: Sequence[Address]) -> int:
    if len(due) < 2:  # noqa: PLR2004 - one needs no threads
        return sum(_try(place, folder) for place in due)
    with ThreadPoolExecutor(len(due)) as crowd:
        return sum(crowd.map(lambda place: _try(place, folder), due))


def _try(place: Address, folder: LedgerFolder) -> bool:
    try:
        keep(place, folder)
    except DomainError as problem:
        _note(place, problem)
        return False
    forget(place.slug)
    return True


def keep(place: Address, folder: LedgerFolder) -> Record:
    """Raises what the place's engine raises."""
    records = Records(folder.path, place.slug)
    last = records.last
    known = last.size if last else 0
    head, evidence = engine(place, known=known).keep(folder)
    record = Record(head.size, head.root, now(), _oldest(folder, known, head.size), evidence)
    records.append(record)
    return record


def _oldest(folder: LedgerFolder, known: int, size: int) -> datetime | None:
    return time_of_entry(folder, known) if known < size else None


def _note(place: Address, problem: DomainError) -> None:
    before, at = trouble_of(place.slug), time.time()
    failures = before.failures + 1 if before else 1
    facts = {name: value for name, value in problem.facts.items() if isinstance(value, int | str)}
    pause = rules.pause_after(failures)
    remember(place.slug, Trouble(problem.code, facts, failures, before.since if before else at, at + pause))
    if not before or before.code != problem.code:
        log.warning("%s %s: %s", place.kind, place.slug, problem.code)
