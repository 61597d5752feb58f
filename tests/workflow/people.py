"""Invented staff with posts of today."""

from django.db import transaction

from yidang.identity.appointing import give_post
from yidang.identity.departments import load_departments
from yidang.identity.models import Staff, duty_of
from yidang.identity.policy import Grant, grant_for
from yidang.kernel.clock import today


@transaction.atomic
def employ(username: str, role: str, department: str | None = None) -> Staff:
    load_departments()
    staff = Staff.objects.create(username=username, display_name=f"某{username}", duty=duty_of(role))
    give_post(staff, role=role, department=department, since=today(), actor="system:test")
    return staff


def grant_of(username: str) -> Grant:
    return grant_for(Staff.objects.get(username=username))
