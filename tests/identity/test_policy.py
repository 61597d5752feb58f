"""Who may do what; the three roles of this house."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from yidang.identity.departments import clinical_code, load_departments
from yidang.identity.models import Department, Staff
from yidang.identity.policy import ON_RECORDS, PERMISSIONS, SYSTEM, Grant, Permission, grant_for
from yidang.kernel.errors import NotAllowed


def member(role: str, department: str | None = None, **more) -> Staff:
    return Staff(username=f"{role}1", display_name="某", role=role, department_id=department, **more)


def test_no_role_both_runs_the_system_and_reads_records():
    for permissions in PERMISSIONS.values():
        assert not (permissions & ON_RECORDS and permissions - ON_RECORDS)


def test_an_archivist_does_everything_on_all_records():
    grant = grant_for(member("archivist"))
    assert grant.permissions == ON_RECORDS
    assert grant.departments is None


def test_a_reader_reads_the_own_department_and_nothing_else():
    grant = grant_for(member("reader", "dyg"))
    assert grant.permissions == {Permission.VIEW_RECORDS}
    assert grant.departments == {"dyg"}


def test_a_system_administrator_reads_no_record():
    grant = grant_for(member("system_admin"))
    assert not grant.permissions & ON_RECORDS
    assert grant.departments == frozenset()
    with pytest.raises(NotAllowed, match="not_allowed"):
        grant.require(Permission.VIEW_RECORDS)


@pytest.mark.parametrize("nobody", [AnonymousUser(), None, member("archivist", is_active=False)])
def test_who_is_not_active_staff_may_nothing(nobody):
    grant = grant_for(nobody)
    assert not grant.permissions
    assert grant.departments == frozenset()


def test_the_ledger_tells_people_from_components():
    staff = member("reader", "dyg")
    assert grant_for(staff).actor == str(staff.id)
    assert SYSTEM.actor == "system:jobs"
    assert isinstance(SYSTEM, Grant)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "department"), [("reader", None), ("system_admin", "dyg"), ("both", None)])
def test_the_database_refuses_a_role_that_could_leak(role, department):
    load_departments()
    with pytest.raises(IntegrityError), transaction.atomic():
        member(role, department).save()


@pytest.mark.django_db
def test_departments_load_twice_without_change():
    load_departments()
    before = list(Department.objects.order_by("code").values())
    load_departments()
    assert list(Department.objects.order_by("code").values()) == before
    assert {"cbg", "dyg", "cwg", "jhg", "mbg"} <= {row["code"] for row in before}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("心内科", "k-xxg"),
        ("心血管内科", "k-xxg"),
        ("住院部 心内科二病区", "k-xxg"),
        ("内科", "k-nk"),
        ("肾内科", "k-sn"),
        ("", None),
        ("收费处", None),
    ],
)
def test_a_printed_department_leads_to_its_code(printed, code):
    assert clinical_code(printed) == code
