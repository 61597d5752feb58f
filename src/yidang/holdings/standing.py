"""Which versions of which objects the catalogue knows of: for whoever copies the store or brings it back."""

from uuid import UUID

from yidang.holdings.models import Item, ItemState, PendingVersion


def heads() -> dict[UUID, int]:
    """The newest version of every object, those included whose writing was cut short and will be finished."""
    known: dict[UUID, int] = dict(Item.objects.filter(version__gt=0).values_list("pk", "version"))
    for item in Item.objects.filter(state=ItemState.FILING).values_list("pk", flat=True):
        known[item] = max(1, known.get(item, 0))
    for item, number in PendingVersion.objects.values_list("item", "number"):
        known[item] = max(number, known.get(item, 0))
    return known
