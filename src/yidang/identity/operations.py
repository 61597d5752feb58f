"""Signing in and out."""

from django.contrib.auth import authenticate
from django.db import transaction

from yidang.identity import throttle
from yidang.identity.models import Staff
from yidang.kernel.errors import NotAllowed
from yidang.ledger.operations import append


def check_sign_in(*, username: str, password: str, address: str) -> Staff:
    """The member of staff these credentials belong to; the caller asks for a second factor, or opens the session.

    Raises:
        Conflict: `too_many_sign_ins`, with the minutes to wait; said before the password is looked at.
        NotAllowed: `sign_in_failed`; the same for an unknown name, a wrong password and a closed account.
    """
    account, origin = throttle.account_key(username), throttle.address_key(address)
    throttle.require_open(account, origin)
    staff = authenticate(username=username, password=password)
    if not isinstance(staff, Staff):
        _refuse(account, origin)
        raise NotAllowed("sign_in_failed")
    throttle.forget(account)
    return staff


@transaction.atomic
def _refuse(account: bytes, origin: bytes) -> None:
    throttle.record_failure(account, throttle.ACCOUNT)
    throttle.record_failure(origin, throttle.ADDRESS)
    append(action="staff.refused", actor="system:sign_in")


def check_again(*, staff: Staff, password: str) -> None:
    """The password once more, of who needs no second factor. Raises as `check_sign_in`, and `password_wrong`."""
    account = throttle.account_key(staff.username)
    throttle.require_open(account)
    if staff.check_password(password):
        return
    with transaction.atomic():
        throttle.record_failure(account, throttle.ACCOUNT)
        append(action="staff.refused", actor="system:sign_in")
    raise NotAllowed("password_wrong")


def choose_language(*, staff: Staff, language: str) -> None:
    """The face's language for this person from now on."""
    Staff.objects.filter(pk=staff.pk).update(language=language)
