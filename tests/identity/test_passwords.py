"""A password set by somebody else is changed first; the last few are not taken again; the door tells nothing."""

from itertools import pairwise

import pytest
from django.test import Client

from identity.doors import PASSWORD, admin, inside, knock, quick_hashes, reader
from people import employ
from yidang.identity import staffing
from yidang.identity.models import PastPassword, Staff
from yidang.identity.passwords import change_password
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, Invalid, NotAllowed

__all__ = ["admin", "quick_hashes", "reader"]
pytestmark = pytest.mark.django_db
NEW = "juniper-atlas-9"


def change(client: Client, old: str, new: str, repeated: str = ""):
    return client.post("/account/password/", {"old": old, "new": new, "repeated": repeated or new})


def test_a_password_set_by_another_is_changed_before_anything_else(quick_hashes):
    system = grant_for(employ("xitong", "system_admin"))
    staffing.create_staff(grant=system, username="xin", display_name="新人", password="given-by-hand")
    client, _ = knock("xin", "given-by-hand")
    for path in ("/", "/search/", "/about/", "/nowhere/"):
        assert client.get(path)["Location"] == "/account/password/"
    assert change(client, "given-by-hand", "given-by-hand").status_code == 422
    assert change(client, "given-by-hand", NEW)["Location"] == "/account/"
    assert client.get("/").status_code == 200
    assert not Staff.objects.get(username="xin").must_change_password


@pytest.mark.parametrize(
    ("old", "new", "repeated"),
    [("wrong", NEW, ""), (PASSWORD, "short", ""), (PASSWORD, "1234567890", ""), (PASSWORD, NEW, "else-where-1")],
)
def test_what_cannot_be_is_said_at_its_field(reader, old, new, repeated):
    client = inside()
    assert change(client, old, new, repeated).status_code == 422
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_the_last_five_are_not_taken_again(reader):
    words = [PASSWORD, *(f"juniper-atlas-{n}" for n in range(6))]
    for old, new in pairwise(words):
        change_password(staff=Staff.objects.get(pk=reader.pk), old=old, new=new)
    member = Staff.objects.get(pk=reader.pk)
    for used in words[1:]:
        with pytest.raises(Invalid, match="password_used_before"):
            change_password(staff=member, old=words[-1], new=used)
    change_password(staff=member, old=words[-1], new=PASSWORD)
    assert PastPassword.objects.filter(staff=reader).count() <= 6


def test_changing_it_ends_the_other_sessions_and_keeps_this_one(reader):
    here, there = inside(), inside()
    change(here, PASSWORD, NEW)
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_guessing_the_present_password_is_slowed_down_too(reader):
    for _ in range(5):
        with pytest.raises(NotAllowed, match="password_wrong"):
            change_password(staff=reader, old="guess", new=NEW)
    with pytest.raises(Conflict, match="too_many_sign_ins"):
        change_password(staff=reader, old=PASSWORD, new=NEW)


def test_the_door_tells_nobody_who_has_an_account(reader):
    employ("closed", "reader", "dyg", password=PASSWORD, is_active=False)
    answers = [
        knock(username, password)[1]
        for username, password in (("daiyu", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD), ("daiyu", ""))
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    told = [answer.context["form"].non_field_errors() for answer in answers[:3]]
    assert told[0] == told[1] == told[2]


def test_a_locked_account_is_told_as_an_unknown_one_is(reader):
    def guess(username: str) -> list[int]:
        return [
            knock(username, "wrong", client=Client(REMOTE_ADDR=f"10.0.0.{len(username)}"))[1].status_code
            for _ in range(7)
        ]

    assert guess("daiyu") == guess("nobody-here") == [422] * 5 + [429] * 2


def test_a_passkey_ceremony_names_nobody_at_the_door(reader):
    client = Client()
    options = client.post("/sign-in/passkey/options/", HTTP_HOST="localhost").json()["publicKey"]
    assert not options.get("allowCredentials")
    refused = client.post("/sign-in/passkey/", "{}", content_type="application/json", HTTP_HOST="localhost")
    assert refused.status_code == 403
