"""The counter of loans and the storeroom know of each other only here."""

from uuid import UUID

from yidang.identity.policy import Grant
from yidang.storeroom import operations, queries


class Paper:
    """`access.lending.ports.PaperStore`, by the storeroom."""

    def take_out(self, grant: Grant, *, item_id: UUID, reference: UUID) -> None:
        if queries.place_of(item_id):
            operations.take_out(grant, item_id=item_id, reference=reference)

    def put_back(self, grant: Grant, *, item_id: UUID) -> None:
        where = queries.place_of(item_id)
        if where and where.is_out:
            operations.put_back(grant, item_id=item_id)

    def place_of(self, item_id: UUID) -> str:
        where = queries.place_of(item_id)
        return " · ".join(filter(None, (where.place, where.box))) if where else ""
