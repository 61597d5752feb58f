"""A volume sealed or supplemented, and the received files of its items settled with them."""

from collections.abc import Sequence
from uuid import UUID

from yidang.holdings.models import Item
from yidang.holdings.operations import seal_volume, supplement_volume
from yidang.identity.policy import Grant
from yidang.intake.operations.filing import settle_filed


def bind(*, grant: Grant, volume_id: UUID, note: str = "") -> list[Item]:
    """Never inside a caller's transaction. Raises what `seal_volume` raises."""
    return _settled(seal_volume(grant, volume_id=volume_id, note=note))


def supplement(*, grant: Grant, volume_id: UUID, item_ids: Sequence[UUID], cause: str, note: str) -> list[Item]:
    """Never inside a caller's transaction. Raises what `supplement_volume` raises."""
    return _settled(supplement_volume(grant, volume_id=volume_id, item_ids=item_ids, cause=cause, note=note))


def _settled(filed: list[Item]) -> list[Item]:
    settle_filed({item.pk for item in filed})
    return filed
