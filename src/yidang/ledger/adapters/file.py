"""A folder elsewhere: another machine's share, a write-once medium, a disk kept in a safe. Evidence: {"file": name}.

It gets every checkpoint handed to it as a file of its own, named by the size, and never changes one.
"""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from yidang.crypto.durable import create_durably
from yidang.kernel.errors import Conflict, Invalid, Unavailable
from yidang.ledger.anchoring.addresses import Address
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint, parse_checkpoint
from yidang.ledger.ports import Evidence

_NAME = re.compile(r"(\d{1,19})\.checkpoint", re.ASCII)


class FileAnchor:
    def __init__(self, address: Address) -> None:
        self._folder = Path(unquote(urlsplit(address.url).path))

    def keep(self, log: LedgerFolder) -> tuple[Checkpoint, Evidence]:
        self.compare(log)
        head = log.checkpoint()
        path = self._place(log) / f"{head.size}.checkpoint"
        try:
            create_durably(path, head.note.encode(), mode=0o644)
        except OSError as problem:
            raise Unavailable("ledger_anchor_unreachable", problem=type(problem).__name__) from None
        return head, {"file": path.name}

    def holds(self, _text: str, _evidence: Evidence, /) -> bool | None:
        """What the folder holds is compared by `compare`; the record only names the file."""
        return None

    def compare(self, log: LedgerFolder) -> None:
        newest = self._newest(log)
        if newest is None:
            return
        ours = log.checkpoint().size
        if newest.size > ours:
            raise Conflict("ledger_anchor_ahead", theirs=newest.size, ours=ours)
        if log.root_at(newest.size, within=ours) != newest.root:
            raise Conflict("ledger_anchor_contradicts", size=newest.size)

    def _newest(self, log: LedgerFolder) -> Checkpoint | None:
        try:
            if not self._folder.is_dir():
                raise Unavailable("ledger_anchor_unreachable", problem="FileNotFoundError")
            place = self._place(log)
            sizes = [int(found[1]) for one in place.glob("*.checkpoint") if (found := _NAME.fullmatch(one.name))]
            if not sizes:
                return None
            return parse_checkpoint((place / f"{max(sizes)}.checkpoint").read_text(encoding="utf-8"))
        except OSError as problem:
            raise Unavailable("ledger_anchor_unreachable", problem=type(problem).__name__) from None
        except (UnicodeDecodeError, Invalid):
            raise Unavailable("ledger_anchor_answer") from None

    def _place(self, log: LedgerFolder) -> Path:
        """One folder for each log: several archives may share a medium."""
        return self._folder / log.origin.replace("/", "-")
