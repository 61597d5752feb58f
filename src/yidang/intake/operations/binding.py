"""A volume sealed, and the received files of its items settled with them."""

from uuid import UUID

from yidang.holdings.models import Item
from yidang.holdings.operations import seal_volume
from yidang.identity.policy import Grant
from yidang.intake.operations.filing import settle_filed


def bind(*, grant: Grant, volume_id: UUID) -> list[Item]:
    """Never inside a caller's transaction. Raises what `seal_volume` raises."""
    filed = seal_volume(grant, volume_id=volume_id)
    settle_filed({item.pk for item in filed})
    return filed
