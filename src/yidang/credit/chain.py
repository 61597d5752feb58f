"""The room's own log: a chain of SM3 digests, of which the main ledger keeps the digests and nothing else.

A link's digest is SM3 of its canonical JSON with the digest before it. The main ledger says only that somebody moved
the chain to this position and digest, in the same transaction: neither log can be rewritten without the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from yidang.credit.door import opened
from yidang.credit.models import LogEntry, Subject
from yidang.crypto.sm import sm3
from yidang.identity.policy import Grant
from yidang.kernel.clock import now
from yidang.ledger.events import canonical, say_time
from yidang.ledger.operations import append

ANCHOR = "credit.logged"
START = bytes(32)
_LOCK = 0x63726564  # any number of ours: writers of the chain queue behind it


@dataclass
class Book:
    """What is open for writing while `working` lasts."""

    grant: Grant
    links: list[LogEntry] = field(default_factory=list)

    def note(self, action: str, row: models.Model | None = None, *, subject: UUID | None = None) -> None:
        link = LogEntry(
            at=now(),
            actor=self.grant.staff_id,
            action=action,
            subject=subject or _subject_of(row),
            about=row.pk if row is not None else None,
            state=state_of(row) if row is not None else START,
        )
        _bind(link)
        link.save(force_insert=True)
        self.links.append(link)


@contextmanager
def working(grant: Grant) -> Iterator[Book]:
    """One transaction of this room: behind its door, with its log, anchored when the door closes."""
    with transaction.atomic():
        book = Book(grant)
        with opened():
            yield book
        for link in book.links:
            facts = {"position": link.position, "digest": bytes(link.digest).hex()}
            append(action=ANCHOR, actor=grant.actor, facts=facts)


def state_of(row: models.Model) -> bytes:
    """Every column, so that whatever is changed behind the log's back no longer fits it.

    What is sealed may be sealed anew under another key, and is bound to its row by the sealing itself.
    """
    names = [one.attname for one in row._meta.concrete_fields if one.name != "sealed_id"]  # noqa: SLF001 - Django's documented API
    return sm3(canonical({name: _plain(getattr(row, name)) for name in names}))


def digest_of(link: LogEntry) -> bytes:
    said = {
        "position": link.position,
        "at": say_time(link.at),
        "actor": _plain(link.actor),
        "action": link.action,
        "subject": _plain(link.subject),
        "about": _plain(link.about),
        "state": bytes(link.state).hex(),
        "previous": bytes(link.previous).hex(),
    }
    return sm3(canonical(said))


def _bind(link: LogEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = LogEntry.objects.order_by("-position").first()
    link.position = last.position + 1 if last else 1
    link.previous = bytes(last.digest) if last else START
    link.digest = digest_of(link)


def _subject_of(row: models.Model | None) -> UUID | None:
    found: UUID | None = row.pk if isinstance(row, Subject) else getattr(row, "subject_id", None)
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return say_time(value) if hasattr(value, "tzinfo") and hasattr(value, "hour") else str(value)
