"""Where hashes and entries lie: the C2SP tlog-tiles layout, with SM3 in the place of SHA-256.

`tile/<level>/<number>` holds 256 hashes of 32 bytes; `tile/entries/<number>` holds 256 entries, each after its length
(2 bytes, big-endian). The last of each kind is partial: `….p/<width>`. A number is written in groups of three digits,
all but the last with an `x` before it: 1234067 is `x001/x234/067`.
"""

from collections.abc import Iterable, Iterator

from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Invalid

WIDTH = 256
FULL = WIDTH * DIGEST
ENTRIES = "entries"
_LENGTH = 2

Level = int | str  # a height, or ENTRIES


def number_path(number: int) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def tile_path(level: Level, number: int, width: int) -> str:
    path = f"tile/{level}/{number_path(number)}"
    return path if width == WIDTH else f"{path}.p/{width}"


def count_at(level: int, size: int) -> int:
    """How many hashes a tree of `size` entries has at a tile level."""
    return size >> 8 * level


def width_of(level: int, number: int, size: int) -> int:
    """How many of them stand in the tile of that number."""
    return min(WIDTH, count_at(level, size) - number * WIDTH)


def pack_entries(entries: Iterable[bytes]) -> bytes:
    return b"".join(len(entry).to_bytes(_LENGTH, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> Iterator[bytes]:
    """Raises Invalid `ledger_bundle_damaged`."""
    position = 0
    while position < len(bundle):
        start = position + _LENGTH
        position = start + int.from_bytes(bundle[position:start], "big")
        if position > len(bundle):
            raise Invalid("ledger_bundle_damaged")
        yield bundle[start:position]
