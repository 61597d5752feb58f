"""The weekly check: every byte of the copies, the keys' copy, and whether the place still has what was put there."""

from typing import Any

from yidang.crypto.keys import vault
from yidang.kernel.clock import now
from yidang.kernel.errors import DomainError
from yidang.preservation.copies import checking, journal
from yidang.preservation.copies.deposit import Deposit, open_deposit
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.models import CopyDuty
from yidang.site.config import Config
from yidang.site.copies import keys_copy
from yidang.site.copies.running import alone

Outcome = dict[str, Any]


def check(
    config: Config,
    source: str,
    *,
    keys_from: str = "",
    repair: bool = False,
    actor: str = "system:cli",
    progress: Progress = silent,
) -> Outcome:
    started = now()
    deposit = open_deposit(source, vault(), s3_endpoint=config.s3_endpoint)
    with alone(config.home):
        checked = checking.check(deposit, progress)
        if repair:
            _set_aside(deposit, checked)
    _check_run_is_there(deposit, source, checked)
    if keys_from:
        _check_keys(config, keys_from, checked)
    seconds = (now() - started).total_seconds()
    outcome = {
        "ok": not checked.differences,
        "runs": checked.runs,
        "packs": checked.packs,
        "bytes": checked.bytes,
        "seconds": seconds,
        "differences": checked.differences,
        "newest_is_whole": checked.newest_is_whole,
    }
    journal.record(
        kind=CopyDuty.Kind.CHECK,
        place=source,
        started_at=started,
        is_sound=not checked.differences,
        facts={**outcome, "differences": checked.differences[:200], "count": len(checked.differences)},
        actor=actor,
    )
    return outcome


def _set_aside(deposit: Deposit, checked: checking.Checked) -> None:
    """Damaged parts go, so that the next run copies what was in them anew; sound ones are never touched."""
    for name in sorted(checked.damaged):
        if name.startswith(("packs/", "lists/")):
            deposit.store.delete(name)


def _check_run_is_there(deposit: Deposit, source: str, checked: checking.Checked) -> None:
    """A place put back to an older state agrees with itself; what was done here is remembered here."""
    last = CopyDuty.objects.filter(kind=CopyDuty.Kind.RUN, place=source).order_by("-started_at").first()
    if last is not None and last.facts["run"] not in deposit.runs():
        checked.tell("copy_run_missing", last.facts["run"])


def _check_keys(config: Config, keys_from: str, checked: checking.Checked) -> None:
    try:
        keys_copy.check_keys(config, keys_from)
    except DomainError as problem:
        checked.tell(problem.code, keys_from, place=keys_from)
