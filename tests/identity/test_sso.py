"""Single sign-on against a small OpenID Connect service of our own."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from identity.doors import code_now, quick_hashes, reader, with_app
from people import employ
from yidang.identity.models import Staff
from yidang.identity.verification import verify_people
from yidang.kernel import clock

__all__ = ["quick_hashes", "reader"]
pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(65537, 2048)
OTHER = rsa.generate_private_key(65537, 2048)


class Service:
    """What the next person is called over there, and how the answer is bent."""

    def __init__(self) -> None:
        self.name, self.subject, self.key = "daiyu", "u-1", KEY
        self.bent: dict[str, object] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def token(self, asked: dict[str, str]) -> str:
        moment = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": "yidang",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            "preferred_username": self.name,
        }
        return jwt.encode(claims | self.bent, self.key, algorithm="RS256", headers={"kid": "k1"})


class Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        base = self.service.issuer
        if self.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self._say({"issuer": base} | {name: f"{base}/{path}" for name, path in names.items()})
        elif self.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [key | {"kid": "k1", "use": "sig", "alg": "RS256"}]})

    def do_POST(self) -> None:
        form = {
            name: values[0]
            for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
        }
        asked = self.service.codes.pop(form["code"], None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        secret = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        if asked is None or asked["code_challenge"] != digest or secret != "yidang:hush":
            self._say({"error": "invalid_grant"}, status=400)
        else:
            self._say({"id_token": self.service.token(asked), "token_type": "Bearer", "access_token": "x"})

    def _say(self, answer: dict[str, object], status: int = 200) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service(settings):
    made = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Handler,), {"service": made}))
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {"oidc_issuer": made.issuer, "oidc_client_id": "yidang", "oidc_client_secret": "hush"}
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | given)
    yield made
    server.shutdown()
    server.server_close()


def go(service: Service, client: Client) -> dict[str, str]:
    """To the service and back with a code: the parameters of the return."""
    away = urlsplit(client.get("/sign-in/sso/?next=/about/")["Location"])
    asked = {name: values[0] for name, values in parse_qs(away.query).items()}
    assert asked["code_challenge_method"] == "S256"
    code = f"c{len(asked['state'])}{asked['state'][:8]}"
    service.codes[code] = asked
    return {"code": code, "state": asked["state"]}


def come_back(service: Service, client: Client | None = None, **bent: str):
    client = client or Client()
    return client, client.get("/sign-in/sso/back/", go(service, client) | bent)


def test_it_opens_the_account_of_that_name_and_binds_it(reader, service):
    client, answer = come_back(service)
    assert answer["Location"] == "/about/"
    assert client.get("/account/").status_code == 200
    assert Staff.objects.get(pk=reader.pk).sso_subject
    assert verify_people() == []


def test_the_sign_in_page_offers_it(reader, service):
    assert "/sign-in/sso/" in Client().get("/sign-in/").content.decode()


def test_whoever_it_refuses_stands_at_the_same_door(reader, service):
    """By name, a passkey may still open; and the place they were going to is not forgotten."""
    client = Client(headers={"host": "localhost"})
    page = come_back(service, client, state="forged")[1].content.decode()
    assert 'value="/about/"' in page
    assert "data-passkey-options" in page


def test_a_silent_service_leaves_the_other_ways_open(reader, service, settings):
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | {"oidc_issuer": "http://127.0.0.1:9"})
    answer = Client().get("/sign-in/sso/?next=/about/")
    assert answer.status_code == 503
    assert 'value="/about/"' in answer.content.decode()


def test_nobody_gets_an_account_by_it(reader, service):
    service.name = "newcomer"
    assert come_back(service)[1].status_code == 403
    assert not Staff.objects.filter(username="newcomer").exists()


def test_a_name_taken_over_there_later_opens_nothing(reader, service):
    come_back(service)
    service.subject = "u-2"
    assert come_back(service)[1].status_code == 403


def test_who_was_renamed_over_there_keeps_the_account(reader, service):
    come_back(service)
    service.name = "renamed"
    assert come_back(service)[1]["Location"] == "/about/"


def test_a_closed_account_stays_closed(quick_hashes, service):
    employ("daiyu", "reader", "dyg", is_active=False)
    assert come_back(service)[1].status_code == 403


def test_the_second_factor_is_asked_all_the_same(reader, service):
    secret = with_app(reader)
    client, answer = come_back(service)
    assert answer["Location"] == "/sign-in/second/"
    assert client.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/about/"


BENT = {
    "another nonce": {"nonce": "x"},
    "for another house": {"aud": "elsewhere"},
    "by another issuer": {"iss": "https://elsewhere.example"},
    "of long ago": {"iat": 1, "exp": 1000},
}


@pytest.mark.parametrize("case", BENT)
def test_a_bent_token_opens_nothing(reader, service, case):
    service.bent = BENT[case]
    assert come_back(service)[1].status_code == 403


def test_a_token_signed_by_somebody_else_opens_nothing(reader, service):
    service.key = OTHER
    assert come_back(service)[1].status_code == 403


def test_a_return_nobody_asked_for_opens_nothing(reader, service):
    victim, attacker = Client(), Client()
    stolen = go(service, attacker)
    assert victim.get("/sign-in/sso/back/", stolen).status_code == 403
    assert come_back(service, state="x")[1].status_code == 403
    assert come_back(service, code="made-up")[1].status_code == 403


def test_a_return_serves_once(reader, service):
    client = Client()
    answer = go(service, client)
    assert client.get("/sign-in/sso/back/", answer).status_code == 302
    client.post("/sign-out/")
    assert client.get("/sign-in/sso/back/", answer).status_code == 403
