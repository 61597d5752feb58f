"""Single records put into a person's hands by other rooms: a task, a loan. Each room registers what it gives.

What is given is asked at every request, so the question of all rooms together is put into SQL once for a process, for
an invented person at an invented moment; what stands for them is replaced each time.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from yidang.identity.reaches import Reach
from yidang.kernel import clock


@dataclass(frozen=True)
class Moment:
    """Now, and the date on the wall."""

    now: datetime
    today: date


# What one room gives a member of staff at a moment, as `records` of its rows. It looks at no other clock.
Source = Callable[[UUID, Moment], QuerySet[Any, Any]]
_SOMEBODY = uuid4()
_SOMETIME = Moment(datetime(2999, 1, 1, tzinfo=UTC), date(2999, 1, 1))
_NEAR = timedelta(days=3660)  # what a source counts from the moment it is given
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """From `AppConfig.ready`. The source is asked at every request, so what it no longer names is closed."""
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
    moment = Moment(clock.now(), clock.today())
    sql, asked = _question(tuple(_SOURCES.values()))
    items: dict[tuple[int | None, datetime | None, str], set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_meant(value, staff_id, moment) for value in asked])
        for item, *terms in cursor.fetchall():
            items[tuple(terms)].add(item)
    reaches = (
        Reach(items=frozenset(given), page=page, until=until, purpose=purpose)
        for (page, until, purpose), given in items.items()
    )
    return tuple(reach for reach in reaches if reach.is_open(moment.now))


@cache
def _question(sources: tuple[Source, ...]) -> tuple[str, tuple[Any, ...]]:
    first, *others = (source(_SOMEBODY, _SOMETIME) for source in sources)
    sql, asked = first.union(*others, all=True).query.sql_with_params()
    return sql, tuple(asked)


def _meant(value: Any, staff_id: UUID, moment: Moment) -> Any:
    if value == _SOMEBODY:
        return staff_id
    if isinstance(value, datetime) and abs(value - _SOMETIME.now) < _NEAR:
        return moment.now + (value - _SOMETIME.now)
    if isinstance(value, date) and not isinstance(value, datetime) and abs(value - _SOMETIME.today) < _NEAR:
        return moment.today + (value - _SOMETIME.today)
    return value
