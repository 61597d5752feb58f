"""The Merkle tree of RFC 6962 section 2.1 with SM3: leaf = SM3(0x00 ‖ entry), node = SM3(0x01 ‖ left ‖ right)."""

from collections.abc import Sequence

from yidang.crypto.sm import DIGEST, new_sm3, sm3

EMPTY_ROOT = sm3(b"")
_LEAF = new_sm3(b"\x00")
_NODE = new_sm3(b"\x01")


def leaf_hash(entry: bytes) -> bytes:
    state = _LEAF.copy()
    state.update(entry)
    return state.digest()


def node_hash(pair: bytes) -> bytes:
    """`pair` is left ‖ right."""
    state = _NODE.copy()
    state.update(pair)
    return state.digest()


def fold(hashes: bytes) -> bytes:
    """The root over a power of two of consecutive hashes."""
    while len(hashes) > DIGEST:
        hashes = b"".join(node_hash(hashes[start : start + 2 * DIGEST]) for start in range(0, len(hashes), 2 * DIGEST))
    return hashes


def split_point(count: int) -> int:
    """The largest power of two smaller than `count`, where RFC 6962 parts a tree."""
    return 1 << (count - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """MTH over leaf hashes held in memory."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    middle = split_point(len(leaves))
    return node_hash(root_of(leaves[:middle]) + root_of(leaves[middle:]))


def path_in(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The inclusion proof PATH(index, leaves), nearest sibling first."""
    if len(leaves) == 1:
        return []
    middle = split_point(len(leaves))
    if index < middle:
        return [*path_in(leaves[:middle], index), root_of(leaves[middle:])]
    return [*path_in(leaves[middle:], index - middle), root_of(leaves[:middle])]


def root_by_path(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which an inclusion proof leads (RFC 9162 section 2.1.3.2); None when it has the wrong length."""
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = node_hash(sibling + found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found + sibling)
        node, last = node >> 1, last >> 1
    return found if last == 0 and index < size else None
