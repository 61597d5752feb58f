"""Demonstration staff: a password of its own in every home, in one private file."""

import stat

import pytest
from django.conf import settings

from yidang.identity.demo import create_demo_staff
from yidang.identity.models import Post, Role, Staff
from yidang.identity.restoring import restore_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logins_file().unlink(missing_ok=True)


def logins_file():
    return settings.YIDANG.home / "demo-logins.txt"


def test_every_role_is_played_by_somebody():
    logins = create_demo_staff()
    assert [(login.username, login.role) for login in logins][:3] == [
        ("dangan", "archivist"),
        ("daiyu", "reader"),
        ("xitong", "system_admin"),
    ]
    assert {login.role for login in logins} == set(Role.values)
    assert len([login for login in logins if login.role == Role.DOCTOR]) == 2
    assert all(Staff.objects.get(username=login.username).check_password(login.password) for login in logins)
    assert Staff.objects.get(username="daiyu").department_id == "dyg"


def test_the_passwords_stand_only_in_a_private_file():
    (first, *_) = create_demo_staff()
    assert stat.S_IMODE(logins_file().stat().st_mode) == 0o600
    assert first.password in logins_file().read_text()
    assert first.password not in repr(list(Staff.objects.values_list()))


def test_asking_again_changes_no_password():
    assert create_demo_staff() == create_demo_staff()
    assert Staff.objects.count() == Post.objects.count() == len(create_demo_staff())


def test_every_home_has_a_password_of_its_own():
    before = {login.password for login in create_demo_staff()}
    logins_file().unlink()
    logins = create_demo_staff()
    after = {login.password for login in logins}
    assert not before & after
    assert len(after) == len(before) == 1
    assert all(Staff.objects.get(username=login.username).check_password(login.password) for login in logins)


def test_after_a_lost_database_accounts_come_back_closed():
    ids = {login.username: Staff.objects.get(username=login.username).pk for login in create_demo_staff()}
    Post.objects.all().delete()
    Staff.objects.all().delete()
    assert {"daiyu", "dangan", "xitong"} < set(restore_staff())
    reader = Staff.objects.get(username="daiyu")
    assert (reader.pk, reader.duty, reader.is_active) == (ids["daiyu"], "records", False)
    assert Staff.objects.get(username="xitong").duty == "system"
    assert not reader.has_usable_password()
    assert restore_staff() == []
