"""The most sensitive class stands in a store of its own, under keys of its own."""

from collections.abc import Collection, Iterator
from uuid import UUID

from yidang.holdings.columns import security_class
from yidang.holdings.comparing import about
from yidang.holdings.description import Description
from yidang.holdings.models import Item, ItemState
from yidang.kernel.difference import Difference
from yidang.preservation import repository
from yidang.preservation.places import placement
from yidang.preservation.repository import MAIN, SENSITIVE

__all__ = ["MAIN", "SENSITIVE", "misplaced", "move_misplaced", "store_for", "store_of"]
_MOST_SENSITIVE = "sensitive"


def store_for(description: Description) -> str:
    return _store(security_class(description))


def store_of(item: Item) -> str:
    return _store(item.security_class)


def _store(security: str) -> str:
    return SENSITIVE if security == _MOST_SENSITIVE else MAIN


def misplaced() -> Iterator[tuple[UUID, str]]:
    """Filed items that stand where their class does not belong, and where each belongs."""
    filed = Item.objects.filter(state=ItemState.FILED, security_class=_MOST_SENSITIVE)
    wanted = set(filed.values_list("pk", flat=True))
    standing = placement().standing_in(SENSITIVE)
    yield from ((item, SENSITIVE) for item in sorted(wanted - standing))
    others = Item.objects.filter(pk__in=standing - wanted, state=ItemState.FILED)
    yield from ((item, MAIN) for item in others.values_list("pk", flat=True))


def move_misplaced() -> int:
    """At start, before anybody else writes: what was filed before its class had a store of its own."""
    moves = list(misplaced())
    return sum(repository.move(item, place) for item, place in moves)


def differences(*, except_of: Collection[UUID]) -> list[Difference]:
    return [
        about("item_in_wrong_store", item=item, place=place) for item, place in misplaced() if item not in except_of
    ]
