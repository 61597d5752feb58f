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
from yidang.kernel.errors import Unavailable

_Stamped = tuple[UUID, int]
HELD, WANTED = 0, 1


def verify_index() -> list[Difference]:
    """Codes: `index_missing`, `index_unreadable`, `index_file_damaged`, `index_document_(missing|surplus|stale)`.

    What has changed since the index was last fed is not held against it.
    """
    found = [difference("index_file_damaged", file=name) for name in search_index().damaged_files()]
    try:
        return found + _verify_documents()
    except Unavailable as problem:
        return [*found, difference(problem.code)]


def _verify_documents() -> list[Difference]:
    index = search_index()
    known = index.watermark()
    if known is None:
        return [difference("index_missing")] if Item.objects.exists() else []
    different = dict(_compare(index.stamps(), stamps(Item.objects.all())))
    pending = set(Change.objects.filter(pk__gt=known).values_list("item", flat=True)) if different else set()
    return [difference(code, item=str(item)) for item, code in different.items() if item not in pending]


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
