"""How the copies stand: last run, check, drill and scrub, and what is wrong or late."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from yidang.kernel.clock import now
from yidang.kernel.texts import Language, say
from yidang.ledger.models import LedgerEntry
from yidang.preservation.copies import journal
from yidang.preservation.models import CopyDuty
from yidang.site.config import Config
from yidang.site.copies import schedule
from yidang.site.runtime.postgres import archive_folder

Outcome = dict[str, Any]
_KINDS = (CopyDuty.Kind.RUN, CopyDuty.Kind.CHECK, CopyDuty.Kind.DRILL)
_OF_A_DUTY = frozenset({"copies_never", "copies_late", "copies_wanting"})
_GRACE = timedelta(days=1)
_MANY_SEGMENTS = 16


def status(config: Config, moment: datetime | None = None) -> Outcome:
    at = moment or now()
    wrong = [*_unset(config), *_log_waiting(config)]
    duties = []
    for kind in _kinds(config):
        last = journal.newest(kind)
        found = _wrong(config, kind, last, at)
        wrong += found
        duties.append(_told(kind, last, is_sound=not found))
    return {"ok": not wrong, "duties": duties, "differences": wrong}


def in_words(problem: Outcome, language: Language) -> str:
    facts = {name: value for name, value in problem.items() if name != "code"}
    if problem["code"] in _OF_A_DUTY:
        facts["kind"] = say(f"copies_duty_{facts['kind']}", language)
    if problem["code"] == "drill_step_failed":
        facts["step"] = say(f"drill_at_{facts['step']}", language)
    return say(problem["code"], language, **facts)


def _kinds(config: Config) -> list[CopyDuty.Kind]:
    if config.backup_to:
        return [*_KINDS, CopyDuty.Kind.SCRUB]
    return [CopyDuty.Kind.SCRUB] if config.replicas else []


def _unset(config: Config) -> list[Outcome]:
    names = [name for name in ("backup_to", "backup_keys_to") if not getattr(config, name)]
    return [{"code": "copies_not_set", "setting": f"YIDANG_{name.upper()}"} for name in names]


def _log_waiting(config: Config) -> list[Outcome]:
    count = len(list(archive_folder(config.home).glob("*"))) if config.backup_to else 0
    return [{"code": "copies_log_waiting", "count": count}] if count > _MANY_SEGMENTS else []


def _wrong(config: Config, kind: CopyDuty.Kind, last: CopyDuty | None, at: datetime) -> list[Outcome]:
    facts = {"kind": str(kind), "last": f"{localtime(last.started_at):%Y-%m-%d %H:%M}" if last else ""}
    if last is None:
        return [{"code": "copies_never", **facts}] if _is_old(at, _period(config, kind)) else []
    if not last.is_sound:
        return [{"code": "copies_wanting", **facts}]
    if at - last.started_at > _period(config, kind) + _GRACE / 4:
        return [{"code": "copies_late", **facts}]
    return []


def _is_old(at: datetime, period: timedelta) -> bool:
    """An archive that was begun less than a period ago has nothing overdue."""
    first = LedgerEntry.objects.order_by("id").values_list("at", flat=True).first()
    return first is not None and at - first > period


def _period(config: Config, kind: CopyDuty.Kind) -> timedelta:
    return {
        CopyDuty.Kind.RUN: schedule.parse(config.backup_schedule).period,
        CopyDuty.Kind.CHECK: schedule.CHECK_EVERY,
        CopyDuty.Kind.DRILL: schedule.DRILL_EVERY,
    }.get(kind, schedule.SCRUB_EVERY)


def _told(kind: CopyDuty.Kind, last: CopyDuty | None, *, is_sound: bool) -> Outcome:
    return {
        "kind": str(kind),
        "at": last.started_at.isoformat() if last else None,
        "place": last.place if last else "",
        "ok": is_sound,
        "facts": dict(last.facts) if last else {},
    }
