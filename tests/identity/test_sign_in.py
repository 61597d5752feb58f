"""The door: who knocks too often waits, and learns nothing from how it was refused."""

from datetime import timedelta

import pytest

from people import employ
from yidang.identity import throttle
from yidang.identity.forms import SignInForm
from yidang.identity.models import SignInThrottle, Staff
from yidang.identity.operations import check_sign_in
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def staff() -> Staff:
    return employ("daiyu", "reader", "dyg", password=PASSWORD)


def knock(password: str = PASSWORD, username: str = "daiyu", address: str = "10.0.0.1") -> Staff:
    return check_sign_in(username=username, password=password, address=address)


def refused(times: int, **more) -> None:
    for _ in range(times):
        with pytest.raises(NotAllowed, match="sign_in_failed"):
            knock("wrong", **more)


def test_the_right_password_opens(staff):
    assert knock() == staff


@pytest.mark.parametrize("username", ["daiyu", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(staff, username):
    refused(1, username=username)
    assert LedgerEntry.objects.filter(action="staff.refused").count() == 1


def test_a_closed_account_stays_outside(staff):
    Staff.objects.update(is_active=False)
    with pytest.raises(NotAllowed, match="sign_in_failed"):
        knock()


def test_an_account_guessed_at_must_wait_even_with_the_right_password(staff):
    refused(5)
    with pytest.raises(Conflict, match="too_many_sign_ins") as wait:
        knock()
    assert wait.value.facts == {"minutes": 1}


def test_other_accounts_at_the_same_address_do_not_wait(staff):
    refused(5, username="someone")
    assert knock() == staff


def test_an_address_that_tries_many_names_must_wait(staff):
    for n in range(30):
        refused(1, username=f"guess{n}")
    with pytest.raises(Conflict, match="too_many_sign_ins"):
        knock()
    assert knock(address="10.0.0.2") == staff


def test_after_the_wait_the_door_opens_and_the_count_starts_anew(staff, monkeypatch):
    refused(5)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(throttle, "now", lambda: later)
    assert knock() == staff
    assert not SignInThrottle.objects.filter(key=throttle.account_key("daiyu")).exists()


def test_waits_double_and_end_at_a_quarter_of_an_hour():
    waits = [throttle.ACCOUNT.wait(failures) for failures in range(4, 12)]
    assert waits[0] == timedelta(0)
    assert [wait.total_seconds() / 60 for wait in waits[1:]] == [1, 2, 4, 8, 15, 15, 15]


def test_neither_names_nor_addresses_stand_in_the_throttle(staff):
    refused(1)
    stored = b"".join(bytes(row.key) for row in SignInThrottle.objects.all())
    assert b"daiyu" not in stored
    assert b"10.0" not in stored


def test_the_form_says_what_is_wrong_and_hands_over_who_came(staff):
    wrong = SignInForm({"username": "daiyu", "password": "wrong"}, address="10.0.0.1")
    assert not wrong.is_valid()
    assert wrong.non_field_errors() == ["用户名或密码不正确。"]
    right = SignInForm({"username": "daiyu", "password": PASSWORD}, address="10.0.0.1")
    assert right.is_valid()
    assert right.staff == staff
