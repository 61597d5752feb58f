"""What an entry says, byte by byte.

Canonical JSON: UTF-8, keys sorted, no blanks. Keys: v (1), id, at (UTC, microseconds, "Z"), action, actor, facts,
salt (16 random bytes in hex), and, where there is one, subject and private. `private` is the hex of
SM3(private salt (16) ‖ canonical JSON of the private facts).
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from yidang.crypto.sm import sm3
from yidang.kernel.errors import Invalid
from yidang.ledger.ids import next_id
from yidang.ledger.merkle import leaf_hash

SALT = 16
LARGEST_ENTRY = 0xFFFF  # a bundle states the length of an entry in two bytes
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """Something that happened. `facts` are clear and never personal; `private` is only committed to."""

    action: str
    actor: str
    subject: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An event with everything its row needs."""

    id: UUID
    at: datetime
    event: NewEvent
    entry: bytes
    leaf: bytes
    private_salt: bytes | None


def canonical(value: Any) -> bytes:
    return _encode(value).encode()


def commitment(salt: bytes, private: Mapping[str, Any]) -> bytes:
    return sm3(salt + canonical(private))


def prepare(event: NewEvent, *, at: datetime) -> Prepared:
    """Raises Invalid `ledger_entry_too_big`."""
    entry_id = next_id()
    salt = secrets.token_bytes(SALT) if event.private is not None else None
    entry = canonical(_content(event, entry_id, at, salt))
    if len(entry) > LARGEST_ENTRY:
        raise Invalid("ledger_entry_too_big", action=event.action, size=len(entry), limit=LARGEST_ENTRY)
    return Prepared(id=entry_id, at=at, event=event, entry=entry, leaf=leaf_hash(entry), private_salt=salt)


def _content(event: NewEvent, entry_id: UUID, at: datetime, private_salt: bytes | None) -> dict[str, Any]:
    content: dict[str, Any] = {
        "v": 1,
        "id": str(entry_id),
        "at": say_time(at),
        "action": event.action,
        "actor": event.actor,
        "facts": event.facts,
        "salt": secrets.token_hex(SALT),
    }
    if event.subject is not None:
        content["subject"] = str(event.subject)
    if private_salt is not None and event.private is not None:
        content["private"] = commitment(private_salt, event.private).hex()
    return content


def say_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
