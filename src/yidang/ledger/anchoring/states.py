"""How far the ledger is out of our hands: for the administrators' page, `yidang ledger anchors` and doctor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from yidang.kernel.clock import now
from yidang.ledger.anchoring import rules
from yidang.ledger.anchoring.addresses import Address
from yidang.ledger.anchoring.engines import anchors, witnesses
from yidang.ledger.anchoring.pressing import pressing
from yidang.ledger.anchoring.records import Record, Records
from yidang.ledger.anchoring.rules import Cover, Pressing
from yidang.ledger.anchoring.times import time_of_entry
from yidang.ledger.anchoring.troubles import Trouble, trouble_of
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.sequencing import ledger_folder

MEASURED = 300  # the newest records of each, from which the window is measured


@dataclass(frozen=True, slots=True)
class Place:
    """One witness or anchor."""

    kind: str
    name: str
    url: str
    size: int  # entries under the newest checkpoint it holds
    at: datetime | None
    behind: int
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Quorum:
    """What enough of one sort hold."""

    places: Sequence[Place]
    needed: int
    size: int
    window: timedelta | None  # the longest an entry of late waited until enough had it
    usual: timedelta | None  # the median of the same

    @property
    def is_open(self) -> bool:
        return bool(self.places)


@dataclass(frozen=True, slots=True)
class States:
    head: Checkpoint | None
    witnesses: Quorum
    anchors: Quorum
    waiting_since: datetime | None  # when the oldest entry that too few witnesses know was written
    late: Sequence[Pressing] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Does anybody outside keep our checkpoints?"""
        return self.witnesses.is_open or self.anchors.is_open

    @property
    def waited(self) -> float:
        return (now() - self.waiting_since).total_seconds() if self.waiting_since else 0.0

    @property
    def unwitnessed(self) -> int:
        return self.head.size - self.witnesses.size if self.head and self.witnesses.is_open else 0

    @property
    def is_late(self) -> bool:
        allowed = settings.YIDANG.witness_seconds + 2 * rules.GRACE
        return bool(self.late) or self.waited > allowed


def states() -> States:
    folder, config = ledger_folder(), settings.YIDANG
    head = folder.checkpoint() if folder.exists else None
    size = head.size if head else 0
    by_witnesses = _quorum(folder, witnesses(), config.witnesses_needed, size)
    by_anchors = _quorum(folder, anchors(), config.anchors_needed, size)
    since = _waiting_since(folder, by_witnesses, size)
    return States(head, by_witnesses, by_anchors, since, _late(by_witnesses, by_anchors))


def _quorum(folder: LedgerFolder, addresses: Sequence[Address], needed: int, size: int) -> Quorum:
    kept = [Records(folder.path, one.slug).newest(MEASURED) for one in addresses]
    places = [_place(address, records, size) for address, records in zip(addresses, kept, strict=True)]
    waits = rules.exposures([_covers(records) for records in kept], needed)
    reached = rules.quorum_size((place.size for place in places), needed)
    return Quorum(places, needed, reached, max(waits, default=None), _median(waits))


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    return sorted(waits)[len(waits) // 2] if waits else None


def _place(address: Address, records: Sequence[Record], size: int) -> Place:
    last = records[-1] if records else None
    kept = last.size if last else 0
    trouble = trouble_of(address.slug)
    return Place(address.kind, address.name, address.url, kept, last.at if last else None, max(0, size - kept), trouble)


def _covers(records: Sequence[Record]) -> list[Cover]:
    """The first of them tells nothing: what came before it is not known here."""
    before = [0, *(record.size for record in records)]
    return [
        Cover(record.size, record.at, first, record.oldest_at) for record, first in zip(records, before, strict=False)
    ]


def _waiting_since(folder: LedgerFolder, quorum: Quorum, size: int) -> datetime | None:
    return time_of_entry(folder, quorum.size) if quorum.is_open and quorum.size < size else None


def _late(by_witnesses: Quorum, by_anchors: Quorum) -> list[Pressing]:
    """An entry with a time of its own needs both, as far as there are any."""
    sizes = [quorum.size for quorum in (by_witnesses, by_anchors) if quorum.is_open]
    at = now()
    return [one for one in pressing(min(sizes)) if one.is_late(at)] if sizes else []
