"""Handing the log to a stranger: its files as they stand, and the program that checks them."""

import shutil
from pathlib import Path

from yidang.kernel.errors import Conflict
from yidang.ledger import verifier
from yidang.ledger.anchoring.records import FOLDER, read_record
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.tiles import ENTRIES, WIDTH, Level, count_at, pack_entries, tile_path, width_of

_ABOUT = ("log.json", "keys", "checkpoints", "checkpoint")


def export(dest: Path) -> Checkpoint:
    """Copies the log into a folder that is empty or absent, with `verifier.py` beside it.

    Raises:
        Conflict: `ledger_export_not_empty`.
    """
    if dest.exists() and any(dest.iterdir()):
        raise Conflict("ledger_export_not_empty", path=str(dest))
    dest.mkdir(parents=True, exist_ok=True)
    folder = ledger_folder()
    with folder.locked():  # the four small files must agree; tiles below the checkpoint never change
        for name in _ABOUT:
            shutil.copy(folder.path / name, dest / name)
    shutil.copy(verifier.__file__, dest / "verifier.py")
    head = LedgerFolder(dest).checkpoint()
    copy_anchors(folder.path / FOLDER, dest / FOLDER, head.size)
    for level, number, width in tiles_of(head.size):
        target = dest / tile_path(level, number, width)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(tile_content(folder, level, number, width))
    return head


def copy_anchors(held: Path, dest: Path, size: int) -> None:
    """What witnesses and anchors attested of the log up to that size."""
    for path in sorted(held.glob("*.jsonl")):
        dest.mkdir(exist_ok=True)
        with path.open(encoding="utf-8") as lines, (dest / path.name).open("w", encoding="utf-8") as sink:
            sink.writelines(line for line in lines if line.endswith("\n") and _belongs(line, size))


def _belongs(line: str, size: int) -> bool:
    """A damaged line is handed out too: the verifier names it."""
    try:
        return read_record(line).size <= size
    except (ValueError, KeyError, TypeError):
        return True


def tile_content(folder: LedgerFolder, level: Level, number: int, width: int) -> bytes:
    """No more than the checkpoint covers, though the tile may have grown meanwhile."""
    if isinstance(level, int):
        return folder.hashes(level, number, width)
    return pack_entries(folder.entries(number, width))


def tiles_of(size: int) -> list[tuple[Level, int, int]]:
    """Every tile and bundle of a log of that size."""
    found: list[tuple[Level, int, int]] = [
        (ENTRIES, number, width_of(0, number, size)) for number in range(-(-size // WIDTH))
    ]
    level = 0
    while count := count_at(level, size):
        found += [(level, number, width_of(level, number, size)) for number in range(-(-count // WIDTH))]
        level += 1
    return found
