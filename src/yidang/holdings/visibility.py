"""Who may see which item: decided here and nowhere else."""

from django.db.models import Exists, OuterRef, QuerySet

from yidang.holdings.models import Item, ItemScope
from yidang.holdings.projection import DEPARTMENT
from yidang.identity.policy import Grant, Permission


def visible_items(grant: Grant) -> QuerySet[Item]:
    """The one filter. Drafts have no scopes yet, so only who sees all departments sees them."""
    if not grant.allows(Permission.VIEW_RECORDS):
        return Item.objects.none()
    if grant.departments is None:
        return Item.objects.all()
    scope = ItemScope.objects.filter(item=OuterRef("pk"), kind=DEPARTMENT, value__in=grant.departments)
    return Item.objects.filter(Exists(scope))
