"""What a reader finds on arriving: how many records are open to this person, and the newest of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yidang.access.criteria import criteria_of, hidden_items
from yidang.access.engine import search_index
from yidang.access.ports import Order
from yidang.access.query import Query
from yidang.holdings.models import Item, ItemState
from yidang.holdings.queries import visible_items
from yidang.identity.policy import Grant

_FILED = Query(facets={"state": frozenset({str(ItemState.FILED)})})


@dataclass(frozen=True, slots=True)
class Newest:
    total: int
    items: Sequence[Item]


def newest_open_to(grant: Grant, count: int) -> Newest:
    """Asked of the index, which counts a department's records without touching one; shown is what the database grants.

    Raises Unavailable `index_unreadable`.
    """
    criteria = replace(criteria_of(grant, _FILED), without=hidden_items(grant).items)
    found = search_index().find(criteria, order=Order.NEWEST, offset=0, limit=count)
    rows = visible_items(grant).filter(pk__in=found.items).select_related("series").in_bulk()
    return Newest(found.total, [rows[item] for item in found.items if item in rows])
