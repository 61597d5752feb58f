"""What has outlived its term: terms count from 1 January after formation, permanent never falls due (令3号)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from yidang.disposition.models import Candidate
from yidang.holdings.models import Item, ItemState, Series
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant
from yidang.kernel.clock import today


@dataclass(frozen=True)
class DueGroup:
    """The records of one series that fell due on 1 January of `due_year`; `count` are those before no group yet."""

    series: Series
    due_year: int
    count: int
    in_work: int


def due_items(grant: Grant) -> QuerySet[Item]:
    return visible_items(grant).filter(state=ItemState.FILED, due_year__lte=today().year)


def due_groups(grant: Grant) -> Sequence[DueGroup]:
    """Counted in one pass over an index; records already before a group are subtracted, not searched for."""
    counted = due_items(grant).order_by("series", "due_year").values_list("series", "due_year").annotate(n=Count("pk"))
    rows = list(counted)
    taken = _in_work()
    series = Series.objects.select_related("retention_rule").in_bulk([code for code, _, _ in rows])
    return [
        DueGroup(series[code], year, n - taken.get((code, year), 0), taken.get((code, year), 0))
        for code, year, n in rows
    ]


def _in_work() -> dict[tuple[str, int], int]:
    rows = Candidate.objects.filter(is_open=True).values_list("series", "due_year").annotate(n=Count("pk"))
    return {(series, year): n for series, year, n in rows.order_by("series", "due_year")}


def before_no_group(grant: Grant, *, series: Sequence[str], until: int) -> QuerySet[Item]:
    taken = Candidate.objects.filter(item=OuterRef("pk"), is_open=True)
    return due_items(grant).filter(~Exists(taken), series__in=series, due_year__lte=until).order_by("due_year", "pk")
