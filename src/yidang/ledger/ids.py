"""Time-ordered identifiers (UUID version 7, RFC 9562), strictly increasing within a process."""

import threading
import time
import uuid
from collections.abc import Iterator
from datetime import datetime

RANDOM = 8  # bytes of randomness an identifier needs
_VERSION_AND_VARIANT = 7 << 76 | 2 << 62
_lock = threading.Lock()
_last = 0


def next_ids(random: bytes) -> Iterator[uuid.UUID]:
    """As many as there are eights of random bytes, in increasing order."""
    count = len(random) // RANDOM
    for tick, start in zip(_ticks(count), range(0, len(random), RANDOM), strict=True):
        low = int.from_bytes(random[start : start + RANDOM], "big") >> 2
        yield uuid.UUID(int=(tick >> 12) << 80 | (tick & 0xFFF) << 64 | _VERSION_AND_VARIANT | low)


def first_id(at: datetime) -> uuid.UUID:
    """No identifier made before that moment is greater, none made after it is smaller."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)


def _ticks(count: int) -> range:
    """Milliseconds in the upper 48 bits, 4096ths of one in the lower 12; never the same twice."""
    global _last  # noqa: PLW0603 - the clock's own memory
    millisecond, rest = divmod(time.time_ns(), 1_000_000)
    with _lock:
        first = max(_last + 1, millisecond << 12 | rest * 4096 // 1_000_000)
        _last = first + count - 1
        return range(first, first + count)
