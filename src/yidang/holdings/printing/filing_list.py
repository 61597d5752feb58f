"""归档文件目录: the filed items of one business step and year, and the label of the box that holds a run of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from yidang.holdings.models import Item, ItemState, Series
from yidang.holdings.printing.forms import Language, form
from yidang.holdings.printing.sheets import Table, say_date, say_term, word
from yidang.holdings.printing.showing import shown
from yidang.holdings.printing.spine import Label
from yidang.holdings.queries import description
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotFound

MOST_ROWS = 2000
_CLASSES = {
    "zh": {"public": "公开", "internal": "内部", "sensitive": "敏感"},
    "en": {"public": "public", "internal": "internal", "sensitive": "sensitive"},
}


@dataclass(frozen=True)
class Run:
    """Which items: by step, year and term, from the `first` to the `last` of them in order of 档号; 0 for no limit."""

    series: str
    year: int
    term: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class ListPart:
    """`count`: of all items of step, year and term; `terms`: those there are in that year."""

    table: Table
    count: int
    terms: Sequence[str]
    is_cut: bool


@transaction.atomic
def filing_list(grant: Grant, *, run: Run, language: Language, reason: str | None = None) -> ListPart:
    """At most MOST_ROWS at once, the rest by a range.

    Raises:
        NotFound: `series_not_found`. NotAllowed: `not_allowed`.
        Invalid: `sheet_range_wrong`, `unmasking_reason_missing`.
    """
    grant.require(Permission.DESCRIBE)
    series = _series(run.series)
    filed = _filed(grant, run)
    count = filed.count()
    chosen = _cut(filed, run)
    items = list(chosen[: MOST_ROWS + 1])
    is_cut, items = len(items) > MOST_ROWS, items[:MOST_ROWS]
    facts = {"sheet": "list", "series": run.series, "year": run.year, "term": run.term, "items": len(items)}
    how = shown(grant, subject=None, facts=facts, reason=reason)
    rows = [
        how.fields(description(item))
        | {
            "ordinal": str(ordinal),
            "code": item.reference_code or "",
            "date": say_date(item.formed_on),
            "security": _CLASSES[language].get(item.security_class, item.security_class),
            "pages": str(item.page_count or ""),
        }
        for ordinal, item in enumerate(items, start=max(run.first, 1))
    ]
    table = Table(form("list", language), _facts(series, run, count, language), rows)
    terms = _of_the_year(grant, run).values_list("term", flat=True).order_by("term").distinct()
    return ListPart(table, count, list(terms), is_cut)


def _series(code: str) -> Series:
    found = Series.objects.select_related("fonds").filter(code=code).exclude(class_prefix="").first()
    if found is None:
        raise NotFound("series_not_found", series=code)
    return found


def _of_the_year(grant: Grant, run: Run) -> QuerySet[Item]:
    return visible_items(grant).filter(series=run.series, year=run.year, state=ItemState.FILED)


def _filed(grant: Grant, run: Run) -> QuerySet[Item]:
    filed = _of_the_year(grant, run)
    return (filed.filter(term=run.term) if run.term else filed).order_by("reference_code")


def _cut(filed: QuerySet[Item], run: Run) -> QuerySet[Item]:
    if not 0 <= run.first <= (run.last or run.first):
        raise Invalid("sheet_range_wrong")
    return filed[max(run.first, 1) - 1 : run.last or None]


def _facts(series: Series, run: Run, count: int, language: Language) -> list[tuple[str, str]]:
    facts = [
        (word(language, "fonds"), f"{series.fonds_id} {getattr(series.fonds, f'name_{language}')}"),
        (word(language, "year"), str(run.year)),
        (word(language, "process"), f"{getattr(series, f'title_{language}')}（{series.code}）"),
    ]
    if run.term:
        facts.append((word(language, "term"), say_term(run.term, language)))
    return [*facts, (word(language, "count_items"), str(count))]


def box_label(grant: Grant, *, run: Run, box: str, language: Language) -> Label:
    """The spine of the box that holds the run: 全宗号, 年度, 保管期限, 起止件号, 盒号. Shows nothing of any record.

    Raises:
        NotFound: `series_not_found`. Invalid: `sheet_range_wrong`.
    """
    grant.require(Permission.DESCRIBE)
    series = _series(run.series)
    items = list(_cut(_filed(grant, run), run).values_list("reference_code", "term"))
    if not items:
        raise Invalid("sheet_range_wrong")
    numbers = [str(code).rpartition("-")[2].lstrip("0") for code, _ in items]
    terms = "、".join(say_term(term, language) for term in sorted({term for _, term in items}))
    lines = [
        (word(language, "fonds_code"), series.fonds_id),
        (word(language, "year"), str(run.year)),
        (word(language, "term"), terms),
        (word(language, "range"), f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else numbers[0]),
        (word(language, "box"), box[:20]),
    ]
    return Label(form("spine", language), str(getattr(series, f"title_{language}")), lines)
