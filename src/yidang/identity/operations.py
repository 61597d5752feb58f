"""Signing in and out."""

import math

from django.contrib.auth import authenticate
from django.db import transaction

from yidang.identity import throttle
from yidang.identity.models import Staff
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.operations import append


def check_sign_in(*, username: str, password: str, address: str) -> Staff:
    """The member of staff these credentials belong to; the caller opens the session.

    Raises:
        Conflict: `too_many_sign_ins`, with the minutes to wait; said before the password is looked at.
        NotAllowed: `sign_in_failed`; the same for an unknown name, a wrong password and a closed account.
    """
    account, origin = throttle.account_key(username), throttle.address_key(address)
    if until := throttle.blocked_until([account, origin]):
        raise Conflict("too_many_sign_ins", minutes=math.ceil((until - now()).total_seconds() / 60))
    staff = authenticate(username=username, password=password)
    if not isinstance(staff, Staff):
        _refuse(account, origin)
        raise NotAllowed("sign_in_failed")
    with transaction.atomic():
        throttle.forget(account)
        append(action="staff.signed_in", actor=str(staff.id), subject=staff.id)
    return staff


@transaction.atomic
def _refuse(account: bytes, origin: bytes) -> None:
    throttle.record_failure(account, throttle.ACCOUNT)
    throttle.record_failure(origin, throttle.ADDRESS)
    append(action="staff.refused", actor="system:sign_in")


def sign_out(*, staff: Staff) -> None:
    with transaction.atomic():
        append(action="staff.signed_out", actor=str(staff.id), subject=staff.id)


def choose_language(*, staff: Staff, language: str) -> None:
    """The face's language for this person from now on."""
    Staff.objects.filter(pk=staff.pk).update(language=language)
