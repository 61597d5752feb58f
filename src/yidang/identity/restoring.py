"""Accounts after a lost database: the ledger knows who there was, nobody knows their passwords."""

import json

from django.db import transaction

from yidang.identity.attesting import attest
from yidang.identity.departments import load_departments
from yidang.identity.models import Staff, duty_of
from yidang.ledger.models import LedgerEntry


@transaction.atomic
def restore_staff() -> list[str]:
    """Brings back the missing accounts, closed and without a password, and answers their user names.

    So the history's actors have a bearer; an administrator opens the accounts again.
    """
    load_departments()
    known = set(Staff.objects.values_list("pk", flat=True))
    names = set(Staff.objects.values_list("username", flat=True))
    restored = []
    for entry in LedgerEntry.objects.filter(action="staff.created").order_by("id"):
        facts = json.loads(bytes(entry.entry))["facts"]
        if entry.subject is None or entry.subject in known or facts["username"] in names:
            continue
        restored.append(_account(facts, entry))
    Staff.objects.bulk_create(restored)
    for staff in restored:
        attest("staff.restored", actor="system:rebuild", staff=staff)
    return [staff.username for staff in restored]


def _account(facts: dict[str, str], entry: LedgerEntry) -> Staff:
    staff = Staff(
        id=entry.subject,
        username=facts["username"],
        display_name=facts["username"],
        duty=facts.get("duty") or duty_of(facts["role"]),
        is_active=False,
    )
    staff.set_unusable_password()
    return staff
