"""Time-ordered identifiers (UUID version 7, RFC 9562), strictly increasing within a process."""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def next_id() -> uuid.UUID:
    return _assemble(_tick(), secrets.randbits(62))


def _tick() -> int:
    """Milliseconds in the upper 48 bits, 4096ths of one in the lower 12; never the same twice."""
    global _last  # noqa: PLW0603 - the clock's own memory
    millisecond, rest = divmod(time.time_ns(), 1_000_000)
    with _lock:
        _last = max(_last + 1, millisecond << 12 | rest * 4096 // 1_000_000)
        return _last


def _assemble(tick: int, random: int) -> uuid.UUID:
    return uuid.UUID(int=(tick >> 12) << 80 | 7 << 76 | (tick & 0xFFF) << 64 | 2 << 62 | random)
