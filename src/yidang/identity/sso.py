"""Single sign-on by OpenID Connect (code flow with PKCE): it opens accounts that exist here and makes none.

1. The browser is sent to the service with a state, a nonce and the digest of a verifier, all kept in its session.
2. It comes back with a code; the state must be the one kept.
3. The code and the verifier are exchanged for an ID token, server to server.
4. The token's signature, issuer, audience, time and nonce are checked against the service's own keys.
5. The claim names the account; the first time binds it to the service's subject, for good.
"""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

import jwt
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from yidang.crypto.fields import blind_index
from yidang.identity.attesting import attest
from yidang.identity.models import Staff
from yidang.kernel.errors import NotAllowed, Unavailable
from yidang.ledger.operations import append

_SECONDS = 10
_MOST_BYTES = 1 << 20
_REFUSALS = frozenset({400, 401, 403})
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


def is_on() -> bool:
    return bool(settings.YIDANG.oidc_issuer)


def back_path() -> str:
    return reverse("identity:sso_back")


def begin(*, back: str) -> tuple[str, dict[str, str]]:
    """Where the browser goes, and what its session keeps. Raises Unavailable `sso_silent`."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": settings.YIDANG.oidc_client_id,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return f"{_service()['authorization_endpoint']}?{urllib.parse.urlencode(query)}", kept


def finish(*, kept: Mapping[str, str] | None, answer: Mapping[str, str], back: str) -> Staff:
    """The account of who came back.

    Raises:
        NotAllowed: `sso_refused`, with the same words for a forged answer and for a person without an account.
        Unavailable: `sso_silent`.
    """
    try:
        return _account(_claims(kept, answer, back))
    except _RefusedError:
        with transaction.atomic():
            append(action="staff.refused", actor="system:sso")
        raise NotAllowed("sso_refused") from None


class _RefusedError(Exception):
    pass


def _claims(kept: Mapping[str, str] | None, answer: Mapping[str, str], back: str) -> Mapping[str, Any]:
    if (
        not kept
        or not answer.get("code")
        or not secrets.compare_digest(kept["state"].encode(), answer.get("state", "").encode(errors="replace"))
    ):
        raise _RefusedError
    service = _service()
    token = _exchange(service["token_endpoint"], answer["code"], kept["verifier"], back)
    return _checked(service, token, kept["nonce"])


def _exchange(endpoint: str, code: str, verifier: str, back: str) -> str:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    house = settings.YIDANG
    pair = ":".join(urllib.parse.quote(part, safe="") for part in (house.oidc_client_id, house.oidc_client_secret))
    headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    request = urllib.request.Request(endpoint, urllib.parse.urlencode(form).encode(), headers)  # noqa: S310 - a setting
    return str(_json(request, may_refuse=True).get("id_token", ""))


def _checked(service: Mapping[str, Any], token: str, nonce: str) -> Mapping[str, Any]:
    keys = _json(urllib.request.Request(service["jwks_uri"]))  # noqa: S310 - named by the service
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, keys),
            algorithms=list(_ALGORITHMS),
            audience=settings.YIDANG.oidc_client_id,
            issuer=settings.YIDANG.oidc_issuer,
            leeway=60,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        raise _RefusedError from None
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _RefusedError
    return claims


def _key_of(token: str, keys: Mapping[str, Any]) -> Any:
    wanted = jwt.get_unverified_header(token).get("kid")
    known = jwt.PyJWKSet.from_dict(dict(keys)).keys
    fitting = [key for key in known if wanted is None or key.key_id == wanted]
    if len(fitting) != 1:
        raise _RefusedError
    return fitting[0].key


@transaction.atomic
def _account(claims: Mapping[str, Any]) -> Staff:
    """Who holds the name and is not bound to somebody else over there."""
    subject = blind_index("sso_subject", f"{claims['iss']}\n{claims['sub']}")
    bound = Staff.objects.filter(sso_subject=subject).first()
    if bound is None:
        name = str(claims.get(settings.YIDANG.oidc_claim, ""))
        bound = Staff.objects.select_for_update().filter(username=name, sso_subject=None).first()
        if bound is None or not bound.is_active:
            raise _RefusedError
        bound.sso_subject = subject
        bound.save(update_fields=["sso_subject"])
        attest("staff.sso_bound", actor=str(bound.id), staff=bound)
    if not bound.is_active:
        raise _RefusedError
    return bound


def _service() -> Mapping[str, Any]:
    issuer = settings.YIDANG.oidc_issuer.rstrip("/")
    found = _json(urllib.request.Request(f"{issuer}/.well-known/openid-configuration"))  # noqa: S310 - a setting
    if found.get("issuer") != settings.YIDANG.oidc_issuer:
        raise Unavailable("sso_silent")
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A service that sends us elsewhere is not the one in the settings."""


def _json(request: urllib.request.Request, *, may_refuse: bool = False) -> Mapping[str, Any]:
    """Raises Unavailable `sso_silent`."""
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=_SECONDS) as answer:
            found = json.loads(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as refusal:
        refusal.close()
        if may_refuse and refusal.code in _REFUSALS:
            raise _RefusedError from None
        raise Unavailable("sso_silent") from None
    except (OSError, ValueError):
        raise Unavailable("sso_silent") from None
    if not isinstance(found, dict):
        raise Unavailable("sso_silent")
    return found
