"""Alarms: raised by n of m, ended by m good ones, told to the storekeepers, and to the head when nobody answers."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.climate import rules
from yidang.storeroom.climate.limits import alarm_rule, medium
from yidang.storeroom.models import Alarm, HourlyReading, Reading, Sensor
from yidang.workflow.operations import meet_deadline, notify, set_deadline

_ACTOR = "system:climate"
_TABLE, _FIELD = "storeroom_alarm", "note"
_LONGEST = 400


def look_at(sensor: Sensor) -> None:
    """Judges a sensor that has just spoken. In the caller's transaction."""
    rule, limit = alarm_rule(), medium(sensor.medium).limit
    rows = Reading.objects.filter(sensor=sensor).order_by("-at")[: rule.m].values_list("temperature", "humidity")
    last = [rules.Air(*row) for row in reversed(rows)]
    swings = rules.swings(last_day(sensor), limit)
    found = {one.kind: one for one in (*rules.judge(last, limit, n=rule.n, m=rule.m), *swings)}
    for alarm in Alarm.objects.select_for_update().filter(sensor=sensor, ended_at__isnull=True):
        if alarm.kind not in found and _has_passed(alarm.kind, last, limit, rule.m):
            end(alarm)
        found.pop(alarm.kind, None)
    for breach in found.values():
        raise_alarm(sensor, breach)


def _has_passed(kind: str, last: list[rules.Air], limit: rules.Limit, m: int) -> bool:
    return kind not in rules.LEVELS or rules.is_over(kind, last, limit, m=m)


def last_day(sensor: Sensor) -> list[rules.Hour]:
    since = clock.now() - rules.DAY
    names = tuple(rules.Hour.__dataclass_fields__)
    rows = HourlyReading.objects.filter(sensor=sensor, hour__gte=since).order_by("hour").values_list(*names)
    return [rules.Hour(*row) for row in rows]


def raise_alarm(sensor: Sensor, breach: rules.Breach) -> Alarm:
    at = clock.now()
    alarm = Alarm(sensor=sensor, kind=breach.kind, raised_at=at, value=breach.value, limit=breach.limit)
    alarm.save()
    facts = {"number": alarm.name, "sensor": sensor.code, "kind": alarm.kind, "value": alarm.value}
    append(action="climate.alarm_raised", actor=_ACTOR, subject=alarm.id, facts=facts)
    where = {"number": alarm.name, "sensor": sensor.code, "room": sensor.room.code}
    notify(kind="climate_alarm_raised", permission=Permission.MANAGE_STOREROOM, facts=where, subject_url=address(alarm))
    set_deadline(
        kind="climate_alarm_open",
        due_on=clock.today() + timedelta(days=alarm_rule().cure_days),
        days=(0, 1, 7),
        subject=alarm.id,
        subject_url=address(alarm),
        number=alarm.name,
        permission=Permission.SEE_STOREROOM,
    )
    return alarm


def address(alarm: Alarm) -> str:
    return reverse("storeroom:alarm", args=[alarm.id])


def end(alarm: Alarm) -> None:
    alarm.ended_at = clock.now()
    alarm.save(update_fields=["ended_at"])
    append(action="climate.alarm_ended", actor=_ACTOR, subject=alarm.id, facts={"number": alarm.name})
    meet_deadline(kind="climate_alarm_open", subject=alarm.id)


def find_alarm(alarm_id: UUID, *, lock: bool = False) -> Alarm:
    """Raises NotFound `alarm_not_found`."""
    rows = Alarm.objects.select_for_update(of=("self",)) if lock else Alarm.objects
    found = rows.select_related("sensor__room", "acknowledged_by").filter(id=alarm_id).first()
    if found is None:
        raise NotFound("alarm_not_found")
    return found


@transaction.atomic
def acknowledge(grant: Grant, *, alarm_id: UUID, note: str) -> Alarm:
    """Somebody is on it, and says what is done.

    Raises:
        NotFound: `alarm_not_found`. Conflict: `alarm_acknowledged`. Invalid: `alarm_note_missing`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    alarm, words = find_alarm(alarm_id, lock=True), note.strip()[:_LONGEST]
    if alarm.acknowledged_at:
        raise Conflict("alarm_acknowledged", number=alarm.name)
    if not words:
        raise Invalid("alarm_note_missing")
    alarm.acknowledged_at, alarm.acknowledged_by_id = clock.now(), grant.person
    alarm.sealed_note = seal_json(words, table=_TABLE, row=str(alarm.id), field=_FIELD)
    alarm.save()
    facts = {"number": alarm.name}
    append(
        action="climate.alarm_acknowledged",
        actor=grant.actor,
        subject=alarm.id,
        facts=facts,
        private={"note": words},
    )
    return alarm


def note_of(alarm: Alarm) -> str:
    if alarm.sealed_note is None:
        return ""
    found: str = open_json(bytes(alarm.sealed_note), table=_TABLE, row=str(alarm.id), field=_FIELD)
    return found


def watch_climate() -> None:
    """For the keeper, who calls often: silent sensors, alarms nobody answers, swings, readings that are old."""
    from yidang.storeroom.climate.taking import drop_old

    find_silent()
    escalate_due()
    mark = settings.YIDANG.home / "run" / "climate-dropped"
    if not mark.exists() or clock.now().timestamp() - mark.stat().st_mtime > rules.DAY.total_seconds() / 24:
        drop_old()
        mark.touch()


def find_silent() -> int:
    """Sensors that stopped speaking; the alarm ends with their next reading."""
    return sum(_look_for_silence(pk) for pk in Sensor.objects.filter(is_active=True).values_list("pk", flat=True))


@transaction.atomic
def _look_for_silence(pk: int) -> bool:
    sensor = Sensor.objects.select_related("room").get(pk=pk)
    rule = alarm_rule()
    quiet = rules.silent_since(
        sensor.last_at or sensor.made_at,
        sensor.every_seconds,
        now=clock.now(),
        missed=rule.silent_after,
        at_least=rule.silent_at_least,
    )
    if quiet is None or _open(sensor, [rules.SILENT]):
        return False
    limit = max(sensor.every_seconds * rule.silent_after, rule.silent_at_least)
    raise_alarm(sensor, rules.Breach(rules.SILENT, round(quiet.total_seconds()), limit))
    return True


def _open(sensor: Sensor, kinds: Iterable[str]) -> bool:
    return Alarm.objects.filter(sensor=sensor, kind__in=list(kinds), ended_at__isnull=True).exists()


def escalate_due() -> int:
    """Alarms that stand unanswered too long are told to who answers for the store, once each."""
    before = clock.now() - timedelta(minutes=alarm_rule().escalate_minutes)
    waiting = Alarm.objects.filter(
        ended_at__isnull=True, acknowledged_at__isnull=True, escalated_at__isnull=True, raised_at__lt=before
    )
    return sum(_escalate(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _escalate(pk: int) -> bool:
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("sensor__room").get(pk=pk)
    if alarm.escalated_at or alarm.acknowledged_at or alarm.ended_at:
        return False
    alarm.escalated_at = clock.now()
    alarm.save(update_fields=["escalated_at"])
    append(action="climate.alarm_escalated", actor=_ACTOR, subject=alarm.id, facts={"number": alarm.name})
    where = {"number": alarm.name, "sensor": alarm.sensor.code, "room": alarm.sensor.room.code}
    notify(kind="climate_alarm_escalated", permission=Permission.SEE_STOREROOM, facts=where, subject_url=address(alarm))
    return True
