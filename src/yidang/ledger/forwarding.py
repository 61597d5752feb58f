"""The log's files brought up to rows that are further: after the database was restored to a later moment than they."""

from collections.abc import Iterator

from django.conf import settings

from yidang.crypto.durable import replace_durably
from yidang.kernel.errors import Conflict
from yidang.ledger.models import LedgerCheckpoint
from yidang.ledger.notes import Checkpoint, parse_checkpoint
from yidang.ledger.sequencing import entries_between, ledger_folder
from yidang.ledger.signing import signing_keys
from yidang.ledger.writing import LedgerWriter, settle_history


class _Retelling(LedgerWriter):
    """Publishes what was published before, with its own signatures; signs nothing anew."""

    recorded: Checkpoint

    def publish(self, size: int, root: bytes) -> Checkpoint:
        if (size, root) != (self.recorded.size, self.recorded.root):
            raise Conflict("ledger_damaged", size=size)
        folder = self._folder.path
        with (folder / "checkpoints").open("ab") as history:
            history.write((b"\n" if history.tell() else b"") + self.recorded.note.encode())
        replace_durably(folder / "checkpoint", self.recorded.note.encode())
        return self.recorded


def bring_forward() -> int:
    """Writes every checkpoint the rows remember and the files lack; how many there were.

    Raises Conflict `ledger_damaged` when the rows do not lead to a checkpoint they remember.
    """
    folder, count = ledger_folder(), 0
    with folder.locked():
        settle_history(folder)
        writer = _Retelling(folder, signing_keys(settings.YIDANG.home, may_create=False))
        for note in _recorded_after(folder.checkpoint().size):
            writer.recorded = note
            writer.extend(list(entries_between(folder.checkpoint().size, note.size)))
            count += 1
    return count


def _recorded_after(size: int) -> Iterator[Checkpoint]:
    for note in LedgerCheckpoint.objects.filter(size__gt=size).order_by("size").values_list("note", flat=True):
        yield parse_checkpoint(note)
