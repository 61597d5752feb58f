"""What the ledger holds of an account, so that a row changed behind the system's back no longer fits.

Every change of an account appends an entry with the keyed digest of its state: name, duty, password, second factors.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from yidang.crypto.fields import blind_index, open_json
from yidang.identity.models import Factor, Staff
from yidang.ledger.operations import append


def attest(action: str, *, actor: str, staff: Staff, **facts: str) -> None:
    """Inside the transaction of the change, after it."""
    state = {"state": state_of(staff), "naming": naming_of(staff)}
    append(action=action, actor=actor, subject=staff.id, facts=facts | state)


def state_of(staff: Staff) -> str:
    kept = Staff.objects.get(pk=staff.pk)
    return digest(
        staff=str(kept.id),
        username=kept.username,
        duty=kept.duty,
        is_active=kept.is_active,
        password=kept.password,
        must_change_password=kept.must_change_password,
        sso_subject=bytes(kept.sso_subject or b""),
        factors=Factor.objects.filter(staff=kept).order_by("id"),
    )


def naming_of(staff: Staff) -> str:
    """Apart from the state, which older entries hold without it."""
    name = Staff.objects.values_list("display_name", flat=True).get(pk=staff.pk)
    return blind_index("staff_naming", f"{staff.pk} {name}").hex()


def digest(*, sso_subject: bytes, factors: Iterable[Factor], **facts: Any) -> str:
    whole = facts | {
        "sso_subject": base64.b64encode(sso_subject).decode(),
        "factors": [[str(one.id), one.kind, opened(one)] for one in factors],
    }
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return blind_index("staff_state", text).hex()


def opened(factor: Factor) -> Mapping[str, Any]:
    """Raises Invalid `field_damaged`."""
    value: Mapping[str, Any] = open_json(
        bytes(factor.sealed), table="identity_factor", row=str(factor.id), field="sealed"
    )
    return value
