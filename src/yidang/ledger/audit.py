"""The ledger against itself: rows, bundles, tiles, checkpoints and signatures."""

from collections.abc import Iterator

from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import DomainError
from yidang.ledger.files_audit import file_differences, outgrown_differences
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.models import LedgerCheckpoint, LedgerPosition
from yidang.ledger.notes import parse_checkpoint, parse_history
from yidang.ledger.rows_audit import (
    checkpoint_differences,
    last_recorded,
    outside_differences,
    row_differences,
    time_differences,
)
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.verifier import Heads, read_heads


def verify_ledger() -> list[Difference]:
    """Every difference, named by position or path. Reads the whole log once and the rows once, both as streams.

    A log and a database both rolled back to the same earlier moment agree with each other: only a checkpoint kept
    elsewhere shows that.
    """
    folder = ledger_folder()
    if not folder.path.exists():
        return _without_files()
    try:
        return list(_differences(folder))
    except DomainError as problem:
        return [difference(problem.code, **problem.facts)]
    except (OSError, ValueError) as problem:
        return [difference("ledger_unreadable", problem=str(problem))]


def _without_files() -> list[Difference]:
    """A log not yet begun has no files; one whose rows have positions has lost them."""
    if LedgerCheckpoint.objects.exists() or LedgerPosition.objects.exists():
        return [difference("ledger_files_missing", path="ledger")]
    return []


def _differences(folder: LedgerFolder) -> Iterator[Difference]:
    heads, recorded, outside = _moment(folder)
    yield from outside
    damaged = list(file_differences(folder, heads))
    yield from damaged or outgrown_differences(folder, heads)
    yield from checkpoint_differences([parse_checkpoint(note) for note in parse_history(heads.checkpoints)], recorded)
    yield from time_differences()
    yield from row_differences(folder, parse_checkpoint(heads.checkpoint).size)


def _moment(folder: LedgerFolder) -> tuple[Heads, int, list[Difference]]:
    """What must be read between two steps of the sequencer; all else below the checkpoint no longer changes."""
    with folder.locked():
        heads = read_heads(folder.path)
        return heads, last_recorded(), outside_differences(parse_checkpoint(heads.checkpoint).size)
