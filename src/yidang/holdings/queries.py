"""Reads. Whatever a person is shown of an item came through `visible_items`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from yidang.holdings import stored
from yidang.holdings.description import Description
from yidang.holdings.locks import CHANGES
from yidang.holdings.models import Alias, Change, Fonds, Item, ItemFile, ItemScope, ItemState, Page, Series
from yidang.holdings.reading import PageReading, decode_page
from yidang.holdings.sealing import open_description, open_reading
from yidang.identity.policy import Grant, Permission
from yidang.kernel import reference_code
from yidang.kernel.errors import NotFound

DEPARTMENT = "department"


def visible_items(grant: Grant) -> QuerySet[Item]:
    """The one filter. Drafts have no scopes yet, so only who sees all departments sees them."""
    if not grant.allows(Permission.VIEW_RECORDS):
        return Item.objects.none()
    if grant.departments is None:
        return Item.objects.all()
    scope = ItemScope.objects.filter(item=OuterRef("pk"), kind=DEPARTMENT, value__in=grant.departments)
    return Item.objects.filter(Exists(scope))


def get_item(grant: Grant, code_or_id: str | UUID) -> Item:
    """By id, 档号 in any spelling, former 档号, or working number.

    Raises:
        NotFound: `item_not_found`; the same for what is not there and what the asker may not know of.
    """
    visible = visible_items(grant).select_related("series", "volume")
    item = visible.filter(**_key(code_or_id)).first() if not isinstance(code_or_id, str) else None
    if isinstance(code_or_id, str):
        item = next(filter(None, (visible.filter(**key).first() for key in _keys(code_or_id))), None)
    if item is None:
        raise NotFound("item_not_found", item=str(code_or_id)[:120])
    return item


def _key(value: UUID) -> dict[str, UUID]:
    return {"pk": value}


def _keys(text: str) -> Iterable[dict[str, object]]:
    try:
        yield {"pk": UUID(text)}
    except ValueError:
        pass
    for code in dict.fromkeys((text, text.strip(), reference_code.normalise(text))):
        yield {"reference_code": code}
        yield {"pk__in": Alias.objects.filter(reference_code=code).values("item")}
        yield {"working_number": code}


def description(item: Item) -> Description:
    return open_description(item.id, item.description)


def page_reading(item: Item, number: int) -> PageReading:
    """An unread page reads as empty.

    Raises:
        NotFound: `page_not_found`.
    """
    page = Page.objects.filter(item=item, number=number).first()
    if page is None:
        raise NotFound("page_not_found", number=number)
    if page.reading is not None:
        return decode_page(open_reading(page.id, page.reading))
    return stored.page_reading(item.id, number) if page.is_read and item.version else PageReading()


def page_readings(item: Item) -> list[PageReading]:
    """All pages in order; a filed item's come from one pass over its text file."""
    pages = list(Page.objects.filter(item=item).only("id", "reading", "is_read"))
    if item.version and pages:
        return stored.page_readings(item.id)
    return [decode_page(open_reading(page.id, page.reading)) if page.reading else PageReading() for page in pages]


def find_by_digest(digests: Iterable[bytes]) -> dict[bytes, Item]:
    """content_digest → the first item that holds those bytes; what intake recognises duplicates by."""
    rows = ItemFile.objects.filter(digest__in=list(digests)).select_related("item").order_by("-item__created_at")
    return {bytes(row.digest): row.item for row in rows}


@dataclass(frozen=True)
class Changed:
    """`watermark` is what the next call passes on."""

    watermark: int
    items: Sequence[UUID]


def changes_since(watermark: int, limit: int = 1000) -> Changed:
    """Items changed after `watermark`, each once; at most `limit` changes are looked at."""
    if not Change.objects.filter(pk__gt=watermark).exists():
        return Changed(watermark, [])
    with transaction.atomic():
        # Ids are drawn before their rows are committed. Writers share this lock from drawing to commit, so whoever
        # holds it alone sees no gap that a slower writer would fill behind the watermark.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGES])
        rows = list(Change.objects.filter(pk__gt=watermark).order_by("pk").values_list("pk", "item")[:limit])
    items = list(dict.fromkeys(item for _, item in rows))
    return Changed(rows[-1][0] if rows else watermark, items)


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


def series_list(year: int) -> list[SeriesEntry]:
    leaves = Series.objects.exclude(class_prefix="").select_related("parent").order_by("parent__position", "position")
    return [SeriesEntry(row.code, row.title_zh, row.process, year) for row in leaves]
