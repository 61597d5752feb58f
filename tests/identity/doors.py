"""A browser without a screen at the door, as one person."""

import pytest
from django.test import Client

from people import employ
from yidang.identity import totp
from yidang.identity.models import Staff
from yidang.identity.proving import add_totp
from yidang.kernel import clock

PASSWORD = "correct horse battery"


def knock(username: str = "daiyu", password: str = PASSWORD, client: Client | None = None, then: str = ""):
    client = client or Client()
    return client, client.post("/sign-in/", {"username": username, "password": password, "next": then})


def inside(username: str = "daiyu", **more) -> Client:
    client, answer = knock(username, client=Client(**more))
    assert answer.status_code == 302, answer.content.decode()
    return client


def code_now(secret: str, steps: int = 0) -> str:
    return totp.hotp(secret, int(clock.now().timestamp()) // totp.STEP_SECONDS + steps)


def with_app(staff: Staff) -> str:
    """The secret of an app whose present code is still unused."""
    secret = totp.new_secret()
    add_totp(staff=staff, secret=secret, code=code_now(secret, -1))
    return secret


@pytest.fixture
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reader(quick_hashes) -> Staff:
    return employ("daiyu", "reader", "dyg", password=PASSWORD)


@pytest.fixture
def admin(quick_hashes) -> Staff:
    return employ("anquan", "security_admin", password=PASSWORD)
