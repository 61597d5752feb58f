"""Our log against what others have seen of it: the proofs kept here, then the others themselves, asked anew.

1. Every record kept can be read, its proof holds, and what it attests is a beginning of today's log.
2. No entry says it was written before somebody outside saw the log without it, or after somebody saw it there.
3. Every witness and anchor that can be reached holds nothing that our log does not continue.
Whoever holds this machine can make it say anything: what counts is the same check by somebody else (see `verifier`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import Conflict, DomainError, Invalid, Unavailable
from yidang.ledger.anchoring.addresses import WITNESS, Address
from yidang.ledger.anchoring.engines import anchors, engine, witnesses
from yidang.ledger.anchoring.evidence import seen_at
from yidang.ledger.anchoring.moments import Moment, wrong_times
from yidang.ledger.anchoring.records import FOLDER, Record, Records
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import parse_checkpoint, parse_history
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.tiles import WIDTH
from yidang.ledger.verifier import read_heads

_UNREADABLE = (ValueError, KeyError, TypeError, Invalid)


@dataclass(slots=True)
class Findings:
    differences: list[Difference] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)


def verify_outside(*, ask: bool = True) -> Findings:
    """`ask`: the witnesses and anchors too, not only what they gave us before."""
    found, folder = Findings(), ledger_folder()
    if not folder.exists:
        return found
    places = [*witnesses(), *anchors()]
    try:
        _check_kept(folder, places, found)
        found.differences += _wrong_times(folder, found.moments)
    except (DomainError, OSError, ValueError):
        return found  # the files themselves are damaged: `verify_ledger` names what
    for place in places if ask else []:
        _ask(place, folder, found)
    return found


def _check_kept(folder: LedgerFolder, places: list[Address], found: Findings) -> None:
    known = _Known(folder)
    for place in places:
        _check_records(place, Records(folder.path, place.slug), known, found)
    named = {place.slug for place in places}
    for path in sorted((folder.path / FOLDER).glob("*.jsonl")):
        if path.stem not in named:
            _check_unnamed(Records(folder.path, path.stem), known, found)


class _Known:
    """The roots of our log at every size asked for."""

    def __init__(self, folder: LedgerFolder) -> None:
        self._folder = folder
        self.origin = folder.origin
        self.size = folder.checkpoint().size
        notes = (parse_checkpoint(note) for note in parse_history(read_heads(folder.path).checkpoints))
        self._roots = {note.size: note.root for note in notes}

    def difference(self, record: Record, place: str) -> Difference | None:
        if record.size > self.size:
            return difference("ledger_record_beyond", place=place, size=record.size)
        root = self._roots.get(record.size) or self._folder.root_at(record.size, within=self.size)
        if root != record.root:
            return difference("ledger_record_contradicts", place=place, size=record.size)
        return None


def _check_records(place: Address, records: Records, known: _Known, found: Findings) -> None:
    holder, unchecked, failed = engine(place), 0, False
    try:
        for record in records:
            wrong = known.difference(record, place.name)
            holds = None if failed else holder.holds(record.text(known.origin), record.evidence)
            failed = failed or (holds is None and place.kind != WITNESS)
            unchecked += holds is None
            if holds is False:
                wrong = difference("ledger_record_false", place=place.name, size=record.size)
            if wrong:
                found.differences.append(wrong)
            elif holds and (at := seen_at(place.kind, record.evidence)) is not None:
                found.moments.append(Moment(record.size, datetime.fromtimestamp(at, UTC), place.name))
    except _UNREADABLE:
        found.differences.append(difference("ledger_record_damaged", path=f"ledger/{FOLDER}/{records.path.name}"))
    except Unavailable as problem:
        found.notes.append(difference(problem.code, **problem.facts))
    if unchecked:
        found.notes.append(difference("ledger_record_unchecked", place=place.name, count=unchecked))


def _check_unnamed(records: Records, known: _Known, found: Findings) -> None:
    """Whoever takes a witness out of the settings does not take away what it has attested."""
    place, count = records.path.stem, 0
    try:
        for record in records:
            count += 1
            wrong = known.difference(record, place)
            if wrong:
                found.differences.append(wrong)
    except _UNREADABLE:
        found.differences.append(difference("ledger_record_damaged", path=f"ledger/{FOLDER}/{records.path.name}"))
    found.notes.append(difference("ledger_outside_unnamed", place=place, count=count))


def _wrong_times(folder: LedgerFolder, moments: list[Moment]) -> Iterator[Difference]:
    if not moments:
        return
    for run in wrong_times(_entries(folder), moments):
        code = "ledger_entry_backdated" if run.is_backdated else "ledger_entry_postdated"
        yield difference(code, first=run.first, last=run.last, place=run.place)


def _entries(folder: LedgerFolder) -> Iterator[bytes]:
    """A damaged bundle tells no times; the audit of the files names it."""
    size = folder.checkpoint().size
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        try:
            yield from folder.entries(number, width)
        except Invalid:
            yield from [b""] * width


def _ask(place: Address, folder: LedgerFolder, found: Findings) -> None:
    try:
        engine(place).compare(folder)
    except Conflict as problem:
        code = "ledger_outside_ahead" if problem.code == "ledger_anchor_ahead" else "ledger_outside_contradicts"
        found.differences.append(difference(code, place=place.name, **problem.facts))
    except Unavailable:
        found.notes.append(difference("ledger_outside_unreachable", place=place.name))
    except Invalid as problem:
        if problem.code == "ledger_anchor_refuses":
            found.notes.append(difference("ledger_outside_refuses", place=place.name))
