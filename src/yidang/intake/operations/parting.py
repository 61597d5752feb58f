"""Drafts split into several, with the received files and the outcome following."""

from collections.abc import Sequence

from yidang.holdings.models import Item


def part_at(item: Item, records: Sequence[Sequence[int]]) -> list[Item]:
    """Waits for holdings.split_item; until then the stack stays one item and a person splits it."""
    del records
    return [item]
