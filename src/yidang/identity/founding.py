"""The first administrators of a new archive: made on the server, while nobody is there to make or appoint them."""

import secrets
from dataclasses import dataclass

from django.db import transaction

from yidang.identity.appointing import give_post
from yidang.identity.attesting import attest
from yidang.identity.departments import load_departments
from yidang.identity.models import Role, Staff, duty_of
from yidang.identity.posts import in_force
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict

ACTOR = "system:founding"
# Two of security, for posts are given by two people.
WANTED = {Role.SYSTEM_ADMIN: 1, Role.SECURITY_ADMIN: 2, Role.AUDIT_ADMIN: 1}
# Without 0/O, 1/l/i: a first password is read from a terminal and typed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Founder:
    username: str
    role: str
    password: str


@transaction.atomic
def found() -> list[Founder]:
    """One account for each administrator still missing; the passwords are changed at the first sign-in.

    Raises:
        Conflict: `founded_already` when each administration has its people: more are made by them.
    """
    load_departments()
    missing = [(role, n) for role, wanted in WANTED.items() for n in range(_held(role) + 1, wanted + 1)]
    if not missing:
        raise Conflict("founded_already")
    return [_create(role, number) for role, number in missing]


def _held(role: str) -> int:
    return in_force().filter(role=role, staff__is_active=True).values("staff").distinct().count()


def _create(role: str, number: int) -> Founder:
    username = _free_name(
        f"{role.removesuffix('_admin')}-{number}" if WANTED[Role(role)] > 1 else role.removesuffix("_admin")
    )
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    staff = Staff(username=username, display_name=username, duty=duty_of(role), must_change_password=True)
    staff.set_password(password)
    staff.save(force_insert=True)
    attest("staff.created", actor=ACTOR, staff=staff, username=username, duty=staff.duty)
    give_post(staff, role=role, department=None, since=today(), actor=ACTOR)
    return Founder(username, role, password)


def _free_name(wanted: str) -> str:
    taken = set(Staff.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    names = [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)
