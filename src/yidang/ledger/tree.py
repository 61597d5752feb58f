"""Roots and proofs computed from tiles: a handful of reads, whatever the size of the log."""

from collections.abc import Callable
from functools import cached_property, lru_cache

from yidang.crypto.sm import DIGEST
from yidang.ledger.merkle import EMPTY_ROOT, fold, node_hash, split_point
from yidang.ledger.tiles import WIDTH, width_of

_fold = lru_cache(4096)(fold)  # the upper tiles and the right edge serve every proof of a tree
ReadTile = Callable[[int, int, int], bytes]


class TileTree:
    """The tree of the first `size` entries. `read_tile(level, number, width)` gives that many hashes."""

    def __init__(self, size: int, read_tile: ReadTile) -> None:
        self.size = size
        self._read_tile = read_tile
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._folded: dict[tuple[int, int], bytes] = {}

    @cached_property
    def root(self) -> bytes:
        return self._span(0, self.size) if self.size else EMPTY_ROOT

    def leaf(self, index: int) -> bytes:
        return self._complete(0, index)

    def inclusion(self, index: int) -> list[bytes]:
        """PATH(index, D) of RFC 6962 section 2.1.1, nearest sibling first."""
        return self._path(index, 0, self.size)

    def consistency(self, old: int) -> list[bytes]:
        """PROOF(old, D) of RFC 6962 section 2.1.2: that the first `old` entries are still the first."""
        if old in {0, self.size}:
            return []
        return self._subproof(old, 0, self.size, is_known=True)

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + split_point(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._span(middle, end)]
        return [*self._path(index, middle, end), self._span(start, middle)]

    def _subproof(self, old: int, start: int, end: int, *, is_known: bool) -> list[bytes]:
        if old == end:
            return [] if is_known else [self._span(start, end)]
        middle = start + split_point(end - start)
        if old <= middle:
            return [*self._subproof(old, start, middle, is_known=is_known), self._span(middle, end)]
        return [*self._subproof(old, middle, end, is_known=False), self._span(start, middle)]

    def _span(self, start: int, end: int) -> bytes:
        """The hash over entries start … end, where start is a multiple of a power of two ≥ the length."""
        length = end - start
        if length & (length - 1) == 0:
            height = length.bit_length() - 1
            return self._complete(height, start >> height)
        middle = start + split_point(length)
        return node_hash(self._span(start, middle) + self._span(middle, end))

    def _complete(self, height: int, index: int) -> bytes:
        """The root of a full subtree, folded from consecutive hashes of one tile."""
        found = self._folded.get((height, index))
        if found is None:
            level, rest = divmod(height, 8)
            first = index << rest
            number, offset = divmod(first, WIDTH)
            tile = self._tile(level, number)
            found = _fold(tile[offset * DIGEST : (offset + (1 << rest)) * DIGEST])
            self._folded[height, index] = found
        return found

    def _tile(self, level: int, number: int) -> bytes:
        tile = self._tiles.get((level, number))
        if tile is None:
            tile = self._read_tile(level, number, width_of(level, number, self.size))
            self._tiles[level, number] = tile
        return tile
