"""Drafts that are no record of their own but part of one that stands elsewhere; a room above says which."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

# Draft → the filed item it became part of, or None where it has to wait for that item.
Joiner = Callable[[Sequence[UUID]], Mapping[UUID, UUID | None]]
_joiners: list[Joiner] = []


def joins(joiner: Joiner) -> None:
    """Called with drafts that are about to be filed, outside any transaction; asked again, it changes nothing."""
    if joiner not in _joiners:
        _joiners.append(joiner)


def joined(drafts: Sequence[UUID]) -> dict[UUID, UUID | None]:
    found: dict[UUID, UUID | None] = {}
    for joiner in _joiners:
        found.update(joiner([pk for pk in drafts if pk not in found]))
    return found
