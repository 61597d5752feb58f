"""How much stands where, and what that saves."""

from typing import Any

from django.db.models import Count, Sum

from yidang.holdings.models import ItemFile
from yidang.holdings.tiering.facts import filed
from yidang.holdings.tiering.operations import policy
from yidang.preservation.tiers import moving
from yidang.preservation.tiers.models import ColdObject
from yidang.preservation.tiers.prices import prices, saved_a_month


def status() -> dict[str, Any]:
    """Bytes of the cold store as stored; of the rest, the originals as the catalogue counts them."""
    cold = ColdObject.objects.aggregate(objects=Count("pk"))["objects"]
    ids = ColdObject.objects.values("object_id")
    told = ItemFile.objects.filter(item__in=filed().exclude(pk__in=ids)).aggregate(size=Sum("size"))
    found = policy()
    size = moving.cold_bytes()
    return {
        "hot": {"objects": filed().exclude(pk__in=ids).count(), "bytes": told["size"] or 0},
        "cold": {"objects": cold, "bytes": size},
        "saved_yuan_a_month": str(saved_a_month(size)),
        "prices": {one.tier: str(one.yuan) for one in prices().values()},
        "prices_are_certain": all(one.is_certain for one in prices().values()),
        "policy": found.number if found else None,
        "rules": found.rows if found else [],
    }
