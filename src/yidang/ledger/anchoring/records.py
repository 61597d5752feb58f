"""What each witness and anchor gave us, one JSON object a line in `ledger/anchors/<slug>.jsonl`, only ever appended to.

{"size", "root" (base64), "at" (our clock), "oldest_at" (when the oldest entry it is the first to cover was written),
"evidence": {…}}. The checkpoint's text follows from the log's origin, size and root. A last line without its end was
cut off by a kill and is cut away before the next one.
"""

import base64
import json
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yidang.crypto.durable import make_private_folder, sync_file
from yidang.ledger.events import read_time, say_time
from yidang.ledger.notes import checkpoint_text
from yidang.ledger.ports import Evidence

FOLDER = "anchors"
_TAIL = 1 << 17


@dataclass(frozen=True, slots=True)
class Record:
    size: int
    root: bytes
    at: datetime
    oldest_at: datetime | None
    evidence: Evidence

    def text(self, origin: str) -> str:
        return checkpoint_text(origin, self.size, self.root)

    def line(self) -> str:
        said = {
            "size": self.size,
            "root": base64.b64encode(self.root).decode(),
            "at": say_time(self.at),
            "oldest_at": self.oldest_at and say_time(self.oldest_at),
            "evidence": dict(self.evidence),
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_record(line: str) -> Record:
    """Raises ValueError, KeyError or TypeError for what is no record."""
    said = json.loads(line)
    size, evidence, oldest = said["size"], said["evidence"], said["oldest_at"]
    if type(size) is not int or size < 0 or not isinstance(evidence, dict):
        raise ValueError(line)
    root = base64.b64decode(said["root"], validate=True)
    return Record(size, root, read_time(said["at"]), None if oldest is None else read_time(oldest), evidence)


class Records:
    """Those of one witness or anchor."""

    def __init__(self, ledger: Path, slug: str) -> None:
        self.path = ledger / FOLDER / f"{slug}.jsonl"

    def append(self, record: Record) -> None:
        is_new = not self.path.exists()
        make_private_folder(self.path.parent)
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as sink:
            _cut_torn_line(sink.fileno())
            sink.seek(0, os.SEEK_END)
            sink.write(record.line().encode())
            sink.flush()
            os.fsync(sink.fileno())
        if is_new:
            sync_file(self.path.parent)

    def __iter__(self) -> Iterator[Record]:
        """Oldest first. Raises ValueError, KeyError or TypeError at a damaged line."""
        if self.path.exists():
            with self.path.open(encoding="utf-8") as lines:
                yield from (read_record(line) for line in lines if line.endswith("\n"))

    def newest(self, count: int = 1) -> list[Record]:
        """The last ones, newest last; what cannot be read is passed over: verify names it."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as source:
            source.seek(max(0, self.path.stat().st_size - _TAIL * -(-count // 50)))
            lines = source.read().decode(errors="replace").split("\n")[:-1]
        found: deque[Record] = deque(maxlen=count)
        for line in lines:
            try:
                found.append(read_record(line))
            except (ValueError, KeyError, TypeError):
                continue
        return list(found)

    @property
    def last(self) -> Record | None:
        return next(iter(self.newest()), None)


def _cut_torn_line(handle: int) -> None:
    end = os.lseek(handle, 0, os.SEEK_END)
    tail = os.pread(handle, _TAIL, max(0, end - _TAIL))
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if torn:
        os.ftruncate(handle, end - torn)
