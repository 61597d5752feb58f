"""What this room asks of the channels of its outbox, and of who knows the second factors."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase


@dataclass(frozen=True, slots=True)
class Message:
    """All that ever leaves the house: what happened, its number, where to look. `text` is the kind in words."""

    id: UUID
    kind: str
    number: str
    link: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That it was taken: the status of the other side, and its Message-ID or the digest of its answer."""

    status: int | None
    evidence: str


class Channel(Protocol):
    def send(self, target: str, secret: bytes, message: Message) -> Proof:
        """Raises Undelivered."""
        ...


class SecondFactor(Protocol):
    def is_fresh(self, request: HttpRequest) -> bool: ...

    def renew(self, request: HttpRequest, back: str) -> HttpResponseBase:
        """Sends the person to prove it, and then to `back`."""
        ...
