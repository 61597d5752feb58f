"""Passkeys (WebAuthn level 2): added by their bearer, then proved at the door or as a second factor.

A begun ceremony is a state the browser's session keeps between its two halves; it serves once.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yidang.crypto.fields import blind_index
from yidang.identity import throttle
from yidang.identity.appointing import locked_staff
from yidang.identity.attesting import attest, opened
from yidang.identity.models import Factor, Staff
from yidang.identity.proving import refuse_factor, save_factor
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.operations import append

State = Mapping[str, Any]
_NAME = "Yidang 医档"
MOST = 10


def is_possible(host: str) -> bool:
    """Browsers bind passkeys to a name, never to a bare address."""
    name = _name_of(host)
    return name == "localhost" or (any(letter.isalpha() for letter in name) and ":" not in name)


def begin_adding(*, staff: Staff, host: str) -> tuple[dict[str, Any], State]:
    """What the browser is asked, and the state to keep. Raises Conflict `passkeys_many`."""
    held = _credentials(Factor.objects.filter(staff=staff, kind=Factor.Kind.PASSKEY))
    if len(held) >= MOST:
        raise Conflict("passkeys_many")
    bearer = PublicKeyCredentialUserEntity(id=staff.id.bytes, name=staff.username, display_name=staff.username)
    options, state = _server(host).register_begin(
        bearer,
        credentials=held,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), dict(state)


def add(*, staff: Staff, host: str, state: State, answer: Mapping[str, Any], name: str) -> Factor:
    """Raises Invalid `passkey_refused`, Conflict `factor_held`."""
    try:
        data = _server(host).register_complete(state, answer)
    except (ValueError, TypeError, KeyError):
        raise Invalid("passkey_refused") from None
    credential = data.credential_data
    if credential is None:
        raise Invalid("passkey_refused")
    index = _index(credential.credential_id)
    with transaction.atomic():
        locked_staff(staff.id)
        if Factor.objects.filter(credential=index).exists():
            raise Conflict("factor_held")
        value = {"credential": base64.b64encode(bytes(credential)).decode()}
        factor = save_factor(staff, Factor.Kind.PASSKEY, value, name=name[:60], credential=index, counter=data.counter)
        attest("staff.factor_added", actor=str(staff.id), staff=staff, kind=factor.kind)
    return factor


def begin_proving(*, host: str, staff: Staff | None = None) -> tuple[dict[str, Any], State]:
    """Without a person the browser offers the passkeys it knows: so the answer tells nobody who has an account."""
    held = _credentials(Factor.objects.filter(staff=staff, kind=Factor.Kind.PASSKEY)) if staff else None
    options, state = _server(host).authenticate_begin(
        credentials=held, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), dict(state)


def prove(*, host: str, state: State, answer: Mapping[str, Any], staff: Staff | None = None) -> Staff:
    """Whose passkey it was: with `staff`, that person's. It holds two factors: the device, and what unlocks it.

    Raises:
        Conflict: `too_many_sign_ins`.
        NotAllowed: `passkey_refused`; the same whatever was wrong.
    """
    if staff is not None:
        throttle.require_open(throttle.factor_key(staff.id))
    try:
        with transaction.atomic():
            return _prove(host, state, answer, staff)
    except (ValueError, TypeError, KeyError, Factor.DoesNotExist):
        _refuse(staff)
        raise NotAllowed("passkey_refused") from None


def _prove(host: str, state: State, answer: Mapping[str, Any], staff: Staff | None) -> Staff:
    response = AuthenticationResponse.from_dict(answer)
    factor = Factor.objects.select_for_update().get(credential=_index(response.raw_id))
    bearer = Staff.objects.get(pk=factor.staff_id)
    if not bearer.is_active or (staff is not None and bearer.pk != staff.pk):
        raise ValueError
    _server(host).authenticate_complete(state, _credentials([factor]), answer)
    count = response.response.authenticator_data.counter
    if (count or factor.counter > 0) and count <= factor.counter:
        raise ValueError  # a copy of the key has been at work (WebAuthn 6.1.1)
    factor.counter, factor.used_at = count, now()
    factor.save(update_fields=["counter", "used_at"])
    throttle.forget(throttle.factor_key(bearer.id))
    return bearer


def _refuse(staff: Staff | None) -> None:
    if staff is not None:
        refuse_factor(staff)
        return
    with transaction.atomic():
        append(action="staff.refused", actor="system:sign_in")


def _server(host: str) -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(id=_name_of(host), name=_NAME)
    return Fido2Server(rp, verify_origin=lambda origin: _is_ours(origin, host))


def _is_ours(origin: str, host: str) -> bool:
    parts = urlsplit(origin)
    return parts.netloc == host and (parts.scheme == "https" or parts.hostname == "localhost")


def _credentials(factors: Any) -> Sequence[AttestedCredentialData]:
    return [AttestedCredentialData(base64.b64decode(opened(one)["credential"])) for one in factors]


def _name_of(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _index(credential_id: bytes) -> bytes:
    return blind_index("passkey", credential_id.hex())
