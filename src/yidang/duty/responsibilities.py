"""Appointing to a duty and ending it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.duty.catalogue import Duty, duties
from yidang.duty.models import Responsibility
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append

FIRST = "first_responsible"


@dataclass(frozen=True)
class Held:
    """A duty with who holds it today; nobody is a finding of its own."""

    duty: Duty
    holders: list[Responsibility]


def duties_today() -> list[Held]:
    in_force = (
        Responsibility.objects.select_related("staff__department")
        .filter(_in_force(today()))
        .order_by("since", "staff__username")
    )
    return [Held(duty, [one for one in in_force if one.duty == duty.code]) for duty in duties().values()]


def history() -> list[Responsibility]:
    return list(Responsibility.objects.select_related("staff").filter(until__lte=today()).order_by("-until")[:200])


def _in_force(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


@transaction.atomic
def appoint(*, grant: Grant, staff_id: UUID, duty: str, since: date, document: str = "") -> Responsibility:
    """A new first responsible person ends the one before.

    Raises NotFound `staff_not_found`, Invalid `responsibility_unknown`, Conflict `duty_held`.
    """
    grant.require(Permission.KEEP_DUTIES)
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is None:
        raise NotFound("staff_not_found")
    if duty not in duties():
        raise Invalid("responsibility_unknown")
    _make_room(grant, staff, duty, since)
    made = Responsibility.objects.create(
        staff=staff, duty=duty, since=since, document=document.strip()[:80], appointed_by_id=grant.person
    )
    facts = {"duty": duty, "since": since.isoformat(), "document": made.document}
    append(action="duty.given", actor=grant.actor, subject=staff.id, facts=facts)
    return made


def _make_room(grant: Grant, staff: Staff, duty: str, since: date) -> None:
    standing = Responsibility.objects.select_for_update().filter(duty=duty, until__isnull=True)
    if standing.filter(staff=staff).exists():
        raise Conflict("duty_held")
    if duty == FIRST:
        for one in standing:
            _end(grant, one, max(since, one.since))


@transaction.atomic
def end(*, grant: Grant, responsibility_id: UUID, until: date) -> Responsibility:
    """Raises NotFound `responsibility_not_found`, Invalid `duty_dates`."""
    grant.require(Permission.KEEP_DUTIES)
    found = Responsibility.objects.select_for_update().filter(pk=responsibility_id, until__isnull=True).first()
    if found is None:
        raise NotFound("responsibility_not_found")
    if until < found.since:
        raise Invalid("duty_dates")
    return _end(grant, found, until)


def _end(grant: Grant, one: Responsibility, until: date) -> Responsibility:
    one.until = until
    one.save(update_fields=["until"])
    facts = {"duty": one.duty, "until": until.isoformat()}
    append(action="duty.ended", actor=grant.actor, subject=one.staff_id, facts=facts)
    return one
