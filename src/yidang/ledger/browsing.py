"""Going through the log by time, action, person or record: newest first, page by page, without counting it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from yidang.ledger.ids import first_id
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import Event

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; blank means everything. `until` is not included any more. `before` is an entry."""

    since: datetime | None = None
    until: datetime | None = None
    actions: tuple[str, ...] = ()
    actor: str = ""
    subject: UUID | None = None
    before: UUID | None = None


def page(asked: Asked, size: int) -> list[Event]:
    """The newest `size` entries that fit, those before `asked.before`."""
    return [_event(row) for row in _rows(asked).order_by("-id")[:size]]


def walk(asked: Asked) -> Iterator[Event]:
    """Every entry that fits, oldest first, in constant memory."""
    rows = _rows(asked).order_by("id")
    last: UUID | None = None
    while some := list((rows.filter(id__gt=last) if last else rows)[:_AT_ONCE]):
        yield from map(_event, some)
        last = some[-1].id


def actions() -> list[str]:
    """Every kind of event there is, as far as the last hundred thousand tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT action FROM (SELECT action FROM ledger_entry ORDER BY id DESC LIMIT 100000) e")
        return sorted(row[0] for row in cursor.fetchall())


def _rows(asked: Asked) -> QuerySet[Any]:
    rows = LedgerEntry.objects.annotate(at_position=F("place__position"))
    limits: Mapping[str, object] = {
        "id__gte": asked.since and first_id(asked.since),
        "id__lt": asked.until and first_id(asked.until),
        "action__in": asked.actions,
        "actor": asked.actor,
        "subject": asked.subject,
    }
    rows = rows.filter(**{name: value for name, value in limits.items() if value})
    return rows.filter(id__lt=asked.before) if asked.before else rows


def _event(row: Any) -> Event:
    facts = json.loads(bytes(row.entry))["facts"]
    return Event(row.id, row.at_position, row.at, row.action, row.actor, row.subject, facts)
