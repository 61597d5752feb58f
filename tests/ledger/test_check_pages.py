"""The public pages: anybody may ask, and gets no more than the code in hand says."""

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from yidang.ledger.operations import sequence
from yidang.ledger.statements import addresses, digits, queries, revocations, views
from yidang.ledger.statements.operations import Statement, issue, revoke
from yidang.ledger.statements.rate import Rate

CLAIMS = {"reference_code": "J001-ZYJS·2026-D30-0001", "version": 2, "since": 1_790_000_000}


@pytest.fixture(autouse=True)
def _plain_house(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """A rate of its own for each test, and static files as they stand, without the manifest of an installed house."""
    monkeypatch.setattr(views, "rate", Rate())
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture
def statement(log: object, append: Callable[[int], list[UUID]]) -> Statement:
    entry = append(2)[1]
    sequence()
    made = issue(kind="unchanged/1", claims=CLAIMS, ledger_entry=entry, actor="u1")
    sequence()
    return made


def ask(text: str) -> str:
    return Client().post("/check/", {"text": text}).content.decode()


def test_a_stranger_is_told_what_holds(statement):
    told = ask(addresses.address_of(statement.data, "https://a.example"))
    assert "证明真实有效" in told
    assert "J001-ZYJS·2026-D30-0001" in told
    assert statement.number in told


def test_revoked_altered_and_nonsense_are_each_named(statement):
    packed = digits.pack(statement.data)
    wrong = ("9" if packed[-1] != "9" else "8").join([packed[:-1], ""])
    assert "被改动" in ask(wrong) or "没有读完整" in ask(wrong)
    assert "没有读完整" in ask("<script>alert(1)</script>")
    revoke(number=statement.number, reason="misused", actor="u1", remark="张三拿去贷款")
    told = ask(packed)
    assert "已被撤销" in told
    assert "被不当使用" in told
    assert "张三" not in told


def test_an_altered_statements_words_are_not_repeated(statement):
    broken = statement.data.replace(b"0001", b"0009")
    told = ask(digits.pack(broken))
    assert "被改动" in told
    assert "J001-ZYJS·2026-D30-0009" not in told


def test_the_page_takes_the_camera_and_nothing_from_elsewhere(log):
    answer = Client().get("/check/")
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_from_another_site_is_refused(log):
    assert Client(enforce_csrf_checks=True).post("/check/", {"text": "1"}).status_code == 403


def test_who_asks_too_often_waits(statement, monkeypatch):
    monkeypatch.setattr(views, "rate", Rate(2))
    statuses = [Client().post("/check/", {"text": "1"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_the_rate_refills_and_forgets():
    moment = [0.0]
    rate = Rate(60, clock=lambda: moment[0])
    assert [rate.allows("a") for _ in range(61)] == [True] * 60 + [False]
    assert rate.allows("b")
    moment[0] = 1.5
    assert [rate.allows("a") for _ in range(2)] == [True, False]
    for number in range(12_000):
        rate.allows(str(number))
    assert len(rate._buckets) <= 10_000


def test_the_page_without_a_server_carries_everything_and_connects_to_nothing(statement):
    revoke(number=statement.number, reason="lost", actor="u1")
    page = Client().get("/check/offline/")
    text = page.content.decode()
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in text
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", text)
    known = json.loads(re.search(r'id="known">(.*?)</script>', text, re.DOTALL)[1])
    listed, _ = revocations.parse(bytes.fromhex(known["revocations"]))
    assert [one.number for one in listed.revoked] == [statement.number]
    assert set(known["words"]) >= {"outcome_valid", "outcome_revoked", "reason_lost"}


def test_the_list_of_revocations_is_public(statement):
    answer = Client().get("/check/revocations.cose")
    listed, _ = revocations.parse(answer.content)
    assert (listed.revoked, listed.size) == ((), queries.revocations().size)
