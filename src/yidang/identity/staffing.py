"""Accounts: made and closed by the system administrator, never deleted, so that the ledger's names keep a bearer."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yidang.identity.models import Role, Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append


def all_staff(grant: Grant) -> QuerySet[Staff]:
    grant.require(Permission.MANAGE_STAFF)
    return Staff.objects.select_related("department").order_by("-is_active", "username")


@transaction.atomic
def create_staff(
    *, grant: Grant, username: str, display_name: str, role: str, department: str | None, password: str
) -> Staff:
    """Raises Conflict `username_taken`, Invalid `department_missing` for a reader without one."""
    grant.require(Permission.MANAGE_STAFF)
    if role == Role.READER and not department:
        raise Invalid("department_missing")
    department = department if role == Role.READER else None  # the others see all records or none
    staff = Staff(username=username, display_name=display_name, role=role, department_id=department)
    staff.set_password(password)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError:
        raise Conflict("username_taken", username=username) from None
    facts = {"username": username, "role": role, "department": department or ""}
    append(action="staff.created", actor=grant.actor, subject=staff.id, facts=facts)
    return staff


@transaction.atomic
def set_active(*, grant: Grant, staff_id: UUID, is_active: bool) -> Staff:
    """Closing an account ends its sessions with the next request. Raises Conflict `own_account`."""
    grant.require(Permission.MANAGE_STAFF)
    if staff_id == grant.staff_id:
        raise Conflict("own_account")
    staff = _locked(staff_id)
    if staff.is_active != is_active:
        staff.is_active = is_active
        staff.save(update_fields=["is_active"])
        action = "staff.opened" if is_active else "staff.closed"
        append(action=action, actor=grant.actor, subject=staff.id, facts={"username": staff.username})
    return staff


@transaction.atomic
def reset_password(*, grant: Grant, staff_id: UUID, password: str) -> Staff:
    grant.require(Permission.MANAGE_STAFF)
    staff = _locked(staff_id)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    append(action="staff.password_reset", actor=grant.actor, subject=staff.id, facts={"username": staff.username})
    return staff


def _locked(staff_id: UUID) -> Staff:
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise NotFound("staff_not_found")
    return staff
