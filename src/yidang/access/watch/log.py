"""The log of events as the audit administrator reads it: who, what, when, which record; never what is in a record."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.holdings.queries import codes_of, get_item
from yidang.identity.names import names_of
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger import browsing
from yidang.ledger.browsing import Asked
from yidang.ledger.operations import append
from yidang.ledger.queries import Event

PAGE = 100
USUAL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """An event with the names people know: who did it, and the 档号 of the record it is about."""

    event: Event
    who: str
    reference_code: str

    def details(self) -> list[tuple[str, Any]]:
        """For the page, where a fact called `items` would stand in the way of the facts' own items."""
        return list(self.event.facts.items())


@dataclass(frozen=True)
class Sheet:
    lines: list[Line]
    following: UUID | None


def usual_days() -> tuple[str, str]:
    """From and to when nothing is asked for: the last week."""
    today = clock.now().astimezone(CHINA).date()
    return (today - timedelta(days=USUAL_DAYS)).isoformat(), today.isoformat()


def asked(given: Mapping[str, str]) -> Asked:
    """From a form: dates from and to (both included), action, actor, 档号 or id; the last week unless said otherwise.

    Raises:
        Invalid: `audit_period_malformed`.
    """
    first, last = usual_days()
    since, until = _day(given.get("since") or first), _day(given.get("until") or last)
    if since > until:
        raise Invalid("audit_period_malformed")
    return Asked(
        since=_midnight(since),
        until=_midnight(until + timedelta(days=1)),
        actions=tuple(filter(None, [given.get("action", "")])),
        actor=given.get("actor", ""),
        subject=_subject(given.get("subject", "")),
        before=_id(given.get("before", "")),
    )


@transaction.atomic
def sheet(grant: Grant, wanted: Asked) -> Sheet:
    """One page of the log. That it was read is itself an event."""
    grant.require(Permission.SEE_AUDIT)
    events = browsing.page(wanted, PAGE + 1)
    append(action="audit.viewed", actor=grant.actor)
    shown = events[:PAGE]
    return Sheet(_lines(shown), shown[-1].id if len(events) > PAGE else None)


@transaction.atomic
def whole(grant: Grant, wanted: Asked, form: str) -> Iterator[Line]:
    """Every line that fits, oldest first, for a file in that form."""
    grant.require(Permission.SEE_AUDIT)
    append(action="audit.exported", actor=grant.actor, facts={"format": form})
    return _walk(replace(wanted, before=None))


def _walk(wanted: Asked) -> Iterator[Line]:
    held: list[Event] = []
    for event in browsing.walk(wanted):
        held.append(event)
        if len(held) == 10 * PAGE:
            yield from _lines(held)
            held = []
    yield from _lines(held)


def _lines(events: list[Event]) -> list[Line]:
    names = names_of(event.actor for event in events)
    codes = codes_of({event.subject for event in events if event.subject})
    return [Line(one, names[one.actor], codes.get(one.subject, "") if one.subject else "") for one in events]


def _subject(text: str) -> UUID | None:
    """By id, or by a number a record has or had; what nobody knows fits no event."""
    if not text.strip():
        return None
    with acting(SYSTEM), suppress(NotFound):
        return get_item(SYSTEM, text).pk
    return _id(text.strip()) or UUID(int=0)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date:
    """Raises Invalid: `audit_period_malformed`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("audit_period_malformed") from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, clock_time(), CHINA)


def facts_of(line: Line) -> dict[str, Any]:
    """What a file says of a line; the same keys whatever the form."""
    event = line.event
    return {
        "id": str(event.id),
        "position": event.position,
        "at": event.at.isoformat(),
        "action": event.action,
        "actor": event.actor,
        "who": line.who,
        "subject": str(event.subject) if event.subject else None,
        "reference_code": line.reference_code or None,
        "facts": dict(event.facts),
    }
