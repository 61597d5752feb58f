"""Submissions owed: generated ahead from the requirements, read for calendar, lists and the overdue board."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yidang.collection import holidays
from yidang.collection.models import Obligation, Requirement
from yidang.collection.requirements import recurrence_of
from yidang.collection.rules import WorkCalendar, days_late, owed
from yidang.crypto.fields import open_field, seal_field
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.workflow.rules import next_reminder

AHEAD = timedelta(days=62)
WAITING = (Obligation.State.OPEN, Obligation.State.PARTIAL)
_LONGEST_REASON = 400


def generate() -> int:
    """What falls due in the coming two months, once each; how many are new. Dates follow the calendar of holidays."""
    calendar = holidays.work_calendar()
    made = 0
    for requirement in Requirement.objects.filter(is_active=True).prefetch_related("owers"):
        made += _generate(requirement, calendar)
    return made


@transaction.atomic
def _generate(requirement: Requirement, calendar: WorkCalendar) -> int:
    until = today() + (AHEAD if requirement.every != "workday" else timedelta(days=7))
    rows, dates = [], {}
    for period, due in owed(
        recurrence_of(requirement), calendar, starts=requirement.starts_on, ends=requirement.ends_on, until=until
    ):
        dates[period.code] = due
        rows += [
            Obligation(
                requirement=requirement,
                institution_id=ower.institution_id,
                section_id=ower.section_id,
                period=period.code,
                first_day=period.first,
                last_day=period.last,
                due_on=due,
                next_reminder_on=_first_reminder(requirement, due),
            )
            for ower in requirement.owers.all()
        ]
    before = requirement.obligations.count()
    Obligation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    _move(requirement, dates)
    return requirement.obligations.count() - before


def _first_reminder(requirement: Requirement, due: date) -> date | None:
    """What was long over when it was written down is no reason to send a year of reminders: one, now."""
    first = next_reminder(due, requirement.remind_days, after=today() - timedelta(days=1))
    return first or (today() if requirement.remind_days else None)


def _move(requirement: Requirement, dates: Mapping[str, date]) -> None:
    """A holiday entered later moves the dates of what is still open."""
    for one in requirement.obligations.filter(state=Obligation.State.OPEN, period__in=dates):
        if one.due_on != dates[one.period]:
            one.due_on = dates[one.period]
            one.next_reminder_on = _first_reminder(requirement, one.due_on)
            one.save(update_fields=["due_on", "next_reminder_on"])


def visible(grant: Grant) -> QuerySet[Obligation]:
    """Who belongs to a section sees its own desk's duties and those of institutions that hand in to it."""
    grant.require(Permission.SEE_COLLECTION)
    found = Obligation.objects.select_related("requirement__series", "institution", "section")
    if grant.departments is None:
        return found
    own = Q(section__in=grant.departments) | Q(
        institution__isnull=False, requirement__series__department__in=grant.departments
    )
    return found.filter(own)


def find(grant: Grant, obligation_id: UUID) -> Obligation:
    """Raises NotFound: `obligation_not_found`."""
    found = visible(grant).filter(pk=obligation_id).first()
    if found is None:
        raise NotFound("obligation_not_found")
    return found


def between(grant: Grant, first: date, last: date) -> QuerySet[Obligation]:
    return visible(grant).filter(due_on__range=(first, last))


def filtered(grant: Grant, given: Mapping[str, str]) -> QuerySet[Obligation]:
    """`given`: state (waiting, late or one state), institution, section, series, period."""
    found = visible(grant)
    state = given.get("state", "")
    if state in {"waiting", "late"}:
        found = found.filter(state__in=WAITING)
    if state == "late":
        found = found.filter(due_on__lt=today())
    if state in Obligation.State.values:
        found = found.filter(state=state)
    for name in ("institution", "section", "period"):
        if given.get(name):
            found = found.filter(**{name: given[name][:32]})
    if given.get("series"):
        found = found.filter(requirement__series=given["series"][:16])
    return found


def overdue(grant: Grant) -> QuerySet[Obligation]:
    return filtered(grant, {"state": "late"})


def overdue_count(grant: Grant) -> int:
    return overdue(grant).count() if grant.allows(Permission.SEE_COLLECTION) else 0


def lateness(obligation: Obligation) -> int:
    return days_late(obligation.due_on, today()) if obligation.state in WAITING else 0


@transaction.atomic
def waive(grant: Grant, *, obligation_id: UUID, reason: str) -> Obligation:
    """Nothing comes, and that is right. Raises Invalid: `reason_missing`; Conflict: `obligation_settled`."""
    grant.require(Permission.COLLECT)
    if not reason.strip():
        raise Invalid("reason_missing")
    obligation = lock_waiting(obligation_id)
    words = reason.strip()[:_LONGEST_REASON]
    obligation.state, obligation.settled_at, obligation.next_reminder_on = Obligation.State.WAIVED, now(), None
    obligation.sealed_reason = seal_field(
        words.encode(), table="collection_obligation", row=str(obligation.pk), field="reason"
    )
    obligation.save()
    append(
        action="obligation.waived",
        actor=grant.actor,
        subject=obligation.pk,
        facts={"period": obligation.period},
        private={"reason": words},
    )
    _end_letters(obligation)
    return obligation


def _end_letters(obligation: Obligation) -> None:
    from yidang.collection.letters import answer_for  # letters ask for what stands here

    answer_for(obligation)


def lock_waiting(obligation_id: UUID) -> Obligation:
    obligation = Obligation.objects.select_for_update(of=("self",)).filter(pk=obligation_id).first()
    if obligation is None:
        raise NotFound("obligation_not_found")
    if obligation.state not in WAITING:
        raise Conflict("obligation_settled")
    return obligation


def reason_of(obligation: Obligation) -> str:
    if obligation.sealed_reason is None:
        return ""
    sealed = bytes(obligation.sealed_reason)
    return open_field(sealed, table="collection_obligation", row=str(obligation.pk), field="reason").decode()
