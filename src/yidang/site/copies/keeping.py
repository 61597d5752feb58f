"""Copies without anybody asking: the log every few seconds, runs, checks, drills and scrubs when they are due."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.urls import reverse

from yidang.identity.policy import Permission
from yidang.kernel.clock import now
from yidang.kernel.texts import Language
from yidang.preservation.copies import journal
from yidang.preservation.models import CopyDuty
from yidang.site.config import Config
from yidang.site.copies import checking, drilling, log_shipping, running, schedule, scrubbing
from yidang.site.copies.status import in_words, status
from yidang.workflow.operations import notify

log = logging.getLogger(__name__)
ACTOR = "system:copies"
_BEAT = 10.0
_PAUSE_AFTER_FAILURE = timedelta(minutes=15)
NOTICE = "copies"
_TELL_EVERY = timedelta(days=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_SCRUB_PACE = 1.0  # as much rest as work
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Step = Callable[[], object]


def keep_copies(config: Config, wanted: Callable[[], bool]) -> None:
    """One failure never ends it: what failed is tried again after a pause."""
    failed: dict[str, datetime] = {}
    told: dict[str, datetime] = {}
    while wanted():
        _attempt("notices", lambda: tell_once_a_day(config, told, now()))
        for name, step in due(config, now()):
            if now() - failed.get(name, _LONG_AGO) < _PAUSE_AFTER_FAILURE:
                continue
            if not _attempt(name, step):
                failed[name] = now()
        _rest(wanted)


def due(config: Config, moment: datetime) -> list[tuple[str, Step]]:
    """What is to be done now, the most pressing first."""
    steps: list[tuple[str, Step]] = []
    place, keys = config.backup_to, config.backup_keys_to
    if place:
        steps.append(("log", lambda: ship(config)))
        if kind := run_due(config, moment):
            steps.append(
                (
                    "run",
                    lambda: running.run(config, place, keys_to=keys, settlement_only=kind == "settlement", actor=ACTOR),
                )
            )
        elif _is_over(CopyDuty.Kind.CHECK, schedule.CHECK_EVERY, moment):
            steps.append(("check", lambda: checking.check(config, place, keys_from=keys, repair=True, actor=ACTOR)))
        elif keys and _is_over(CopyDuty.Kind.DRILL, schedule.DRILL_EVERY, moment):
            steps.append(("drill", lambda: drilling.drill(config, place, keys_from=keys, actor=ACTOR)))
    if (place or config.replicas) and _is_over(CopyDuty.Kind.SCRUB, schedule.SCRUB_EVERY, moment):
        steps.append(("scrub", lambda: scrubbing.scrub(config, repair=True, pace=_SCRUB_PACE, actor=ACTOR)))
    return steps


def tell_once_a_day(config: Config, told: dict[str, datetime], moment: datetime) -> int:
    """What is late or found wanting reaches the system administrators; how many things were told."""
    count = 0
    for one in status(config, moment)["differences"]:
        said = {f"problem_{language}": in_words(one, language) for language in LANGUAGES}
        if moment - told.get(said["problem_zh"], _LONG_AGO) >= _TELL_EVERY:
            told[said["problem_zh"]] = moment
            notify(kind=NOTICE, subject_url=reverse("copies"), permission=Permission.MANAGE_BACKUPS, facts=said)
            count += 1
    return count


def run_due(config: Config, moment: datetime) -> str:
    """Blank, "everything", or "settlement" between two whole runs of a slower schedule."""
    chosen = schedule.parse(config.backup_schedule)
    whole = _last(config, moment, scope="everything")
    if schedule.is_due(chosen, whole, moment):
        return "everything"
    daily = schedule.Schedule(None, chosen.at)
    return "settlement" if schedule.is_due(daily, _last(config, moment), moment) else ""


def _last(config: Config, moment: datetime, **facts: str) -> datetime | None:
    """To the place of the settings: what was copied elsewhere does not stand there."""
    done = CopyDuty.objects.filter(kind=CopyDuty.Kind.RUN, place=config.backup_to, started_at__lte=moment)
    if facts:
        done = done.filter(facts__scope=facts["scope"])
    return done.order_by("-started_at").values_list("started_at", flat=True).first()


def _is_over(kind: CopyDuty.Kind, period: timedelta, moment: datetime) -> bool:
    last = journal.newest(kind)
    return last is None or moment - last.started_at >= period


def ship(config: Config) -> int:
    count = log_shipping.ship_log(config)
    (config.home / "run" / "log-shipped").touch()
    return count


def _attempt(name: str, step: Step) -> bool:
    from django.db import close_old_connections

    try:
        close_old_connections()
        step()
    except Exception:
        log.exception("The copies failed at %s", name)
        return False
    return True


def _rest(wanted: Callable[[], bool]) -> None:
    end = time.monotonic() + _BEAT
    while wanted() and time.monotonic() < end:
        time.sleep(0.2)
