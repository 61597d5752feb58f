"""Records of fund settlement, which are copied every day whatever the schedule says."""

from uuid import UUID

from yidang.holdings.models import Item
from yidang.site.config import Config


def settlement_items(config: Config) -> set[UUID]:
    series = [code.strip() for code in config.settlement_series.split(",")]
    return set(Item.objects.filter(series__in=series).values_list("pk", flat=True))
