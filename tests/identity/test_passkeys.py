"""Passkeys against a key of our own making: copies, replays, other houses and other people open nothing."""

import base64
import hashlib
import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData, AuthenticatorData, CollectedClientData

from identity.doors import admin, quick_hashes, reader
from yidang.identity import passkeys
from yidang.identity.models import Factor, Staff
from yidang.identity.proving import save_factor
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.models import LedgerEntry

__all__ = ["admin", "quick_hashes", "reader"]
pytestmark = pytest.mark.django_db
HOST = "archive.example"
PRESENT_AND_VERIFIED = 0x05


def text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class Key:
    """A device that signs whatever it is asked to."""

    def __init__(self, staff: Staff) -> None:
        self.private, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.id, public)
        value = {"credential": base64.b64encode(bytes(credential)).decode()}
        save_factor(staff, Factor.Kind.PASSKEY, value, credential=passkeys._index(self.id), counter=0)

    def sign(self, state, *, count=1, origin=f"https://{HOST}", rp=HOST, flags=PRESENT_AND_VERIFIED):
        challenge = base64.urlsafe_b64decode(state["challenge"] + "==")
        client = CollectedClientData.create("webauthn.get", challenge, origin)
        data = AuthenticatorData.create(hashlib.sha256(rp.encode()).digest(), flags, count)
        signature = self.private.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": bytes(client), "authenticatorData": bytes(data), "signature": signature}
        response = {name: text(value) for name, value in parts.items()}
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}


def begun(staff: Staff | None = None):
    return passkeys.begin_proving(host=HOST, staff=staff)[1]


def test_it_opens_for_its_bearer(reader):
    key, state = Key(reader), begun()
    assert passkeys.prove(host=HOST, state=state, answer=key.sign(state)) == reader


BENT = {
    "of another house": {"origin": "https://elsewhere.example"},
    "in clear": {"origin": f"http://{HOST}"},
    "for another name": {"rp": "elsewhere.example"},
    "without unlocking the device": {"flags": 0x01},
    "without anybody present": {"flags": 0x04},
}


@pytest.mark.parametrize("case", BENT)
def test_an_answer_that_does_not_fit_opens_nothing(reader, case):
    key, state = Key(reader), begun()
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state=state, answer=key.sign(state, **BENT[case]))
    assert LedgerEntry.objects.filter(action="staff.refused").exists()


def test_a_copied_key_is_noticed_by_its_count(reader):
    key = Key(reader)
    for count, opens in ((5, True), (5, False), (4, False), (6, True)):
        state = begun()
        answer = key.sign(state, count=count)
        if opens:
            assert passkeys.prove(host=HOST, state=state, answer=answer) == reader
        else:
            with pytest.raises(NotAllowed, match="passkey_refused"):
                passkeys.prove(host=HOST, state=state, answer=answer)


def test_an_answer_to_another_question_opens_nothing(reader):
    key = Key(reader)
    overheard = key.sign(begun())
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state=begun(), answer=overheard)


def test_anothers_key_is_no_second_factor_of_mine(reader, admin):
    key, state = Key(admin), begun(reader)
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state=state, answer=key.sign(state), staff=reader)


def test_a_closed_account_stays_closed_to_its_key(reader):
    key, state = Key(reader), begun()
    Staff.objects.update(is_active=False)
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state=state, answer=key.sign(state))


@pytest.mark.parametrize("answer", [{}, {"id": 1}, {"id": "", "rawId": "", "type": "public-key", "response": {}}])
def test_nonsense_is_refused(reader, answer):
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state=begun(), answer=answer)
    with pytest.raises(NotAllowed, match="passkey_refused"):
        passkeys.prove(host=HOST, state={}, answer=Key(reader).sign(begun()))


def test_nobody_keeps_more_than_ten(reader):
    for _ in range(passkeys.MOST):
        Key(reader)
    with pytest.raises(Conflict, match="passkeys_many"):
        passkeys.begin_adding(staff=reader, host=HOST)


@pytest.mark.parametrize(
    ("host", "possible"),
    [("localhost:8080", True), ("archive.example", True), ("127.0.0.1:8080", False), ("[::1]:8080", False)],
)
def test_a_bare_address_has_no_passkeys(host, possible):
    assert passkeys.is_possible(host) is possible
