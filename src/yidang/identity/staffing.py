"""Accounts: made and closed by the system administrator, never deleted, so that the ledger's names keep a bearer."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yidang.identity.appointing import locked_staff
from yidang.identity.attesting import attest
from yidang.identity.models import Duty, Staff
from yidang.identity.passwords import set_password
from yidang.identity.policy import Grant, Permission
from yidang.identity.visits import end_others
from yidang.kernel.errors import Conflict, Invalid


def all_staff(grant: Grant) -> QuerySet[Staff]:
    grant.require(Permission.MANAGE_STAFF)
    return Staff.objects.select_related("department").order_by("-is_active", "username")


@transaction.atomic
def create_staff(*, grant: Grant, username: str, display_name: str, password: str, duty: str = Duty.RECORDS) -> Staff:
    """An account that may do nothing yet: the security administrators give it a post.

    Raises Conflict `username_taken`, Invalid `duty_unknown`.
    """
    grant.require(Permission.MANAGE_STAFF)
    if duty not in Duty.values:
        raise Invalid("duty_unknown")
    staff = Staff(username=username, display_name=display_name, duty=duty)
    staff.set_password(password)
    staff.must_change_password = True
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError:
        raise Conflict("username_taken", username=username) from None
    attest("staff.created", actor=grant.actor, staff=staff, username=username, duty=duty)
    return staff


@transaction.atomic
def set_active(*, grant: Grant, staff_id: UUID, is_active: bool) -> Staff:
    """Closing an account ends its sessions with the next request. Raises Conflict `own_account`."""
    grant.require(Permission.MANAGE_STAFF)
    if staff_id == grant.staff_id:
        raise Conflict("own_account")
    staff = locked_staff(staff_id)
    if staff.is_active != is_active:
        staff.is_active = is_active
        staff.save(update_fields=["is_active"])
        if not is_active:
            end_others(staff=staff, actor=grant.actor, ending="closed")
        action = "staff.opened" if is_active else "staff.closed"
        attest(action, actor=grant.actor, staff=staff, username=staff.username)
    return staff


@transaction.atomic
def reset_password(*, grant: Grant, staff_id: UUID, password: str) -> Staff:
    """The bearer must change it at the next sign-in; open sessions end."""
    grant.require(Permission.MANAGE_STAFF)
    staff = locked_staff(staff_id)
    set_password(staff, password, must_change=True)
    attest("staff.password_reset", actor=grant.actor, staff=staff, username=staff.username)
    end_others(staff=staff, actor=grant.actor, ending="reset")
    return staff
