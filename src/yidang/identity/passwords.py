"""Passwords chosen by their bearers: forced at first, never one of the last few."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction

from yidang.identity import throttle
from yidang.identity.appointing import locked_staff
from yidang.identity.attesting import attest
from yidang.identity.models import PastPassword, Staff
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid, NotAllowed


def change_password(*, staff: Staff, old: str, new: str) -> Staff:
    """The caller has asked Django's validators already. Ends no session: the caller ends the others.

    Raises:
        Conflict: `too_many_sign_ins`.
        NotAllowed: `password_wrong`.
        Invalid: `password_used_before`.
    """
    account = throttle.account_key(staff.username)
    throttle.require_open(account)
    if not staff.check_password(old):
        with transaction.atomic():
            throttle.record_failure(account, throttle.ACCOUNT)
        raise NotAllowed("password_wrong")
    with transaction.atomic():
        kept = locked_staff(staff.id)
        if _was_used(kept, new):
            raise Invalid("password_used_before")
        set_password(kept, new, must_change=False)
        attest("staff.password_changed", actor=str(kept.id), staff=kept)
    return kept


def set_password(staff: Staff, new: str, *, must_change: bool) -> None:
    """Inside a transaction that attests it."""
    if staff.has_usable_password():
        PastPassword.objects.create(staff=staff, password=staff.password, until=now())
    keep = PastPassword.objects.filter(staff=staff).order_by("-until").values("pk")[: settings.YIDANG.password_history]
    PastPassword.objects.filter(staff=staff).exclude(pk__in=list(keep.values_list("pk", flat=True))).delete()
    staff.set_password(new)
    staff.must_change_password = must_change
    staff.save(update_fields=["password", "must_change_password"])


def _was_used(staff: Staff, new: str) -> bool:
    past = PastPassword.objects.filter(staff=staff).values_list("password", flat=True)
    return any(check_password(new, known) for known in [staff.password, *past])
