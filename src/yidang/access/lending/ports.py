"""What lending asks of whoever keeps the paper. `site` wires it; without a storeroom nothing is carried."""

from typing import Protocol
from uuid import UUID

from yidang.identity.policy import Grant


class PaperStore(Protocol):
    def take_out(self, grant: Grant, *, item_id: UUID, reference: UUID) -> None:
        """Raises Conflict when the paper is not there. A record of which no paper is kept is passed over."""

    def put_back(self, grant: Grant, *, item_id: UUID) -> None: ...

    def place_of(self, item_id: UUID) -> str:
        """Where it lies, in words of the storeroom; blank when unknown."""


class _NoStore:
    def take_out(self, grant: Grant, *, item_id: UUID, reference: UUID) -> None:
        pass

    def put_back(self, grant: Grant, *, item_id: UUID) -> None:
        pass

    def place_of(self, _item_id: UUID) -> str:
        return ""


_store: list[PaperStore] = [_NoStore()]


def use_store(store: PaperStore) -> None:
    _store[0] = store


def store() -> PaperStore:
    return _store[0]
