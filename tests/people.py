"""Members of staff for a test."""

from datetime import date

from django.db import transaction

from yidang.identity.appointing import give_post
from yidang.identity.attesting import attest
from yidang.identity.departments import load_departments
from yidang.identity.institutions import register_institution
from yidang.identity.models import Staff, duty_of
from yidang.identity.policy import system_grant

LONG_AGO = date(2020, 1, 1)
CLINIC = "H99010000009"  # a designated institution


@transaction.atomic
def employ(username: str, role: str = "", department: str | None = None, *, password: str = "", **more) -> Staff:
    """An account with one post held for years, or with none when no role is named."""
    load_departments()
    if department == CLINIC:
        register_institution(grant=system_grant("test"), code=CLINIC, name="测试医院")
    staff = Staff(username=username, display_name=f"某{username}", duty=duty_of(role) if role else "records", **more)
    staff.set_password(password or None)
    staff.save()
    attest("staff.created", actor="system:test", staff=staff, username=username, duty=staff.duty)
    if role:
        give_post(staff, role=role, department=department, since=LONG_AGO, actor="system:test")
    return staff
