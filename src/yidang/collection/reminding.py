"""Reminders before and after the date: a notice for those in the house, a message to the institution itself."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.collection.institutions import party_of
from yidang.collection.models import Obligation, Requirement
from yidang.collection.obligations import WAITING
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.ledger.operations import append
from yidang.workflow.operations import notify, register_deadline, tell_party
from yidang.workflow.rules import next_reminder

KIND, LATE = "submission_due", "submission_due_late"
ACTOR = "system:collection"
_LONGEST_NUMBER = 40


def register() -> None:
    register_deadline(KIND)


def remind() -> int:
    """What is to be said today; a day missed is made up for. How many submissions were reminded of.

    Those of one requirement and period are one notice in the house, however many institutions owe them.
    """
    due = Obligation.objects.filter(next_reminder_on__lte=today(), state__in=WAITING)
    groups: dict[tuple[UUID, str, str | None], list[UUID]] = defaultdict(list)
    for pk, requirement, period, section in due.values_list("pk", "requirement", "period", "section"):
        groups[requirement, period, section].append(pk)
    return sum(_remind(ids) for ids in groups.values())


@transaction.atomic
def _remind(ids: Sequence[UUID]) -> int:
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("requirement", "institution", "section")
    waiting = list(rows.filter(pk__in=ids, next_reminder_on__lte=today(), state__in=WAITING))
    if not waiting:
        return 0
    first = waiting[0]
    kind = KIND if first.due_on >= today() else LATE
    _tell_the_house(first, kind, len(waiting))
    told = [one for one in waiting if one.institution and _tell_institution(one, kind)]
    for one in waiting:
        one.next_reminder_on = next_reminder(one.due_on, one.requirement.remind_days, after=today())
    Obligation.objects.bulk_update(waiting, ["next_reminder_on"])
    facts = {"period": first.period, "waiting": len(waiting), "told": [one.institution_id for one in told]}
    append(action="obligation.reminded", actor=ACTOR, subject=first.requirement_id, facts=facts)
    return len(waiting)


def _tell_the_house(one: Obligation, kind: str, count: int) -> None:
    number = named(one.requirement, one.period)
    facts = {"number": number, "due_on": one.due_on.isoformat(), "count": count}
    if one.section_id:
        url = f"/collection/obligations/{one.pk}/"
        notify(kind=kind, permission=Permission.SEE_COLLECTION, department=one.section_id, facts=facts, subject_url=url)
    else:
        url = f"/collection/obligations/?state=waiting&series={one.requirement.series_id}&period={one.period}"
        notify(kind=kind, permission=Permission.COLLECT, facts=facts, subject_url=url)


def _tell_institution(one: Obligation, kind: str) -> bool:
    assert one.institution is not None  # noqa: S101 - asked by the caller
    return bool(
        tell_party(
            party=party_of(one.institution),
            kind=kind,
            number=named(one.requirement, f"{one.period} · {one.due_on.isoformat()}"),
            subject_url=f"/collection/obligations/{one.pk}/",
        )
    )


def named(requirement: Requirement, period: str) -> str:
    return f"{requirement.title[: _LONGEST_NUMBER - len(period) - 1]} {period}"
