"""Lays the index beside the catalogue and names every difference."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from yidang.access.engine import search_index
from yidang.access.stamps import stamps
from yidang.holdings.models import Change, Item
from yidang.kernel.difference import Difference, difference

_Stamped = tuple[UUID, int]
HELD, WANTED = 0, 1


def verify_index() -> list[Difference]:
    """Codes: `index_file_damaged`, `index_document_missing`, `index_document_surplus`, `index_document_stale`.

    What has changed since the index was last fed is not held against it.

    Raises:
        Unavailable: `index_unreadable`.
    """
    index = search_index()
    found = [difference("index_file_damaged", file=name) for name in index.damaged_files()]
    known = index.watermark() or 0
    different = dict(_compare(index.stamps(), stamps(Item.objects.all())))
    pending = set(Change.objects.filter(pk__gt=known).values_list("item", flat=True)) if different else set()
    return found + [difference(code, item=str(item)) for item, code in different.items() if item not in pending]


def _compare(held: Iterable[_Stamped], expected: Iterable[_Stamped]) -> Iterator[tuple[UUID, str]]:
    """Both in the order of ids; only the two entries at hand are kept in memory."""
    both = merge(((item, stamp, HELD) for item, stamp in held), ((item, stamp, WANTED) for item, stamp in expected))
    for item, entries in groupby(both, key=itemgetter(0)):
        sides = {side: stamp for _, stamp, side in entries}
        if HELD not in sides:
            yield item, "index_document_missing"
        elif WANTED not in sides:
            yield item, "index_document_surplus"
        elif sides[HELD] != sides[WANTED]:
            yield item, "index_document_stale"
