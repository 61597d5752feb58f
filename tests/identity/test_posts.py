"""Posts have dates; two people give one; the database keeps the three administrators apart."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from people import LONG_AGO, employ
from yidang.identity import appointing, posts
from yidang.identity.appointing import Sanction, appoint, end_post, give_post
from yidang.identity.models import Post, Staff
from yidang.identity.policy import Grant, grant_for
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import event

pytestmark = pytest.mark.django_db


@pytest.fixture
def sanction() -> Sanction:
    return Sanction(uuid4(), employ("anquan", "security_admin").id, employ("anquan2", "security_admin").id)


@pytest.fixture
def security(sanction) -> Grant:
    return grant_for(Staff.objects.get(pk=sanction.asked_by))


def on(monkeypatch, day: date) -> None:
    for module in (clock, posts, appointing):
        monkeypatch.setattr(module, "today", lambda: day)


def test_a_doctor_who_moves_loses_the_old_department_that_very_day(sanction, security, monkeypatch):
    doctor = employ("yisheng", "doctor", "k-xxg")
    moving = clock.today() + timedelta(days=10)
    end_post(grant=security, post_id=doctor.posts.get().id, until=moving)
    appoint(sanction=sanction, staff_id=doctor.id, role="doctor", department="k-gk", since=moving)
    on(monkeypatch, moving - timedelta(days=1))
    assert grant_for(doctor).departments == {"k-xxg"}
    on(monkeypatch, moving)
    assert grant_for(doctor).departments == {"k-gk"}


def test_a_post_begins_on_its_day_and_ends_by_itself(sanction, monkeypatch):
    staff = employ("linshi")
    begin = clock.today() + timedelta(days=3)
    end = begin + timedelta(days=2)
    appoint(sanction=sanction, staff_id=staff.id, role="reader", department="dyg", since=begin, until=end)
    seen = []
    for days in range(6):
        on(monkeypatch, clock.today() if days == 0 else begin + timedelta(days=days - 3))
        seen.append(bool(grant_for(staff).permissions))
    assert seen == [False, False, False, True, True, False]


def test_a_post_ended_today_is_gone_at_once(security):
    reader = employ("daiyu", "reader", "dyg")
    end_post(grant=security, post_id=reader.posts.get().id, until=clock.today())
    assert grant_for(reader).permissions == frozenset()
    reader.refresh_from_db()
    assert (reader.role, reader.department_id) == ("", None)


def test_the_ledger_says_who_asked_who_approved_and_what(sanction):
    staff = employ("xin")
    appoint(sanction=sanction, staff_id=staff.id, role="archivist", department=None, since=clock.today())
    entry = LedgerEntry.objects.get(action="post.given", subject=staff.id)
    assert entry.actor == str(sanction.approved_by)
    facts = event(entry.id).facts
    assert (facts["role"], facts["asked_by"], facts["approval"]) == (
        "archivist",
        str(sanction.asked_by),
        str(sanction.approval_id),
    )


def test_one_person_is_not_two(sanction):
    alone = Sanction(uuid4(), sanction.asked_by, sanction.asked_by)
    with pytest.raises(NotAllowed, match="second_person_missing"):
        appoint(sanction=alone, staff_id=employ("xin").id, role="archivist", department=None, since=clock.today())


def test_nobody_raises_himself(sanction):
    for oneself in (sanction.asked_by, sanction.approved_by):
        with pytest.raises(NotAllowed, match="own_post"):
            appoint(sanction=sanction, staff_id=oneself, role="security_admin", department=None, since=clock.today())


@pytest.mark.parametrize("role", ["archivist", "reader", "doctor", "manager", "system_admin", "audit_admin"])
def test_only_the_security_administrator_ends_posts(role):
    other = employ("qita", role, {"reader": "dyg", "doctor": "k-xxg"}.get(role))
    with pytest.raises(NotAllowed, match="not_allowed"):
        end_post(grant=grant_for(other), post_id=other.posts.get().id, until=clock.today())


@pytest.mark.parametrize(
    ("role", "department", "code"),
    [
        ("system_admin", None, "role_unfit"),
        ("doctor", None, "department_missing"),
        ("doctor", "dyg", "department_unfit"),
        ("doctor", "nowhere", "department_unfit"),
        ("archivist", "dyg", "department_unfit"),
    ],
)
def test_a_post_must_fit_the_person(sanction, role, department, code):
    with pytest.raises(Invalid, match=code):
        appoint(sanction=sanction, staff_id=employ("x").id, role=role, department=department, since=clock.today())


def test_a_post_is_held_once_at_a_time(sanction):
    staff = employ("y", "reader", "dyg")
    with pytest.raises(Conflict, match="post_held"):
        appoint(sanction=sanction, staff_id=staff.id, role="reader", department="dyg", since=clock.today())


def test_dates_run_forward(sanction, security):
    staff = employ("y", "reader", "dyg")
    with pytest.raises(Invalid, match="post_dates"):
        give_post(staff, role="archivist", department=None, since=LONG_AGO, until=LONG_AGO, actor="system:test")
    with pytest.raises(Invalid, match="post_dates"):
        end_post(grant=security, post_id=staff.posts.get().id, until=clock.today() - timedelta(days=1))
    with pytest.raises(NotFound, match="post_not_found"):
        end_post(grant=security, post_id=uuid4(), until=clock.today())


def held(staff: Staff, **more) -> Post:
    return Post(staff=staff, since=LONG_AGO, appointed_by="root", **more)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_admin", {"duty": "security", "role": "security_admin"}),
        ("system_admin", {"duty": "system", "role": "audit_admin"}),
        ("security_admin", {"duty": "records", "role": "archivist"}),
        ("audit_admin", {"duty": "audit", "role": "reader", "department_id": "dyg"}),
        ("archivist", {"duty": "audit", "role": "audit_admin"}),
    ],
)
def test_the_database_itself_keeps_the_administrators_apart(first, second):
    staff = employ("x", first)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(staff, **second).save()


def test_the_database_refuses_another_duty_to_who_ever_held_a_post():
    staff = employ("x", "audit_admin")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE identity_staff SET duty = 'records' WHERE id = %s", [staff.id])


@pytest.mark.parametrize(
    "post",
    [
        {"role": "reader"},
        {"role": "archivist", "department_id": "dyg"},
        {"role": "archivist", "until": date(2019, 1, 1)},
        {"role": "everything"},
    ],
)
def test_the_database_refuses_a_post_that_could_leak(post):
    staff = employ("x")
    with pytest.raises(IntegrityError), transaction.atomic():
        held(staff, duty="records", **post).save()
