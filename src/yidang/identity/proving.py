"""Second factors added, proved and removed. Wrong guesses are slowed down as those of passwords are."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from yidang.crypto.fields import blind_index, seal_json
from yidang.identity import throttle, totp
from yidang.identity.appointing import Sanction, locked_staff, require_two
from yidang.identity.attesting import attest, opened
from yidang.identity.factors import has_factor, is_required
from yidang.identity.models import Factor, Staff
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append

CODES = 10
# Without 0/o, 1/l/i: read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_HALF = 5


def add_totp(*, staff: Staff, secret: str, code: str) -> Factor:
    """The code proves that the app took the secret. Raises Invalid `code_wrong`, Conflict `factor_held`."""
    step = totp.step_of(secret, _bare(code), now().timestamp(), after=-1)
    if step is None:
        raise Invalid("code_wrong")
    with transaction.atomic():
        locked_staff(staff.id)
        if Factor.objects.filter(staff=staff, kind=Factor.Kind.TOTP).exists():
            raise Conflict("factor_held")
        factor = save_factor(staff, Factor.Kind.TOTP, {"secret": secret}, counter=step)
        attest("staff.factor_added", actor=str(staff.id), staff=staff, kind=factor.kind)
        return factor


def new_recovery_codes(*, staff: Staff) -> list[str]:
    """Shown once, kept as keyed digests; the earlier ones count no more. Raises NotAllowed `factor_missing`."""
    codes = [f"{_half()}-{_half()}" for _ in range(CODES)]
    with transaction.atomic():
        locked_staff(staff.id)
        if not has_factor(staff.id):
            raise NotAllowed("factor_missing")
        Factor.objects.filter(staff=staff, kind=Factor.Kind.RECOVERY).delete()
        digests = [_digest(staff.id, code) for code in codes]
        save_factor(staff, Factor.Kind.RECOVERY, {"codes": digests})
        attest("staff.recovery_codes_made", actor=str(staff.id), staff=staff)
    return codes


def prove_code(*, staff: Staff, code: str) -> str:
    """Of the app or a recovery code; answers which. Each opens once.

    Raises:
        Conflict: `too_many_sign_ins`.
        NotAllowed: `code_refused`.
    """
    throttle.require_open(throttle.factor_key(staff.id))
    with transaction.atomic():
        if kind := _opens(staff, _bare(code)):
            throttle.forget(throttle.factor_key(staff.id))
            return kind
    refuse_factor(staff)
    raise NotAllowed("code_refused")


@transaction.atomic
def refuse_factor(staff: Staff) -> None:
    throttle.record_failure(throttle.factor_key(staff.id), throttle.ACCOUNT)
    append(action="staff.factor_refused", actor=str(staff.id), subject=staff.id)


@transaction.atomic
def remove_factor(*, staff: Staff, factor_id: UUID) -> None:
    """Raises NotFound `factor_not_found`, Conflict `factor_needed` for the last one of who must have one."""
    locked_staff(staff.id)
    factor = Factor.objects.filter(pk=factor_id, staff=staff).first()
    if factor is None:
        raise NotFound("factor_not_found")
    kind = factor.kind
    factor.delete()
    if not has_factor(staff.id):
        if is_required(staff):
            raise Conflict("factor_needed")
        Factor.objects.filter(staff=staff).delete()  # recovery codes stand in for nothing any more
    attest("staff.factor_removed", actor=str(staff.id), staff=staff, kind=kind)


@transaction.atomic
def forget_factors(*, sanction: Sanction, staff_id: UUID) -> None:
    """For who lost the telephone and the codes; the next sign-in asks for new ones.

    Two persons stand behind it: one alone, who also sets passwords, could walk in as anybody.

    Raises:
        NotAllowed: `second_person_missing`, `own_post`. NotFound: `staff_not_found`.
    """
    require_two(sanction, staff_id)
    staff = locked_staff(staff_id)
    Factor.objects.filter(staff=staff).delete()
    attest("staff.factors_reset", actor=str(sanction.approved_by), staff=staff, username=staff.username)


def save_factor(staff: Staff, kind: str, value: Mapping[str, Any], **more: Any) -> Factor:
    factor_id = uuid4()
    sealed = seal_json(value, table="identity_factor", row=str(factor_id), field="sealed")
    return Factor.objects.create(id=factor_id, staff=staff, kind=kind, sealed=sealed, added_at=now(), **more)


def _opens(staff: Staff, code: str) -> str:
    for factor in Factor.objects.select_for_update().filter(staff=staff).exclude(kind=Factor.Kind.PASSKEY):
        if factor.kind == Factor.Kind.TOTP and _is_new_code(factor, code):
            return str(factor.kind)
        if factor.kind == Factor.Kind.RECOVERY and _spend(staff, factor, code):
            return str(factor.kind)
    return ""


def _is_new_code(factor: Factor, code: str) -> bool:
    step = totp.step_of(opened(factor)["secret"], code, now().timestamp(), after=factor.counter)
    if step is None:
        return False
    factor.counter, factor.used_at = step, now()
    factor.save(update_fields=["counter", "used_at"])
    return True


def _spend(staff: Staff, factor: Factor, code: str) -> bool:
    left = list(opened(factor)["codes"])
    digest = _digest(staff.id, code)
    if digest not in left:
        return False
    left.remove(digest)
    factor.sealed = seal_json({"codes": left}, table="identity_factor", row=str(factor.id), field="sealed")
    factor.used_at = now()
    factor.save(update_fields=["sealed", "used_at"])
    attest("staff.recovery_code_used", actor=str(staff.id), staff=staff, left=str(len(left)))
    return True


def codes_left(staff: Staff) -> int:
    factor = Factor.objects.filter(staff=staff, kind=Factor.Kind.RECOVERY).first()
    return len(opened(factor)["codes"]) if factor else 0


def _digest(staff_id: UUID, code: str) -> str:
    return blind_index("recovery_code", f"{staff_id}\n{_bare(code)}").hex()


def _half() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_HALF))


def _bare(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()
