"""Whoever changes people behind the system's back is found out by `verify`."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from identity.doors import with_app
from people import LONG_AGO, employ
from yidang.identity import proving, staffing
from yidang.identity.appointing import end_post
from yidang.identity.demo import create_demo_staff
from yidang.identity.models import Factor, Post, Staff
from yidang.identity.passwords import change_password
from yidang.identity.policy import grant_for
from yidang.identity.restoring import restore_staff
from yidang.identity.verification import verify_people
from yidang.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    (settings.YIDANG.home / "demo-logins.txt").unlink(missing_ok=True)
    create_demo_staff()
    assert verify_people() == []


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def named() -> list[tuple[str, str]]:
    return [(one.code, str(one.facts["username"])) for one in verify_people()]


ATTACKS = {
    "a reader made an archivist": (
        "UPDATE identity_post SET role = 'archivist', department_id = NULL WHERE role = 'reader'",
        ("post_changed", "daiyu"),
    ),
    "a doctor moved to another department": (
        "UPDATE identity_post SET department_id = 'k-ek' WHERE department_id = 'k-gk'",
        ("post_changed", "guke"),
    ),
    "a post prolonged": (
        "UPDATE identity_post SET until = '2090-01-01' WHERE role = 'manager'",
        ("post_changed", "zhuren"),
    ),
    "a name changed": (
        "UPDATE identity_staff SET display_name = '别人' WHERE username = 'daiyu'",
        ("staff_renamed", "daiyu"),
    ),
    "a post taken away": ("DELETE FROM identity_post WHERE role = 'audit_admin'", ("post_lost", "shenji")),
    "a closed account": (
        "UPDATE identity_staff SET is_active = false WHERE username = 'shenji'",
        ("staff_changed", "shenji"),
    ),
    "another's password": (
        "UPDATE identity_staff a SET password = 'md5$x$y' WHERE a.username = 'anquan'",
        ("staff_changed", "anquan"),
    ),
    "another name": (
        "UPDATE identity_staff SET username = 'root' WHERE username = 'xitong'",
        ("staff_changed", "root"),
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_change_by_sql_is_named(attack):
    statement, difference = ATTACKS[attack]
    sql(statement)
    assert named() == [difference]


def test_a_post_slipped_in_is_named():
    staff = Staff.objects.get(username="xinnei")
    Post.objects.create(staff=staff, duty="records", role="manager", since=LONG_AGO, appointed_by=str(uuid4()))
    assert named() == [("post_unknown", "xinnei")]


def test_an_account_slipped_in_is_named():
    Staff(username="gui", display_name="鬼").save()
    assert named() == [("staff_unknown", "gui")]


@pytest.mark.parametrize("attack", ["DELETE FROM identity_factor", "UPDATE identity_factor SET sealed = 'x'"])
def test_a_second_factor_taken_away_is_named(attack):
    staff = Staff.objects.get(username="anquan")
    with_app(staff)
    assert verify_people() == []
    sql(attack)
    assert named() == [("staff_changed", "anquan")]


def test_a_planted_factor_is_named():
    proving.save_factor(Staff.objects.get(username="anquan"), "totp", {"secret": "GEZDGNBVGY3TQOJQ"})
    assert named() == [("staff_changed", "anquan")]


def test_what_goes_the_right_way_is_in_order():
    security = grant_for(Staff.objects.get(username="anquan"))
    system = grant_for(Staff.objects.get(username="xitong"))
    doctor = Staff.objects.get(username="guke")
    end_post(grant=security, post_id=doctor.posts.get().id, until=clock.today())
    staffing.reset_password(grant=system, staff_id=doctor.id, password="another-word")
    doctor.refresh_from_db()
    change_password(staff=doctor, old="another-word", new="a-word-of-my-own")
    secret = with_app(doctor)
    assert secret
    proving.prove_code(staff=doctor, code=proving.new_recovery_codes(staff=doctor)[0])
    proving.remove_factor(staff=doctor, factor_id=Factor.objects.get(kind="totp").id)
    staffing.set_active(grant=system, staff_id=doctor.id, is_active=False)
    employ("new", "reader", "dyg")
    assert named() == []


def test_after_a_lost_database_nothing_is_held_against_the_restored():
    sql("DELETE FROM identity_post")
    sql("DELETE FROM identity_staff")
    assert {code for code, _ in named()} == {"staff_lost", "post_lost"}
    restore_staff()
    assert verify_people() == []


def test_dates_are_compared_as_dates():
    Post.objects.filter(role="manager").update(since=date(2001, 1, 1))
    assert named() == [("post_changed", "zhuren")]


def test_a_department_of_another_name_is_named():
    sql("UPDATE identity_department SET name_zh = '别科' WHERE code = 'k-gk'")
    assert [(one.code, one.facts["department"]) for one in verify_people()] == [("department_changed", "k-gk")]
