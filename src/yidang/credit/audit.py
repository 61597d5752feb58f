"""The chain held against itself, against the main ledger and against the rows it tells of."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.db import models

from yidang.credit import chain
from yidang.credit.door import opened
from yidang.credit.models import (
    Appeal,
    Confirmation,
    Decision,
    Deduction,
    LogEntry,
    Measure,
    Repair,
    Subject,
)
from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerEntry

TOLD: tuple[type[models.Model], ...] = (Subject, Decision, Deduction, Measure, Repair, Appeal, Confirmation)


def verify_credit() -> list[Difference]:
    """Codes: `credit_chain_broken`, `credit_chain_unanchored`, `credit_chain_short`, `credit_row_{changed,lost}`.

    What stands only in one of two readings was a change under way.
    """
    found = _differences()
    return [one for one in _differences() if one in found] if found else []


def _differences() -> list[Difference]:
    with opened():
        links = list(LogEntry.objects.order_by("position"))
        rows = {row.pk: chain.state_of(row) for model in TOLD for row in model._default_manager.all()}  # noqa: SLF001 - Django's documented API
    return [*_of_chain(links), *_of_anchors(links), *_of_rows(links, rows)]


def _of_chain(links: list[LogEntry]) -> Iterator[Difference]:
    previous = chain.START
    for position, link in enumerate(links, start=1):
        wrong = link.position != position or bytes(link.previous) != previous
        if wrong or chain.digest_of(link) != bytes(link.digest):
            yield difference("credit_chain_broken", position=position)
        previous = bytes(link.digest)


def _of_anchors(links: list[LogEntry]) -> Iterator[Difference]:
    standing = {link.position: bytes(link.digest).hex() for link in links}
    anchored = {}
    for entry in LedgerEntry.objects.filter(action=chain.ANCHOR).order_by("id").iterator():
        facts = json.loads(bytes(entry.entry))["facts"]
        anchored[facts["position"]] = facts["digest"]
    for position, digest in standing.items():
        if anchored.get(position) != digest:
            yield difference("credit_chain_unanchored", position=position)
    yield from (difference("credit_chain_short", position=one) for one in sorted(anchored.keys() - standing.keys()))


def _of_rows(links: list[LogEntry], rows: dict[UUID, bytes]) -> Iterator[Difference]:
    told = {link.about: bytes(link.state) for link in links if link.about and "shown" not in link.action}
    for row, state in rows.items():
        if told.get(row) != state:
            yield difference("credit_row_changed", row=str(row))
    yield from (difference("credit_row_lost", row=str(row)) for row in told.keys() - rows.keys())
