"""Accounts are made and closed by the system administrator alone."""

import pytest

from people import employ
from yidang.identity.models import Role, Staff
from yidang.identity.policy import PERMISSIONS, Grant, grant_for
from yidang.identity.staffing import all_staff, create_staff, reset_password, set_active
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db
NEW = {
    "username": "xinren",
    "display_name": "新人",
    "duty": "records",
    "password": "juniper-atlas",
}


@pytest.fixture
def admin() -> Grant:
    return grant_for(employ("xitong", Role.SYSTEM_ADMIN))


def test_an_account_is_made_and_written_to_the_ledger(admin):
    staff = create_staff(grant=admin, **NEW)
    assert staff.check_password("juniper-atlas")
    entry = LedgerEntry.objects.get(action="staff.created", subject=staff.id)
    assert entry.actor == admin.actor
    assert "新人" not in bytes(entry.entry).decode()


def test_a_name_is_given_once(admin):
    create_staff(grant=admin, **NEW)
    with pytest.raises(Conflict, match="username_taken"):
        create_staff(grant=admin, **NEW)


def test_a_duty_is_one_of_four(admin):
    with pytest.raises(Invalid, match="duty_unknown"):
        create_staff(grant=admin, **NEW | {"duty": "everything"})


def test_a_new_account_may_do_nothing_until_it_has_a_post(admin):
    assert grant_for(create_staff(grant=admin, **NEW)).permissions == frozenset()


def test_a_closed_account_may_do_nothing(admin):
    staff = employ("xinren", Role.READER, "dyg")
    closed = set_active(grant=admin, staff_id=staff.id, is_active=False)
    assert grant_for(closed).permissions == frozenset()
    assert grant_for(set_active(grant=admin, staff_id=staff.id, is_active=True)).permissions


def test_closing_twice_is_told_once(admin):
    staff = create_staff(grant=admin, **NEW)
    for _ in range(2):
        set_active(grant=admin, staff_id=staff.id, is_active=False)
    assert LedgerEntry.objects.filter(action="staff.closed").count() == 1


def test_nobody_closes_the_own_account(admin):
    with pytest.raises(Conflict, match="own_account"):
        set_active(grant=admin, staff_id=admin.staff_id, is_active=False)


def test_a_password_is_set_anew(admin):
    staff = create_staff(grant=admin, **NEW)
    assert reset_password(grant=admin, staff_id=staff.id, password="another-word").check_password("another-word")


@pytest.mark.parametrize("role", [Role.ARCHIVIST, Role.READER])
def test_other_posts_may_not(admin, role):
    other = Grant(admin.staff_id, "other", role, PERMISSIONS[role], frozenset())
    for attempt in (
        lambda: all_staff(other),
        lambda: create_staff(grant=other, **NEW),
        lambda: set_active(grant=other, staff_id=admin.staff_id, is_active=False),
        lambda: reset_password(grant=other, staff_id=admin.staff_id, password="another-word"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_unknown_account_is_not_found(admin):
    with pytest.raises(NotFound, match="staff_not_found"):
        reset_password(grant=admin, staff_id=Staff().id, password="another-word")
