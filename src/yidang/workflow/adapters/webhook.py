"""Signed JSON to an address of the receiver's choice.

    POST <path>
    Content-Type: application/json
    Yidang-Delivery: <id>
    Yidang-Signature: t=<unix seconds>,v1=<hex of HMAC-SM3(secret, "<t>.<body>")>

    {"at":"…Z","id":"…","kind":"…","link":"…","number":"…"}

The receiver keys by `id`: after a lost answer the same message comes again.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings

from yidang.crypto.sm import hmac_sm3, sm3
from yidang.kernel.clock import now
from yidang.ledger.events import canonical, say_time
from yidang.workflow.adapters.guard import Place, place_of
from yidang.workflow.errors import Undelivered
from yidang.workflow.ports import Message, Proof

SECONDS = 10.0
LARGEST_ANSWER = 64 * 1024
_WORTH_ANOTHER_TRY = (408, 425, 429)


class Answer(NamedTuple):
    status: int
    body: bytes


class Webhook:
    def send(self, target: str, secret: bytes, message: Message) -> Proof:
        place = place_of(target, allowed_places())
        body = body_of(message)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Yidang",
            "Yidang-Delivery": str(message.id),
            "Yidang-Signature": signature(secret, body, int(now().timestamp())),
        }
        answer = _post(place, body, headers)
        if not 200 <= answer.status < 300:  # noqa: PLR2004 - RFC 9110 section 15.3
            raise Undelivered("webhook_refused", is_permanent=_is_permanent(answer.status), status=answer.status)
        return Proof(answer.status, sm3(answer.body).hex())


def allowed_places() -> list[str]:
    return [entry.strip() for entry in settings.YIDANG.webhook_allowed.split(",") if entry.strip()]


def body_of(message: Message) -> bytes:
    return canonical(
        {
            "at": say_time(message.at),
            "id": str(message.id),
            "kind": message.kind,
            "link": message.link,
            "number": message.number,
        }
    )


def signature(secret: bytes, body: bytes, at: int) -> str:
    return f"t={at},v1={hmac_sm3(secret, f'{at}.'.encode() + body).hex()}"


def _is_permanent(status: int) -> bool:
    """A redirection too: it is not followed, and the address must be set anew."""
    return status < 500 and status not in _WORTH_ANOTHER_TRY  # noqa: PLR2004 - RFC 9110 section 15.6


def _post(place: Place, body: bytes, headers: dict[str, str]) -> Answer:
    connection = _Pinned(place)
    try:
        with _deadline(connection):
            connection.request("POST", place.path, body=body, headers=headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.read(LARGEST_ANSWER))
    except (OSError, http.client.HTTPException):
        raise Undelivered("webhook_out_of_reach", is_permanent=False) from None
    finally:
        connection.close()
    return answer


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at; name and certificate stay those of the host."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS / 2)
        self._place = place
        self.default_port = {"http": 80, "https": 443}[place.scheme]

    def connect(self) -> None:
        plain = socket.create_connection((self._place.address, self._place.port), self.timeout)
        self.sock = plain
        if self._place.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._place.host)


@contextmanager
def _deadline(connection: http.client.HTTPConnection) -> Iterator[None]:
    """A time-out counts from byte to byte; this one ends a conversation that drips for ever.

    Raises:
        TimeoutError: even when what came before the cut reads like a whole answer.
    """
    is_over = threading.Event()
    timer = threading.Timer(SECONDS, _cut, [connection, is_over])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if is_over.is_set():
        raise TimeoutError


def _cut(connection: http.client.HTTPConnection, is_over: threading.Event) -> None:
    is_over.set()
    line = connection.sock
    if line is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
