"""HTTPS as a browser on the office network meets it."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message

import pytest
from cryptography import x509

from harness import START_SECONDS, Archive, wait_for
from yidang.kernel import clock
from yidang.kernel.errors import Invalid
from yidang.site.config import load
from yidang.site.doctor import transport
from yidang.site.tls import authority, serving


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def config_in(home, **settings):
    return load({"YIDANG_HOME": str(home)} | {f"YIDANG_{name.upper()}": str(value) for name, value in settings.items()})


@pytest.mark.parametrize(
    ("settings", "https"),
    [
        ({}, False),
        ({"host": "0.0.0.0"}, True),
        ({"host": "0.0.0.0", "tls": "off"}, False),
        ({"tls": "local"}, True),
        ({"tls": "proxy"}, False),
    ],
)
def test_what_others_can_reach_is_https_unless_somebody_says_otherwise(tmp_path, settings, https):
    assert config_in(tmp_path, **settings).is_https is https


def test_files_of_the_bureau_must_be_named_and_be_there(tmp_path):
    with pytest.raises(Invalid) as refusal:
        config_in(tmp_path, tls="files")
    assert refusal.value.facts["name"] == "YIDANG_TLS_CERTIFICATE"
    with pytest.raises(Invalid):
        config_in(tmp_path, tls="files", tls_certificate=tmp_path / "none.pem", tls_key=tmp_path / "none.key")


def test_a_certificate_is_kept_until_it_runs_out_or_the_house_is_called_otherwise(tmp_path, monkeypatch):
    certificate, key = authority.server_pair(tmp_path, ["archive.local", "192.168.1.9"])
    assert key.stat().st_mode & 0o077 == 0
    first = certificate.read_bytes()
    authority.server_pair(tmp_path, ["archive.local"])
    assert certificate.read_bytes() == first
    authority.server_pair(tmp_path, ["archive.local", "second.local"])
    assert certificate.read_bytes() != first
    second, later = certificate.read_bytes(), clock.now() + timedelta(days=380)
    monkeypatch.setattr(clock, "now", lambda: later)
    authority.server_pair(tmp_path, ["archive.local"])
    assert certificate.read_bytes() != second
    issuer = x509.load_pem_x509_certificate((tmp_path / "tls" / "ca.crt").read_bytes())
    x509.load_pem_x509_certificate(certificate.read_bytes()).verify_directly_issued_by(issuer)


def test_names_no_certificate_can_hold_are_left_out(tmp_path):
    names = serving.names(config_in(tmp_path, tls="local", allowed_hosts="*,.example.org,archive.local,[::1]"))
    assert "archive.local" in names
    assert "::1" in names
    assert not {"*", ".example.org", ""} & set(names)


@pytest.fixture(scope="module")
def secured():
    archive = Archive()
    redirect = free_port()
    archive.settings |= {"tls": "local", "http_redirect_port": redirect, "ocr_workers": 0}
    archive.process = archive.spawn("serve", "--port", "0")
    wait_for(lambda: answers(archive), START_SECONDS)
    yield archive, redirect
    archive.end()
    archive.remove()


def answers(archive: Archive) -> bool:
    with suppress(OSError, ValueError, KeyError):
        return ask(archive, "/sign-in/").status == 200
    return False


def trusting(archive: Archive) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority.authority_certificate(archive.home)))


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes


def ask(archive: Archive, path: str, context: ssl.SSLContext | None = None) -> Answer:
    port = archive.owner()["port"]
    return visit(http.client.HTTPSConnection("localhost", port, timeout=10, context=context or trusting(archive)), path)


def ask_plainly(port: int, path: str, **headers: str) -> Answer:
    return visit(http.client.HTTPConnection("localhost", port, timeout=10), path, headers)


def visit(line: http.client.HTTPConnection, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    with closing(line):
        line.request("GET", path, headers=dict(headers or {}))
        answer = line.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


@pytest.mark.timeout(180)
def test_who_trusts_the_authority_is_served_and_told_to_stay(secured):
    archive, _ = secured
    answer = ask(archive, "/sign-in/")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=604800")
    cookies = answer.headers.get_all("Set-Cookie")
    assert all("Secure" in cookie for cookie in cookies)
    assert any(cookie.startswith("__Host-csrftoken=") for cookie in cookies)


def test_who_does_not_trust_it_is_warned(secured):
    archive, _ = secured
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(archive, "/sign-in/", ssl.create_default_context())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # that they are old is what is tested
def test_old_protocols_are_refused(secured):
    archive, _ = secured
    old = trusting(archive)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(archive, "/sign-in/", old)


def test_the_page_that_installs_it_shows_the_fingerprint_and_hands_it_out(secured):
    archive, redirect = secured
    certificate = authority.authority_certificate(archive.home)
    assert authority.fingerprint(certificate) in ask(archive, "/trust/").body.decode()
    assert ask(archive, "/trust/ca.crt").body == certificate.read_bytes()
    assert ask_plainly(redirect, "/trust/ca.crt").body == certificate.read_bytes()


@pytest.mark.parametrize(
    ("host", "status", "place"),
    [
        ("localhost", 308, "https://localhost:{port}/search/?s=x"),
        ("evil.example", 400, None),
        ("", 400, None),
    ],
)
def test_plain_http_sends_on_and_only_to_this_house(secured, host, status, place):
    archive, redirect = secured
    answer = ask_plainly(redirect, "/search/?s=x", Host=host)
    assert answer.status == status
    assert answer.headers.get("Location") == (place.format(port=archive.owner()["port"]) if place else None)


def spoken(check, home, **settings) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.state)) for finding in check(config_in(home, **settings))]


def test_the_doctor_names_what_crosses_a_network_in_clear(tmp_path):
    assert spoken(transport.to_browsers, tmp_path) == [("https", "good")]
    assert spoken(transport.to_browsers, tmp_path, host="10.1.2.3", tls="off") == [("https", "wrong")]
    assert spoken(transport.to_engines, tmp_path) == []
    far = {"database_url": "postgresql://a:b@10.1.2.3/y", "s3_endpoint": "http://10.1.2.4:9000"}
    assert spoken(transport.to_engines, tmp_path, **far) == [("database_tls", "doubtful"), ("store_tls", "doubtful")]
    checked = "postgresql://a:b@10.1.2.3/y?sslmode=verify-full"
    assert spoken(transport.to_engines, tmp_path, database_url=checked) == [("database_tls", "good")]


def test_the_doctor_names_a_certificate_about_to_end(tmp_path, monkeypatch):
    certificate, key = authority.server_pair(tmp_path, ["archive.local"])
    bureau = {"tls": "files", "tls_certificate": certificate, "tls_key": key}
    assert spoken(transport.to_browsers, tmp_path, **bureau) == [("https", "good")]
    later = clock.now() + timedelta(days=380)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert spoken(transport.to_browsers, tmp_path, **bureau) == [("https", "wrong")]
