"""The clock set back or forward: nobody stays in for longer, nobody is locked out for a day, no proof grows fresh."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from identity.doors import inside, knock, quick_hashes, reader
from yidang.identity import throttle
from yidang.identity.factors import HAS_PROVED, PROVED_AT, is_fresh
from yidang.identity.models import SignInThrottle
from yidang.identity.throttle import ACCOUNT, account_key, blocked_until, record_failure
from yidang.kernel import clock

__all__ = ["quick_hashes", "reader"]
pytestmark = pytest.mark.django_db
REAL = clock.now
MODULES = ["kernel.clock", "identity.visits", "identity.throttle", "identity.factors", "identity.gate"]


@pytest.fixture
def jump(monkeypatch):
    def to(**much):
        for name in MODULES:
            monkeypatch.setattr(f"yidang.{name}.now", lambda: REAL() + timedelta(**much), raising=False)

    return to


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("much", [{"days": -1}, {"hours": -1}, {"hours": 9}, {"days": 400}])
def test_a_session_does_not_outlive_a_jump(reader, jump, much):
    client = inside()
    jump(**much)
    assert not is_in(client)
    jump()
    assert not is_in(client)  # it was ended, and stays so when the clock is put right


def test_a_small_correction_ends_nothing(reader, jump):
    client = inside()
    jump(minutes=-3)
    assert is_in(client)


def test_a_block_does_not_last_a_day_because_the_clock_was_set_back(jump):
    key = account_key("li")
    jump(days=1)
    for _ in range(ACCOUNT.free + 3):
        record_failure(key, ACCOUNT)
    assert blocked_until([key])
    jump()
    assert blocked_until([key]) is None
    record_failure(key, ACCOUNT)  # and the next wrong guess counts on from where it was
    assert blocked_until([key]) <= REAL() + ACCOUNT.longest + timedelta(seconds=5)
    assert SignInThrottle.objects.get().failures == ACCOUNT.free + 4


def test_guessing_on_through_a_clock_set_back_is_still_slowed(reader, jump):
    jump(hours=-5)
    for _ in range(ACCOUNT.free + 1):
        knock(password="falsch")
    assert throttle.blocked_until([account_key("daiyu"), account_key(reader.username)])


def test_a_proof_from_the_future_is_not_fresh(reader):
    def proved(seconds):
        return SimpleNamespace(session={PROVED_AT: REAL().timestamp() + seconds, HAS_PROVED: True}, user=reader)

    assert is_fresh(proved(-10))
    assert not is_fresh(proved(3600))
    assert not is_fresh(proved(-3600))
