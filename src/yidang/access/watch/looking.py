"""Looks at a day's use of records and lays down what is unusual in it. Repeating it changes nothing."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yidang.access.models import UseDay, UseDoubt
from yidang.access.watch.rules import OPENED, Act, Day, Doubt, doubts, surname
from yidang.holdings.models import Item, ItemScope
from yidang.holdings.queries import description
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.identity.posts import posts_in_force
from yidang.identity.reaches import DEPARTMENT, SECTION
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.ledger.browsing import Asked, walk
from yidang.ledger.operations import append
from yidang.workflow.operations import notify

_KEPT_EVIDENCE = 50
_EVERY = 3600.0  # seconds
_ACTOR = "system:watch"


@cache
def rule_table() -> dict[str, Any]:
    """Version and source of the rules, and each rule's thresholds under its name."""
    source = files("yidang.access") / "data" / "watch_rules.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def parameters() -> dict[str, Mapping[str, Any]]:
    return {name: rule for name, rule in rule_table().items() if isinstance(rule, dict)}


def look_when_due() -> int:
    """For the keeper, who calls often: looks once an hour."""
    mark: Path = settings.YIDANG.home / "run" / "watched"
    if mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _EVERY:
        return 0
    found = look_back()
    mark.touch()
    return found


def look_back() -> int:
    """Today so far, and whatever day was not looked at to its end; the number of new doubts."""
    today = clock.now().astimezone(CHINA).date()
    last = UseDay.objects.order_by("-day").values_list("day", flat=True).first()
    first = max(last, today - timedelta(days=7)) if last else today - timedelta(days=1)
    return sum(look(first + timedelta(days=n)) for n in range((today - first).days + 1))


def look(day: date) -> int:
    """The number of doubts not known before."""
    acts = _acts(day)
    people = Staff.objects.in_bulk(acts)
    opened = {act.subject for of_one in acts.values() for act in of_one if act.action == OPENED and act.subject}
    names, departments = _names(opened), _departments(opened)
    surnames = Counter(surname(name) for name in names.values())
    new = 0
    for staff_id, staff in people.items():
        lived = Day(
            acts=acts[staff_id],
            name=staff.display_name,
            own_departments=_own_departments(staff_id, day),
            names=names,
            departments=departments,
            usual=_usual(staff_id, day),
            surnames=surnames - _own_share(acts[staff_id], names),
        )
        new += sum(_lay_down(staff, day, doubt) for doubt in doubts(lived, parameters()))
        _remember(staff_id, day, acts[staff_id])
    return new


def _acts(day: date) -> dict[UUID, list[Act]]:
    begin = datetime.combine(day, clock_time(), CHINA)
    found: dict[UUID, list[Act]] = defaultdict(list)
    for event in walk(Asked(since=begin, until=begin + timedelta(days=1))):
        if not event.actor.startswith("system:"):
            found[UUID(event.actor)].append(Act(event.id, event.action, event.subject, event.at))
    return found


def _names(items: Iterable[UUID]) -> dict[UUID, str]:
    """Opened for the comparison alone; no name is kept."""
    found = {}
    for item in Item.objects.filter(pk__in=items).iterator(chunk_size=500):
        if name := description(item).fields.get("person_name"):
            found[item.pk] = str(name.value)
    return found


def _departments(items: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    scopes = ItemScope.objects.filter(item__in=items, kind__in=[SECTION, DEPARTMENT])
    for item, value in scopes.values_list("item_id", "value"):
        found[item].add(value)
    return {item: frozenset(values) for item, values in found.items()}


def _own_departments(staff_id: UUID, day: date) -> frozenset[str]:
    posts = list(posts_in_force(staff_id, day))
    if any(post.department_id is None for post in posts):
        return frozenset()
    return frozenset(str(post.department_id) for post in posts)


def _own_share(acts: Iterable[Act], names: Mapping[UUID, str]) -> Counter[str]:
    """A person's own reading must not make their family name look common."""
    seen = {act.subject for act in acts if act.action == OPENED}
    return Counter(surname(name) for item, name in names.items() if item in seen)


def _usual(staff_id: UUID, day: date) -> list[int]:
    since = day - timedelta(days=parameters()["volume"]["days"])
    return list(UseDay.objects.filter(staff=staff_id, day__gte=since, day__lt=day).values_list("records", flat=True))


def _remember(staff_id: UUID, day: date, acts: Iterable[Act]) -> None:
    records = len({act.subject for act in acts if act.action == OPENED})
    UseDay.objects.update_or_create(staff_id=staff_id, day=day, defaults={"records": records})


@transaction.atomic
def _lay_down(staff: Staff, day: date, doubt: Doubt) -> bool:
    """Numbers of an open doubt follow the day; a decided one stays as it was decided."""
    evidence = [str(entry) for entry in doubt.evidence[:_KEPT_EVIDENCE]]
    known = UseDoubt.objects.select_for_update().filter(rule=doubt.rule, staff=staff, day=day).first()
    if known is not None:
        if known.state == UseDoubt.State.OPEN:
            UseDoubt.objects.filter(pk=known.pk).update(facts=dict(doubt.facts), evidence=evidence)
        return False
    made = UseDoubt.objects.create(
        rule=doubt.rule, staff=staff, day=day, facts=dict(doubt.facts), evidence=evidence, found_at=clock.now()
    )
    append(action="use.doubted", actor=_ACTOR, subject=made.pk, facts={"rule": doubt.rule, "day": day.isoformat()})
    notify(
        kind="use_doubted", subject_url="/audit/unusual/", permission=Permission.SEE_AUDIT, facts={"rule": doubt.rule}
    )
    return True
