"""Webhooks: signed, and never led into the house's own network."""

import ipaddress
import json
import socket
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.crypto.sm import hmac_sm3, sm3
from yidang.workflow.adapters import webhook
from yidang.workflow.adapters.guard import check_url, is_allowed, is_public, place_of
from yidang.workflow.adapters.webhook import Webhook
from yidang.workflow.errors import Undelivered
from yidang.workflow.ports import Message

from .servers import Receiver, certificate_for

SECRET = b"s" * 32
MESSAGE = Message(uuid4(), "approval_asked", "12", "https://yidang.example/approvals/x/", "…", datetime.now(UTC))


@pytest.fixture
def allowed(settings):
    def allow(places):
        settings.YIDANG = replace(settings.YIDANG, webhook_allowed=places)

    allow("127.0.0.1")
    return allow


def refused(url, **more):
    with pytest.raises(Undelivered) as refusal:
        Webhook().send(url, SECRET, MESSAGE, **more)
    return refusal.value


def test_what_arrives_is_signed_and_tells_little(allowed):
    with Receiver() as receiver:
        proof = Webhook().send(receiver.url, SECRET, MESSAGE)
    ((path, headers, body),) = receiver.calls
    stamp, _, tag = headers["Yidang-Signature"].partition(",v1=")
    assert tag == hmac_sm3(SECRET, f"{stamp.removeprefix('t=')}.".encode() + body).hex()
    assert json.loads(body).keys() == {"id", "at", "kind", "number", "link"}
    assert path == "/hook?x=1"
    assert (proof.status, proof.evidence) == (200, sm3(b"taken").hex())


@pytest.mark.parametrize(
    ("status", "is_permanent"), [(400, True), (404, True), (410, True), (429, False), (500, False), (503, False)]
)
def test_the_answer_decides_whether_to_try_again(allowed, status, is_permanent):
    with Receiver(status) as receiver:
        refusal = refused(receiver.url)
    assert (refusal.code, refusal.is_permanent, refusal.status) == ("webhook_refused", is_permanent, status)


def test_a_redirection_is_not_followed(allowed):
    with Receiver() as inner, Receiver(302, headers={"Location": inner.url}) as receiver:
        assert refused(receiver.url).is_permanent
    assert inner.calls == []


def test_an_answer_that_drips_for_ever_is_cut_off(allowed, monkeypatch):
    monkeypatch.setattr(webhook, "SECONDS", 0.6)
    began = time.monotonic()
    with Receiver(drips=True) as receiver:
        assert refused(receiver.url).code == "webhook_out_of_reach"
    assert time.monotonic() - began < 5


def test_nobody_listening_is_tried_again(allowed):
    with Receiver() as receiver:
        url = receiver.url
    refusal = refused(url)
    assert (refusal.code, refusal.is_permanent) == ("webhook_out_of_reach", False)


INSIDE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.1/",
]


@pytest.mark.parametrize("url", INSIDE)
def test_the_inner_network_is_out_of_bounds(url):
    refusal = refused(url)
    assert refusal.code in ("webhook_place_forbidden", "webhook_name_unknown")
    if refusal.code == "webhook_name_unknown":  # this machine cannot resolve such a spelling: nothing was reached
        assert "[" in url or not url.replace("http://", "").replace(".", "").strip("/").isdigit()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hook.example/",
        "file:///etc/passwd",
        "gopher://hook.example/",
        "//hook.example/",
        "http://",
        "http://user:word@hook.example/",
        "http://user@hook.example/",
        "http://hook.example/#part",
        "http://hook.example:99999/",
        "http://hook.example/a b",
        "http://hook.example/\r\nHost: inner",
        "http://ｈook.example/",
        "javascript:alert(1)",
    ],
)
def test_only_plain_web_addresses_are_taken(url):
    with pytest.raises(Undelivered, match="webhook_url_malformed"):
        check_url(url)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    with suppress(Undelivered):  # any other error fails
        check_url(text)
        assert text.lower().startswith(("http://", "https://"))


@given(st.ip_addresses(v=4))
def test_an_address_of_ipv4_hidden_in_ipv6_is_judged_as_what_it_is(address):
    hidden = [f"::ffff:{address}", f"64:ff9b::{address}"]
    for text in hidden:
        assert is_public(ipaddress.ip_address(text)) == is_public(address), text


def test_the_list_names_hosts_addresses_and_networks():
    inner = ipaddress.ip_address("10.1.2.3")
    assert not is_allowed("gate.bureau", inner, [])
    for entry in ("10.1.0.0/16", "10.1.2.3", "GATE.bureau"):
        assert is_allowed("gate.bureau", inner, [entry])
    assert not is_allowed("gate.bureau", inner, ["10.2.0.0/16", "gate", "other.bureau"])


def answers(monkeypatch, *addresses):
    """Every name is known by these addresses; what was asked."""
    asked = []

    def look_up(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_one_inner_address_among_several_is_enough_to_refuse(monkeypatch):
    answers(monkeypatch, "93.184.216.34", "127.0.0.1")
    with pytest.raises(Undelivered, match="webhook_place_forbidden"):
        place_of("http://two-faced.example/", [])


def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_was_looked_at(monkeypatch, allowed):
    """DNS rebinding: the second answer would lead inside; nobody asks for it."""
    with Receiver() as receiver:
        asked = answers(monkeypatch, "127.0.0.1")
        connected = []
        create = socket.create_connection
        monkeypatch.setattr(
            webhook.socket, "create_connection", lambda place, *rest: connected.append(place) or create(place, *rest)
        )
        Webhook().send(f"http://rebinding.example:{receiver.port}/", SECRET, MESSAGE)
    assert connected == [("127.0.0.1", receiver.port)]
    assert asked.count("rebinding.example") == 1
    assert receiver.calls[0][1]["Host"] == f"rebinding.example:{receiver.port}"


def test_https_checks_the_name_and_not_the_address(monkeypatch, allowed, tmp_path):
    certificate = certificate_for("hook.example", tmp_path)
    receiver = Receiver().over_tls(certificate)
    with receiver:
        answers(monkeypatch, "127.0.0.1")
        assert refused(f"https://hook.example:{receiver.port}/").code == "webhook_out_of_reach"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Webhook().send(f"https://hook.example:{receiver.port}/", SECRET, MESSAGE).status == 200
        assert refused(f"https://other.example:{receiver.port}/").code == "webhook_out_of_reach"
    assert len(receiver.calls) == 1
