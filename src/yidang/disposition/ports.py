"""What other rooms keep of a record, and forget in the transaction that ends it; `site` makes them known."""

from collections.abc import Callable, Sequence
from uuid import UUID

Forget = Callable[[Sequence[UUID]], None]
_forgetters: list[Forget] = []


def forgets(forget: Forget) -> None:
    """Called with the items that end, while their transaction lasts; asked again, it changes nothing."""
    if forget not in _forgetters:
        _forgetters.append(forget)


def forget_traces(items: Sequence[UUID]) -> None:
    for forget in _forgetters:
        forget(items)
