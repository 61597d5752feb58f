"""Who must prove more than a password does, once for each code, and is slowed down when guessing."""

from datetime import timedelta

import pytest
from django.test import Client

from identity.doors import PASSWORD, admin, code_now, inside, knock, quick_hashes, reader, with_app
from yidang.identity import proving, throttle, totp
from yidang.identity.models import Factor
from yidang.kernel import clock
from yidang.ledger.models import LedgerEntry

__all__ = ["admin", "quick_hashes", "reader"]
pytestmark = pytest.mark.django_db

# RFC 4226 appendix D, and the SHA-1 column of RFC 6238 appendix B (secret "12345678901234567890").
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
HOTP = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
TOTP = {59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 20000000000: "65353130"}


def test_the_codes_are_those_of_the_standard():
    assert [totp.hotp(SECRET, counter) for counter in range(10)] == HOTP
    assert {at: totp.hotp(SECRET, at // 30, digits=8) for at in TOTP} == TOTP


def test_a_clock_may_be_off_by_one_step_and_no_more():
    accepted = [step for step in range(-3, 4) if totp.step_of(SECRET, totp.hotp(SECRET, 100 + step), 3000, after=0)]
    assert accepted == [-1, 0, 1]


def test_a_password_alone_opens_nothing_to_who_has_an_app(reader):
    secret = with_app(reader)
    client, answer = knock(then="/about/")
    assert answer["Location"] == "/sign-in/second/"
    assert client.get("/account/").status_code == 302
    opened = client.post("/sign-in/second/", {"code": code_now(secret)})
    assert opened["Location"] == "/about/"
    assert client.get("/account/").status_code == 200


def test_a_code_opens_once(reader):
    secret = with_app(reader)
    code = code_now(secret)
    for expected in (302, 403):
        client, _ = knock()
        assert client.post("/sign-in/second/", {"code": code}).status_code == expected


def test_guessing_codes_is_slowed_down(reader, monkeypatch):
    secret = with_app(reader)
    client, _ = knock()
    codes = [client.post("/sign-in/second/", {"code": "12345"}).status_code for _ in range(6)]
    assert codes == [403] * 5 + [429]
    assert client.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 429
    monkeypatch.setattr(throttle, "now", lambda: clock.now() + timedelta(minutes=2))
    assert client.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 302
    assert LedgerEntry.objects.filter(action="staff.factor_refused", subject=reader.id).count() == 5


def test_half_way_in_ends_after_five_minutes(reader, monkeypatch):
    secret = with_app(reader)
    client, _ = knock()
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr("yidang.identity.entering.now", lambda: later)
    assert client.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/sign-in/"


def test_who_must_have_a_factor_adds_one_before_anything_else(admin):
    client = inside("anquan")
    for path in ("/", "/settings/", "/about/"):
        assert client.get(path)["Location"] == "/account/"
    secret = totp.new_secret()
    session = client.session
    session["totp_secret"] = secret
    session.save()
    assert client.post("/account/app/", {"code": "000000x"}).status_code == 422
    assert client.post("/account/app/", {"code": code_now(secret)})["Location"] == "/account/"
    assert client.get("/").status_code == 200
    assert client.post(f"/account/factors/{Factor.objects.get().id}/remove/")["Location"] == "/account/"
    assert Factor.objects.count() == 1


def test_roles_named_in_the_settings_need_one(admin, settings):
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | {"second_factor_roles": "none"})
    assert inside("anquan").get("/").status_code == 200


def test_where_all_roles_need_one_a_reader_adds_it_first(reader, settings):
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | {"second_factor_roles": "all"})
    client = inside()
    assert client.get("/search/")["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_stands_in_once(reader):
    with_app(reader)
    codes = proving.new_recovery_codes(staff=reader)
    assert len(set(codes)) == 10
    stored = bytes(Factor.objects.get(kind="recovery").sealed)
    assert not any(code.encode() in stored for code in codes)
    for code, expected in ((codes[0].upper(), 302), (codes[0], 403), (codes[1].replace("-", " "), 302)):
        client, _ = knock()
        assert client.post("/sign-in/second/", {"code": code}).status_code == expected
    assert proving.codes_left(reader) == 8


def test_the_secret_is_sealed(reader):
    secret = with_app(reader)
    assert secret.encode() not in bytes(Factor.objects.get().sealed)


def test_someone_elses_code_opens_nothing(reader, admin):
    with_app(reader)
    foreign = with_app(admin)
    client, _ = knock()
    assert client.post("/sign-in/second/", {"code": code_now(foreign)}).status_code == 403


def test_a_second_app_is_added_only_after_proving_the_first(reader):
    with_app(reader)
    client = Client()
    client.force_login(reader)
    assert client.get("/account/app/")["Location"].startswith("/sign-in/again/")
    assert client.post("/account/passkeys/options/", HTTP_HOST="localhost").status_code == 403


def test_a_grave_step_asks_once_more_and_leads_back(reader):
    secret = with_app(reader)
    client = Client()
    client.force_login(reader)
    factor = Factor.objects.get()
    asked = client.post(f"/account/factors/{factor.id}/remove/", HTTP_REFERER="http://testserver/account/")
    assert asked["Location"] == "/sign-in/again/?next=/account/"
    assert client.post("/sign-in/again/", {"code": "1", "next": "/account/"}).status_code == 403
    back = client.post("/sign-in/again/", {"code": code_now(secret), "next": "https://elsewhere.example/"})
    assert back["Location"] == "/"
    client.post(f"/account/factors/{factor.id}/remove/")
    assert not Factor.objects.exists()


def test_who_has_no_factor_and_needs_none_proves_the_password(reader):
    client = Client()
    client.force_login(reader)
    assert client.post("/sign-in/again/", {"password": "wrong", "next": "/about/"}).status_code == 403
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": "/about/"})["Location"] == "/about/"
