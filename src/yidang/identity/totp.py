"""One-time codes by the clock: HOTP of RFC 4226 over the time steps of RFC 6238."""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
_SECRET_BYTES = 20  # RFC 4226 4 R6: 160 bits are recommended
_DRIFT = 1  # steps that a telephone's clock may be off, to either side


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def hotp(secret: str, counter: int, digits: int = DIGITS) -> str:
    mac = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = mac[-1] & 0xF
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(secret: str, code: str, seconds: float, after: int) -> int | None:
    """The time step whose code this is, later than `after`: so that a code seen once is of no further use."""
    here = int(seconds) // STEP_SECONDS
    for step in range(here - _DRIFT, here + _DRIFT + 1):
        if step > after and hmac.compare_digest(hotp(secret, step).encode(), code.encode()):
            return step
    return None


def address(secret: str, username: str, issuer: str) -> str:
    """What the QR code holds; every authenticator app reads it."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{query}"
