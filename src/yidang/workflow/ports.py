"""What the outbox asks of a channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper that goes along with a mail: a letter to somebody outside who cannot come and look."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """All that ever leaves the house: what happened, its number, where to look. `text` is the kind in words.

    Somebody outside gets no `link`, and with a mail the `enclosure` that is meant for them.
    """

    id: UUID
    kind: str
    number: str
    link: str
    text: str
    at: datetime
    enclosure: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """That it was taken: the status of the other side, and its Message-ID or the digest of its answer."""

    status: int | None
    evidence: str


class Channel(Protocol):
    def send(self, target: str, secret: bytes, message: Message) -> Proof:
        """Raises Undelivered."""
        ...
