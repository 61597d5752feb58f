"""Who an actor of the ledger was, as people say it."""

from collections.abc import Iterable
from uuid import UUID

from yidang.identity.models import Staff


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Actor → display name; `system:<component>` and the unknown stay as they are."""
    ids = {actor: _id(actor) for actor in set(actors)}
    known = Staff.objects.in_bulk([pk for pk in ids.values() if pk])
    return {actor: known[pk].display_name if pk in known else actor for actor, pk in ids.items()}


def _id(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None
