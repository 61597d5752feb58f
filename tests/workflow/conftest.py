"""A kind of approval whose whole effect is a person's language: easily changed, easily looked at."""

from uuid import UUID

import pytest

from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel.errors import NotFound
from yidang.workflow import approvals
from yidang.workflow.approvals import Kind, Line

from .people import employ, grant_of

CODE = "test_language"


def describe(plan):
    staff = Staff.objects.filter(pk=plan["staff"]).first()
    if staff is None:
        raise NotFound("staff_not_found")
    if staff.language == plan["language"]:
        return []
    return [Line(f"界面语言 {staff.username}", staff.language, plan["language"])]


def execute(plan, approval):
    assert approval.decided_by_id
    Staff.objects.filter(pk=plan["staff"]).update(language=plan["language"])


KIND = Kind(
    code=CODE,
    title="改语言",
    ask=Permission.MANAGE_ROLES,
    approve=Permission.APPROVE_SECURITY,
    describe=describe,
    execute=execute,
    lock=lambda plan: list(Staff.objects.select_for_update().filter(pk=plan["staff"])),
    concerns=lambda plan: frozenset({UUID(plan["staff"])}),
)


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(approvals, "_kinds", {**approvals._kinds, CODE: KIND})
    return KIND


@pytest.fixture
def house(db):
    """Anquan asks, guan may approve, other security officer too; mou is whom it is about."""
    for username, role, department in (
        ("anquan", "security_admin", None),
        ("anquan2", "security_admin", None),
        ("guan", "manager", None),
        ("dangan", "archivist", None),
        ("daiyu", "reader", "dyg"),
        ("xitong", "system_admin", None),
    ):
        employ(username, role, department)
    return grant_of


@pytest.fixture
def plan(house):
    return {"staff": str(house("daiyu").staff_id), "language": "en"}
