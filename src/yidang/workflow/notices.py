"""Telling people: a notice in the house for each, and an outbox row for each address, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.identity.models import Staff
from yidang.identity.policy import Permission, grant_for
from yidang.kernel.clock import now
from yidang.workflow.models import Address, Choice, Delivery, Notice
from yidang.workflow.outbox_models import Channel

# Every kind has a text `notice_<kind>` in a room's messages.toml; those told only in the house go to no outbox.
_kinds: dict[str, bool] = {}


def register_notices(*codes: str, only_in_house: bool = False) -> None:
    """Makes kinds known, so that people can choose how each reaches them."""
    _kinds.update(dict.fromkeys(codes, only_in_house))


def register_deadline(code: str) -> None:
    """A deadline speaks twice: before its day as `code`, after it as `<code>_late`."""
    register_notices(code, f"{code}_late")


register_notices("approval_asked", "approval_done", "approval_refused", "approval_expired", "task_given")
register_deadline("task_due")
register_notices("delivery_dead", only_in_house=True)


def notice_kinds() -> Sequence[str]:
    """Those a person may choose channels for."""
    return tuple(code for code, only_in_house in _kinds.items() if not only_in_house)


@transaction.atomic
def notify(
    *,
    kind: str,
    subject_url: str,
    to: Iterable[UUID] = (),
    permission: Permission | None = None,
    department: str | None = None,
    facts: Mapping[str, Any] | None = None,
    not_for: UUID | None = None,
) -> list[Notice]:
    """One notice for each person named or having the permission; written with the change it tells of.

    `facts` stand in clear and fill the places of the text `notice_<kind>`: codes, numbers and dates, never a person.
    By mail and webhook only the kind, `facts["number"]` and a link go out.
    """
    people = recipients(to, permission, department) - {*filter(None, [not_for])}
    at = now()
    known = dict(facts or {})
    notices = [
        Notice(kind=kind, facts=known, subject_url=subject_url, recipient_id=pk, made_at=at)
        for pk in sorted(people, key=str)
    ]
    Notice.objects.bulk_create(notices)
    if not _kinds.get(kind):
        number = str(known.get("number", ""))
        Delivery.objects.bulk_create(_deliveries(kind, number, subject_url, people, at))
    return notices


def recipients(to: Iterable[UUID], permission: Permission | None, department: str | None = None) -> set[UUID]:
    named: set[UUID] = set(Staff.objects.filter(pk__in=list(to), is_active=True).values_list("pk", flat=True))
    return named | staff_with(permission, department) if permission else named


def staff_with(permission: Permission, department: str | None = None) -> set[UUID]:
    """Who may do it at this moment. Asked one by one: what a post allows is decided in one place, and staff are few."""
    grants = {one.pk: grant_for(one) for one in Staff.objects.filter(is_active=True)}
    return {
        pk
        for pk, grant in grants.items()
        if grant.allows(permission) and (not department or grant.departments is None or department in grant.departments)
    }


def _deliveries(kind: str, number: str, url: str, people: set[UUID], at: datetime) -> list[Delivery]:
    unwanted = set(
        Choice.objects.filter(staff__in=people, kind=kind, is_wanted=False).values_list("staff_id", "channel")
    )
    own = Address.objects.filter(staff__in=people, is_active=True)
    house = Address.objects.filter(staff=None, party="", channel=Channel.WEBHOOK, is_active=True)
    wanted = [one for one in own if (one.staff_id, one.channel) not in unwanted] + list(house if people else ())
    return [
        Delivery(address=address, kind=kind, number=number, subject_url=url, made_at=at, next_at=at)
        for address in wanted
    ]
