"""Who may see which item: decided here and nowhere else."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from yidang.holdings.models import Item, ItemScope
from yidang.identity.policy import Grant, Permission
from yidang.identity.reaches import Reach, lent


def visible_items(grant: Grant) -> QuerySet[Item]:
    """The one filter. Drafts have no scopes yet, so they are seen by who sees everything or was given one by name."""
    if not grant.allows(Permission.VIEW_RECORDS):
        return Item.objects.none()
    if any(reach.is_everything for reach in grant.reaches):
        return Item.objects.all()
    if not grant.reaches:
        return Item.objects.none()
    return Item.objects.filter(_covered(grant))


def _covered(grant: Grant) -> Q:
    """One look at the scope rows for all reaches together; lent items by name."""
    ways = [_rows(reach) for reach in grant.reaches if reach.items is None]
    covered = Q(pk__in=lent(grant.reaches))
    if ways:
        covered |= Q(Exists(ItemScope.objects.filter(reduce(or_, ways), item=OuterRef("pk"))))
    return covered


def covers(reach: Reach, row: ItemScope) -> bool:
    """What `_rows` asks the database, of a row in hand."""
    if row.kind not in reach.kinds or reach.items is not None:
        return False
    limits = (
        (reach.doors, row.value),
        (reach.sensitivities, row.sensitivity),
        (reach.fonds, row.fonds),
        (reach.series, row.series),
    )
    return all(limit is None or value in limit for limit, value in limits)


def purpose_of(grant: Grant, item: Item) -> str:
    """For what the record is open to somebody whose post alone would not show it; blank where the post does.

    A record given by name is looked at for that purpose, whoever else might have opened it.
    """
    if given := [reach for reach in grant.reaches if item.pk in (reach.items or ())]:
        return given[0].purpose
    beyond = [reach for reach in grant.reaches if reach.purpose and reach.items is None]
    by_post = [reach for reach in grant.reaches if not reach.purpose]
    if not beyond or any(reach.is_everything for reach in by_post):
        return ""
    rows = list(ItemScope.objects.filter(item=item))
    if any(covers(reach, row) for reach in by_post for row in rows):
        return ""
    return next((reach.purpose for reach in beyond if any(covers(reach, row) for row in rows)), "")


def _rows(reach: Reach) -> Q:
    limits = {
        "value__in": reach.doors,
        "sensitivity__in": reach.sensitivities,
        "fonds__in": reach.fonds,
        "series__in": reach.series,
    }
    return Q(kind__in=reach.kinds, **{name: limit for name, limit in limits.items() if limit is not None})
