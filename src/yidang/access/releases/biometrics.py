"""A biometric template is never kept: only a keyed binary hash of it, compared by the number of differing bits.

The template (a vector of a face or a finger) is projected onto 256 random directions drawn from the key, and only the
sides on which it falls are kept (BioHashing, Teoh 2004). Without the key the hash leads nowhere; with another key it is
another hash, so a stolen one is replaced.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yidang.crypto.sm import KeyedSm3, hkdf_expand_sm3
from yidang.kernel.errors import Invalid

BITS = 256
SAME_UP_TO = 64  # differing bits; two strangers differ in about half
_LONGEST = 4096


def keyed_hash(template: Sequence[float], key: bytes) -> bytes:
    """32 bytes. Raises Invalid: `template_malformed` for one that is empty, too long, all zero or not finite."""
    vector = np.asarray(template, dtype=np.float64)
    if vector.ndim != 1 or not 1 <= vector.size <= _LONGEST or not np.isfinite(vector).all() or not vector.any():
        raise Invalid("template_malformed", longest=_LONGEST)
    return np.packbits(_directions(key, vector.size) @ vector > 0).tobytes()


def distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def is_same(one: bytes, other: bytes) -> bool:
    return len(one) == len(other) == BITS // 8 and distance(one, other) <= SAME_UP_TO


def _directions(key: bytes, size: int) -> NDArray[np.float64]:
    """BITS x size numbers from the key alone: equal on every machine, because made of SM3 and not of a generator."""
    keyed = KeyedSm3(hkdf_expand_sm3(key, info=b"biometric", length=32))
    needed = BITS * size
    blocks = b"".join(keyed.digest(n.to_bytes(4, "big")) for n in range(-(-needed // 32)))
    signs = np.frombuffer(blocks, dtype=np.uint8)[:needed].astype(np.float64) - 127.5
    return signs.reshape(BITS, size)
