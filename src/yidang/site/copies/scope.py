"""Records of fund settlement, which are copied every day whatever the schedule says."""

from uuid import UUID

from yidang.holdings.models import Item

_SETTLEMENT = ("DYJS", "CWPZ", "DZZF")  # inpatient settlements, vouchers, payments made online


def settlement_items() -> set[UUID]:
    return set(Item.objects.filter(series__in=_SETTLEMENT).values_list("pk", flat=True))
