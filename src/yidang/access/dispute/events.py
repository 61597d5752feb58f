"""What the ledger says of the records, each entry with its proof under one and the same checkpoint."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from yidang.crypto.fields import open_json
from yidang.crypto.sm import sm3
from yidang.ledger import queries as ledger
from yidang.ledger.anchoring.records import FOLDER, read_record
from yidang.ledger.events import read_time
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.models import LedgerEntry
from yidang.ledger.notes import Checkpoint, checkpoint_text, signed_note
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.signing import signing_keys
from yidang.ledger.tree import TileTree

_PER_QUERY = 2000


@dataclass(frozen=True, slots=True)
class ProvedEvent:
    """`proof` is what goes into the file: {entry, position, path[, private]}."""

    at: datetime
    action: str
    actor: str
    subject: UUID | None
    position: int
    proof: dict[str, Any]


@dataclass(frozen=True)
class Log:
    """The log as of one checkpoint."""

    folder: LedgerFolder
    head: Checkpoint
    tree: TileTree

    def events_of(self, subjects: Sequence[UUID]) -> list[ProvedEvent]:
        """Every entry about the records that the checkpoint covers, in the order of the log."""
        rows = LedgerEntry.objects.filter(subject__in=subjects).annotate(at_position=F("place__position"))
        rows = rows.filter(at_position__lt=self.head.size).order_by("at_position")
        return [self._proved(row) for row in rows.iterator(chunk_size=_PER_QUERY)]

    def _proved(self, row: Any) -> ProvedEvent:
        entry = bytes(row.entry).decode()
        proof = {"entry": entry, "position": row.at_position}
        proof["path"] = [sibling.hex() for sibling in self.tree.inclusion(row.at_position)]
        if row.private is not None:
            proof["private"] = open_json(bytes(row.private), table="ledger_entry", row=str(row.id), field="private")
        said = json.loads(entry)
        return ProvedEvent(read_time(said["at"]), said["action"], said["actor"], row.subject, row.at_position, proof)

    def sign(self, kind: str, content: bytes) -> str:
        """A note in the shape of a checkpoint, with `kind` where the log's origin stands: kind, length, SM3."""
        keys = signing_keys(settings.YIDANG.home, may_create=False)
        text = checkpoint_text(kind, len(content), sm3(content))
        return signed_note(self.head.origin, text, keys)

    def outside(self) -> dict[str, dict[str, Any]]:
        """Of each witness and anchor the newest record within the log, with the proof that the log begins with it."""
        found = {}
        for path in sorted((self.folder.path / FOLDER).glob("*.jsonl")):
            if newest := self._newest(path.read_text(encoding="utf-8").splitlines()):
                size = read_record(newest).size
                proof = [node.hex() for node in self.tree.consistency(size)]
                found[path.stem] = {"record": json.loads(newest), "consistency": proof}
        return found

    def _newest(self, lines: Sequence[str]) -> str | None:
        for line in reversed(lines):
            try:
                if read_record(line).size <= self.head.size:
                    return line
            except (ValueError, KeyError, TypeError):  # torn by a kill, or damaged: `verify` names it
                continue
        return None


def current_log() -> Log:
    folder = ledger_folder()
    head = ledger.checkpoint()
    return Log(folder, head, folder.tree(head.size))
