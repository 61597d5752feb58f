"""Who may do what, by the posts held today."""

import pytest
from django.contrib.auth.models import AnonymousUser

from people import CLINIC, LONG_AGO, employ
from yidang.identity.appointing import give_post
from yidang.identity.departments import clinical_code, load_departments
from yidang.identity.models import Department
from yidang.identity.policy import ON_BOTH_SIDES, ON_RECORDS, PERMISSIONS, SYSTEM, Grant, Permission, grant_for
from yidang.kernel.errors import Invalid, NotAllowed

READERS = ("archivist", "reader", "doctor", "manager", "section_head", "acceptor", "inspector", "decision_signer")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_no_administrator_reads_records(role):
    assert not PERMISSIONS[role] & ON_RECORDS
    assert not any(PERMISSIONS[role] & PERMISSIONS[other] for other in ADMINISTRATORS if other != role)


@pytest.mark.parametrize("role", [*READERS, "storekeeper", "credit_admin", "institution_clerk"])
def test_who_reads_records_administers_nothing(role):
    assert PERMISSIONS[role] <= ON_RECORDS | ON_BOTH_SIDES


@pytest.mark.django_db
def test_an_archivist_works_on_all_records():
    grant = grant_for(employ("a", "archivist"))
    assert {Permission.INGEST, Permission.DESCRIBE, Permission.VIEW_RECORDS} <= grant.permissions
    assert grant.departments is None


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "department"), [("reader", "dyg"), ("doctor", "k-xxg"), ("section_head", "dyg")])
def test_who_belongs_to_a_department_reads_it_and_nothing_else(role, department):
    grant = grant_for(employ("r", role, department))
    assert Permission.VIEW_RECORDS in grant.permissions
    assert Permission.DOWNLOAD not in grant.permissions
    assert grant.departments == {department}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_is_refused_every_record(role):
    grant = grant_for(employ("x", role))
    assert grant.departments == frozenset()
    with pytest.raises(NotAllowed, match="not_allowed"):
        grant.require(Permission.VIEW_RECORDS)


@pytest.mark.django_db
def test_a_third_party_reaches_only_what_is_given():
    grant = grant_for(employ("y", "acceptor"))
    assert grant.allows(Permission.CHECK_ACCESSION)
    assert grant.departments == frozenset()
    assert grant.reaches == ()


@pytest.mark.django_db
def test_an_institution_s_clerk_answers_for_it_and_reads_no_record():
    grant = grant_for(employ("z", "institution_clerk", CLINIC))
    assert grant.institutions == {CLINIC}
    assert grant.reaches == ()
    assert grant.departments == frozenset()
    with pytest.raises(Invalid, match="department_unfit"):
        employ("z2", "institution_clerk", "dyg")
    with pytest.raises(Invalid, match="department_unfit"):
        employ("z3", "doctor", CLINIC)


def test_who_keeps_credit_sees_nothing_medical():
    assert PERMISSIONS["credit_admin"] == {Permission.SEE_CREDIT, Permission.SCORE_CREDIT}


def test_whoever_did_the_work_is_not_its_third_party():
    assert [role for role in PERMISSIONS if Permission.CHECK_ACCESSION in PERMISSIONS[role]] == ["acceptor"]


def test_who_carries_the_boxes_reads_none():
    assert Permission.VIEW_RECORDS not in PERMISSIONS["storekeeper"]


@pytest.mark.django_db
def test_two_posts_add_up():
    staff = employ("d", "doctor", "k-xxg")
    give_post(staff, role="reader", department="dyg", since=LONG_AGO, actor="system:test")
    grant = grant_for(staff)
    assert grant.departments == {"k-xxg", "dyg"}
    assert grant.role == "doctor"


@pytest.mark.django_db
def test_who_is_not_active_staff_may_nothing():
    for nobody in (AnonymousUser(), None, employ("a", "archivist", is_active=False), employ("b")):
        grant = grant_for(nobody)
        assert not grant.permissions
        assert grant.departments == frozenset()


@pytest.mark.django_db
def test_the_ledger_tells_people_from_components():
    staff = employ("r", "reader", "dyg")
    assert grant_for(staff).actor == str(staff.id)
    assert SYSTEM.actor == "system:jobs"
    assert isinstance(SYSTEM, Grant)


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
