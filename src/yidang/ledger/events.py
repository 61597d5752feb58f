"""What an entry says, byte by byte.

Canonical JSON: UTF-8, keys sorted, no blanks. Keys: v (1), id, at (UTC, microseconds, "Z"), action, actor, facts,
salt (16 random bytes in hex), and, where there is one, subject and private. `private` is the hex of
SM3(private salt (16) ‖ canonical JSON of the private facts).
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from yidang.crypto.sm import sm3
from yidang.kernel.errors import Invalid
from yidang.ledger.ids import RANDOM, next_ids

SALT = 16
LARGEST_ENTRY = 0xFFFF  # a bundle states the length of an entry in two bytes
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _prepared_encoder() -> Callable[[Any], str]:
    """`_encoder.encode` with its engine made once instead of at every call, where Python has one."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _encoder.encode
    engine = make(None, _encoder.default, json.encoder.encode_basestring, None, ":", ",", True, False, False)
    return lambda value: "".join(engine(value, 0))


_encode = _prepared_encoder()
_text = lru_cache(1024)(_encode)  # actions and actors are few


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """Something that happened. `facts` are clear and never personal; `private` is only committed to."""

    action: str
    actor: str
    subject: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None


class Prepared(NamedTuple):
    """An event with what its row needs."""

    id: UUID
    event: NewEvent
    entry: bytes
    private_salt: bytes | None


def canonical(value: Any) -> bytes:
    return _encode(value).encode()


def commitment(salt: bytes, private: Mapping[str, Any]) -> bytes:
    return sm3(salt + canonical(private))


def prepare(events: Sequence[NewEvent], *, at: datetime) -> Iterator[Prepared]:
    """One by one, so that the database takes in the first while the last is still being written.

    Raises:
        Invalid: `ledger_entry_too_big`.
    """
    said = say_time(at)
    salts = secrets.token_hex(SALT * len(events))  # one call for all: a call costs more than the bytes
    ids = next_ids(secrets.token_bytes(RANDOM * len(events)))
    starts = range(0, len(salts), 2 * SALT)
    for event, entry_id, start in zip(events, ids, starts, strict=True):
        yield _prepare(event, entry_id, said, salts[start : start + 2 * SALT])


def _prepare(event: NewEvent, entry_id: UUID, at: str, salt: str) -> Prepared:
    private_salt = None if event.private is None else secrets.token_bytes(SALT)
    entry = _entry(event, str(entry_id), at, salt, private_salt).encode()
    if len(entry) > LARGEST_ENTRY:
        raise Invalid("ledger_entry_too_big", action=event.action, size=len(entry), limit=LARGEST_ENTRY)
    return Prepared(entry_id, event, entry, private_salt)


def _entry(event: NewEvent, entry_id: str, at: str, salt: str, private_salt: bytes | None) -> str:
    """Canonical JSON put together by hand, in a third of the encoder's time: the keys are known and in order."""
    private = subject = ""
    if private_salt is not None:
        private = f'"private":"{commitment(private_salt, event.private or {}).hex()}",'
    if event.subject is not None:
        subject = f'"subject":"{event.subject}",'
    return (
        f'{{"action":{_text(event.action)},"actor":{_text(event.actor)},"at":"{at}","facts":{_encode(event.facts)},'
        f'"id":"{entry_id}",{private}"salt":"{salt}",{subject}"v":1}}'
    )


def say_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_time(text: str) -> datetime:
    return datetime.fromisoformat(text)
