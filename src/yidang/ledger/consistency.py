"""Is the log as it was a beginning of the log as it is? The check of a consistency proof (RFC 9162 section 2.1.4.2)."""

import hashlib
from collections.abc import Callable, Sequence

from yidang.crypto.sm import sm3

Hash = Callable[[bytes], bytes]
_NODE = b"\x01"


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


HASHES: dict[str, Hash] = {"SM3": sm3, "SHA-256": _sha256}


def empty_root(digest: Hash) -> bytes:
    return digest(b"")


def is_beginning(*, old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes], digest: Hash) -> bool:
    """True only when `path` proves it. With `old` 0 there is nothing to prove and no path may be given."""
    if old in {0, new}:
        return not path and (old == 0 or old_root == new_root) and old <= new
    if old > new or not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    steps = list(path) if node else [old_root, *path]  # a full subtree's own hash is left out of the proof
    return _climb(node, last, steps, digest) == (old_root, new_root)


def _climb(node: int, last: int, steps: Sequence[bytes], digest: Hash) -> tuple[bytes, bytes] | None:
    """The two roots to which the proof leads; None when it has the wrong length."""
    before = after = steps[0]
    for step in steps[1:]:
        if not last:
            return None
        if node & 1 or node == last:
            before, after = digest(_NODE + step + before), digest(_NODE + step + after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = digest(_NODE + after + step)
        node, last = node >> 1, last >> 1
    return None if last else (before, after)
