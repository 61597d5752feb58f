"""Leaks, damage and losses: told by anybody, led by the head, with what the ledger knows of the record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.crypto.fields import open_json, seal_json
from yidang.duty.models import Incident
from yidang.holdings.models import Hold
from yidang.holdings.queries import get_item
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.identity.reach import acting
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.browsing import Asked, page
from yidang.ledger.operations import append
from yidang.ledger.queries import Event
from yidang.workflow.operations import notify

NOTICE = "incident_reported"
ROOM, HOLD = "duty", "incident"
_TABLE = "duty_incident"
_LONGEST = 4000
_CHAIN = 200  # events shown of a record


@dataclass(frozen=True)
class Account:
    """An incident with its words opened and the events of its record, newest first."""

    incident: Incident
    words: str
    outcome: str
    chain: list[Event]


@transaction.atomic
def report(*, grant: Grant, kind: str, happened_on: date, words: str, code: str = "") -> Incident:
    """By anybody with an account, about a record they can see or about none.

    Raises Invalid `incident_words_missing`, `incident_kind_unknown`, `incident_date`; NotFound `item_not_found`.
    """
    if kind not in Incident.Kind.values:
        raise Invalid("incident_kind_unknown")
    if not words.strip():
        raise Invalid("incident_words_missing")
    if happened_on > today():
        raise Invalid("incident_date")
    item = get_item(grant, code.strip()).pk if code.strip() else None
    made = Incident(kind=kind, happened_on=happened_on, item=item, reported_by_id=grant.person, reported_at=now())
    made.sealed = _seal(made, "words", words)
    made.save()
    facts = {"number": made.name, "kind": kind}
    append(action="incident.reported", actor=grant.actor, subject=item or made.id, facts=facts)
    if item is not None:
        _hold(grant, made, item)
    address = f"/duty/incidents/{made.id}/"
    notify(permission=Permission.KEEP_DUTIES, kind=NOTICE, subject_url=address, facts={"number": made.name})
    return made


@transaction.atomic
def close(*, grant: Grant, incident_id: UUID, outcome: str) -> Incident:
    """With what followed for the record and for whom. Raises NotFound, Invalid `incident_words_missing`, Conflict."""
    grant.require(Permission.KEEP_DUTIES)
    found = Incident.objects.select_for_update().filter(id=incident_id).first()
    if found is None:
        raise NotFound("incident_not_found")
    if found.closed_at is not None:
        raise Conflict("incident_closed")
    if not outcome.strip():
        raise Invalid("incident_words_missing")
    found.sealed_outcome = _seal(found, "outcome", outcome)
    found.closed_by_id, found.closed_at = grant.person, now()
    found.save(update_fields=["sealed_outcome", "closed_by", "closed_at"])
    append(action="incident.closed", actor=grant.actor, subject=found.item or found.id, facts={"number": found.name})
    _release(found)
    return found


def _hold(grant: Grant, incident: Incident, item: UUID) -> None:
    """What is being looked into is neither destroyed nor moved meanwhile."""
    Hold.objects.create(item_id=item, room=ROOM, reason_code=HOLD, placed_at=now(), reference=incident.id)
    append(action="incident.held", actor=grant.actor, subject=incident.id, facts={"number": incident.name})


def _release(incident: Incident) -> None:
    with acting(SYSTEM):  # who leads duties need not see the record
        Hold.objects.filter(room=ROOM, reference=incident.id).delete()


def incidents(grant: Grant) -> QuerySet[Incident]:
    """All for who keeps duties; else what oneself reported."""
    found = Incident.objects.select_related("reported_by").order_by("-number")
    return found if grant.allows(Permission.KEEP_DUTIES) else found.filter(reported_by=grant.staff_id)


@transaction.atomic
def account_of(grant: Grant, incident_id: UUID) -> Account:
    """Raises NotFound `incident_not_found`. The chain of events only for who keeps duties."""
    found = incidents(grant).select_related("closed_by").filter(id=incident_id).first()
    if found is None:
        raise NotFound("incident_not_found")
    append(action="incident.shown", actor=grant.actor, subject=found.item or found.id, facts={"number": found.name})
    sees_chain = grant.allows(Permission.KEEP_DUTIES)
    chain = page(Asked(subject=found.item or found.id), _CHAIN) if sees_chain else []
    return Account(found, _open(found, "words", found.sealed), _open(found, "outcome", found.sealed_outcome), chain)


def _seal(incident: Incident, field: str, words: str) -> bytes:
    return seal_json({"words": words.strip()[:_LONGEST]}, table=_TABLE, row=str(incident.id), field=field)


def _open(incident: Incident, field: str, sealed: bytes | memoryview | None) -> str:
    if sealed is None:
        return ""
    found: str = open_json(bytes(sealed), table=_TABLE, row=str(incident.id), field=field)["words"]
    return found
