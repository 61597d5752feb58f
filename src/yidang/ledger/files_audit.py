"""The stand-alone verifier, turned on our own folder with our own keys; then the partial tiles it has outgrown.

A partial tile stays until the full one stands in its place: whoever holds the checkpoint of that moment may ask for it.
"""

from collections.abc import Iterator

from django.conf import settings

from yidang.crypto.sm import DIGEST
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import DomainError
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import PublicKey, parse_checkpoint, parse_history
from yidang.ledger.signing import signing_keys
from yidang.ledger.tiles import ENTRIES, WIDTH, Level, count_at, pack_entries, tile_path
from yidang.ledger.verifier import Heads, verify_folder


def trusted_keys(origin: str) -> str:
    """The public halves of our signing keys. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    keys = signing_keys(settings.YIDANG.home, may_create=False)
    return "\n".join(str(PublicKey(origin, key.algorithm, key.public)) for key in keys)


def file_differences(folder: LedgerFolder, heads: Heads) -> Iterator[Difference]:
    try:
        keys = trusted_keys(folder.origin)
    except DomainError as problem:
        yield difference(problem.code, **problem.facts)
        return
    if (folder.path / "keys").read_text(encoding="utf-8").strip() != keys:
        yield difference("ledger_public_keys_wrong", path="ledger/keys")
    for finding in verify_folder(folder.path, keys=keys, heads=heads)["findings"]:
        yield difference(f"ledger_{finding.pop('code')}", **finding)


def outgrown_differences(folder: LedgerFolder, heads: Heads) -> Iterator[Difference]:
    """Every checkpoint of the history left partial tiles: each must be the beginning of the newest one."""
    sizes = sorted({parse_checkpoint(note).size for note in parse_history(heads.checkpoints)})
    level = 0
    while sizes and count_at(level, sizes[-1]):
        counts = sorted({count_at(level, size) for size in sizes})
        kinds: list[Level] = [0, ENTRIES] if level == 0 else [level]
        for kind in kinds:
            yield from _outgrown(folder, kind, counts)
        level += 1


def _outgrown(folder: LedgerFolder, level: Level, counts: list[int]) -> Iterator[Difference]:
    number, held = divmod(counts[-1], WIDTH)
    widths = [count - number * WIDTH for count in counts if 0 < count - number * WIDTH < held]
    for width in widths:
        path = folder.path / tile_path(level, number, width)
        expected = _beginning(folder, level, number, held, width)
        found = path.read_bytes() if path.is_file() else None
        if found is None and not (folder.path / tile_path(level, number, WIDTH)).is_file():  # filled up meanwhile
            yield difference("ledger_file_missing", path=tile_path(level, number, width))
        elif found is not None and found != expected:
            yield difference("ledger_tile_altered", path=tile_path(level, number, width))


def _beginning(folder: LedgerFolder, level: Level, number: int, held: int, width: int) -> bytes:
    if level == ENTRIES:
        return pack_entries(folder.entries(number, held)[:width])
    return folder.hashes(int(level), number, held)[: width * DIGEST]
