"""The classification as a tree, with what lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from yidang.holdings.models import Fonds, ItemState, Series
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant
from yidang.kernel import clock


@dataclass(frozen=True)
class YearCount:
    year: int
    items: int


@dataclass(frozen=True)
class SeriesNode:
    series: Series
    years: Sequence[YearCount]

    @property
    def items(self) -> int:
        return sum(year.items for year in self.years)


@dataclass(frozen=True)
class CategoryNode:
    series: Series
    children: Sequence[SeriesNode]

    @property
    def items(self) -> int:
        return sum(child.items for child in self.children)


@dataclass(frozen=True)
class FondsNode:
    fonds: Fonds
    categories: Sequence[CategoryNode]

    @property
    def items(self) -> int:
        return sum(category.items for category in self.categories)


def tree(grant: Grant) -> list[FondsNode]:
    """Fonds → category → series → year with the filed items the asker may see."""
    counts = _counts(grant)
    rows = list(Series.objects.select_related("department", "retention_rule").order_by("position", "code"))
    return [FondsNode(fonds, _categories(fonds, rows, counts)) for fonds in Fonds.objects.order_by("code")]


def _counts(grant: Grant) -> dict[str, list[YearCount]]:
    filed = visible_items(grant).filter(state=ItemState.FILED)
    found: dict[str, list[YearCount]] = {}
    for row in filed.values("series", "year").annotate(n=Count("pk")).order_by("series", "-year"):
        found.setdefault(row["series"], []).append(YearCount(row["year"], row["n"]))
    return found


def _categories(fonds: Fonds, rows: list[Series], counts: dict[str, list[YearCount]]) -> list[CategoryNode]:
    branches = [row for row in rows if row.fonds_id == fonds.code and row.parent_id is None]
    return [
        CategoryNode(
            branch, [SeriesNode(row, counts.get(row.code, [])) for row in rows if row.parent_id == branch.code]
        )
        for branch in branches
    ]


@dataclass(frozen=True)
class SeriesEntry:
    """One line of `yidang series`; `process` is the 业务环节; `year` the one to file under today."""

    code: str
    title: str
    process: str
    year: int


def series_list(year: int | None = None) -> list[SeriesEntry]:
    """The leaves of the scheme, which items are filed in."""
    year = year or clock.today().year
    leaves = Series.objects.exclude(class_prefix="").select_related("parent").order_by("parent__position", "position")
    return [SeriesEntry(row.code, row.title_zh, row.process, year) for row in leaves]
