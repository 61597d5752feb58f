"""The log as it stood at one moment, for whoever copies it: its files and the rows say the same then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import connection

from yidang.kernel.errors import Conflict
from yidang.ledger.export import tile_content, tiles_of
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.sequencing import ledger_folder, sequence
from yidang.ledger.tiles import WIDTH, Level, tile_path

T = TypeVar("T")
HEADS = ("log.json", "keys", "checkpoints", "checkpoint")
_TRIES = 20
_EVEN = """
SELECT (SELECT coalesce(max(position) + 1, 0) FROM ledger_position),
       (SELECT coalesce(max(size), 0) FROM ledger_checkpoint)
"""


@dataclass(frozen=True, slots=True)
class Captured:
    folder: LedgerFolder
    head: Checkpoint
    heads: dict[str, bytes]

    def files(self) -> Iterator[tuple[str, bool, Callable[[], bytes]]]:
        """Path, whether it never changes again, and its bytes: the four heads, then every tile they cover."""
        for name, content in self.heads.items():
            yield name, False, partial(bytes, content)
        for level, number, width in tiles_of(self.head.size):
            for part in self._widths(level, number, width):
                read = partial(tile_content, self.folder, level, number, part)
                yield tile_path(level, number, part), part == WIDTH, read

    def _widths(self, level: Level, number: int, width: int) -> list[int]:
        """Of a tile not yet full, every width that an earlier checkpoint was signed over."""
        if width == WIDTH:
            return [width]
        earlier = (self.folder.path / tile_path(level, number, width)).parent.glob("*")
        return sorted({width, *(int(one.name) for one in earlier if int(one.name) < width)})

    def others(self) -> Iterator[Path]:
        """What else stands in the folder: anchors, cosignatures."""
        for path in sorted(self.folder.path.rglob("*")):
            known = path.relative_to(self.folder.path).parts[0]
            if path.is_file() and known not in {*HEADS, "tile"} and not path.name.startswith("."):
                yield path


def capture(moment: Callable[[], T]) -> tuple[Captured, T]:
    """Calls `moment` while nothing can be added to the log, and while rows and files agree.

    Raises Conflict `ledger_uneven` when they cannot be brought to agree.
    """
    folder = ledger_folder()
    for _ in range(_TRIES):
        sequence()
        with folder.locked():
            assigned, published = _state()
            if folder.exists and assigned == published == folder.checkpoint().size:
                answer = moment()
                heads = {name: (folder.path / name).read_bytes() for name in HEADS}
                return Captured(folder, folder.checkpoint(), heads), answer
    raise Conflict("ledger_uneven", rows=assigned, files=published)


def _state() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_EVEN)
        assigned, published = cursor.fetchone()
    return int(assigned), int(published)
