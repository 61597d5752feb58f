"""What is due for the state archive."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from yidang.disposition.transfers import rules
from yidang.disposition.transfers.models import TransferItem, TransferState
from yidang.disposition.transfers.terms import Term
from yidang.holdings.models import Item, ItemState, Series
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant
from yidang.kernel.clock import today


@dataclass(frozen=True)
class DueGroup:
    series: Series
    year: int
    count: int


def due_items(grant: Grant, term: Term) -> QuerySet[Item]:
    """Filed, of the terms concerned, old enough, and on no transfer yet."""
    taken = TransferItem.objects.filter(item=OuterRef("pk")).exclude(transfer__state=TransferState.WITHDRAWN)
    until = rules.last_year_due(years=term.years, this_year=today().year)
    return visible_items(grant).filter(
        ~Exists(taken), state=ItemState.FILED, year__lte=until, term__in=sorted(term.terms)
    )


def due_groups(grant: Grant, term: Term) -> Sequence[DueGroup]:
    rows = list(due_items(grant, term).order_by("series", "year").values_list("series", "year").annotate(n=Count("pk")))
    series = Series.objects.in_bulk([code for code, _, _ in rows])
    return [DueGroup(series[code], year, n) for code, year, n in rows]
