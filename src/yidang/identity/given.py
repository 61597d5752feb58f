"""Single records put into a person's hands by other rooms: a task, a loan. Each room registers what it gives."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from yidang.identity.reaches import Reach
from yidang.kernel.clock import now

# What one room gives a member of staff at this moment, as `records` of its rows.
Source = Callable[[UUID], QuerySet[Any, Any]]
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """From `AppConfig.ready`. `source(staff_id)` is asked at every request, so what it no longer names is closed."""
    _SOURCES[name] = source


def records(
    rows: QuerySet[Any, Any], *, purpose: str, item: str = "item", page: str = "", until: str = ""
) -> QuerySet[Any, Any]:
    """Rows as what they give: `item`, `page` (of a task about one page) and `until` name the columns."""
    return rows.order_by().values_list(
        F(item),
        F(page) if page else Cast(Value(None), IntegerField()),
        F(until) if until else Cast(Value(None), DateTimeField()),
        Value(purpose),
    )


def given_reaches(staff_id: UUID) -> tuple[Reach, ...]:
    """One question to the database for all rooms together: it is asked at every request."""
    first, *others = (source(staff_id) for source in _SOURCES.values())
    items: dict[tuple[int | None, datetime | None, str], set[UUID]] = defaultdict(set)
    for item, *terms in first.union(*others, all=True):
        items[tuple(terms)].add(item)
    moment = now()
    reaches = (
        Reach(items=frozenset(given), page=page, until=until, purpose=purpose)
        for (page, until, purpose), given in items.items()
    )
    return tuple(reach for reach in reaches if reach.is_open(moment))
