"""What other tables say about each key: counts, sums, shares of one value, days between dates.

A table that does not name the key but shares a column with one that does (the persons of claims) is looked up by it.
"""
# ruff: noqa: S608 - names of columns, quoted; values of a column only as literals

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from yidang.oversight.evaluation.labelled.columns import DATE, FEW, NUMBER, TEXT, Column, kinds, moment, number
from yidang.oversight.evaluation.labelled.errors import unrelated
from yidang.oversight.evaluation.labelled.reading import Store, literal, quoted
from yidang.oversight.scores.features import Matrix

_MOST_VALUES = 4
Part = tuple[str, str]  # what it is called, and its SQL over the rows of one key


@dataclass(frozen=True, slots=True)
class Beside:
    """A table laid beside the labels: its name in DuckDB, what to call it, its columns."""

    table: str
    title: str
    headings: Sequence[str]


def gathered(store: Store, key: str, paths: Sequence[Path]) -> dict[str, Matrix]:
    """Name of the feature → its value for each row of `truth`, in their order.

    Raises:
        Invalid: `labelled_unrelated` where a table shares no column; what reading raises.
    """
    tables = [Beside(f"beside_{at}", path.stem, store.lay(f"beside_{at}", path)) for at, path in enumerate(paths)]
    mains = [one for one in tables if _shared(one.headings, key)]
    found: dict[str, Matrix] = {}
    for one, path in zip(tables, paths, strict=True):
        if one not in mains and not any(_link(one, main, key) for main in mains):
            raise unrelated(path.name, key)
    for main in mains:
        found |= _of_rows(store, key, main)
        for other in tables:
            if other not in mains and (link := _link(other, main, key)):
                found |= _of_linked(store, key, main, (other, link))
    return found


def _shared(headings: Sequence[str], name: str) -> str | None:
    return next((one for one in headings if one.strip().lower() == name.strip().lower()), None)


def _link(other: Beside, main: Beside, key: str) -> str | None:
    """The column by which one is looked up from the other."""
    shared = [one for one in other.headings if _shared(main.headings, one) and one.lower() != key.lower()]
    return shared[0] if shared else None


def _of_rows(store: Store, key: str, main: Beside) -> dict[str, Matrix]:
    own = _shared(main.headings, key) or key
    columns = kinds(store, main.table, [one for one in main.headings if one != own])
    parts = [("行数", "count(*)"), *_parts(columns)]
    return _asked(store, key, (f"{main.table} GROUP BY {quoted(own)}", own), main.title, parts)


def _parts(columns: Sequence[Column]) -> Iterator[Part]:
    dates = [one.name for one in columns if one.kind == DATE]
    stems: dict[str, list[Column]] = {}
    for one in columns:
        stems.setdefault(re.sub(r"_?\d+$", "", one.name), []).append(one)
    for stem, several in stems.items():
        if len(several) > 1:
            filled = " + ".join(f"({quoted(one.name)} IS NOT NULL)::INT" for one in several)
            yield f"{stem} 每行填写数", f"avg({filled})"
        yield from _of_one(several[0])
    for earlier, later in pairwise(dates):
        days = f"date_diff('day', {moment(earlier)}, {moment(later)})"
        yield f"{earlier}至{later}平均天数", f"avg({days})"
        yield f"{earlier}至{later}最长天数", f"max({days})"
    if dates:
        yield f"{dates[0]} 最忙一日占比", _top_share(quoted(dates[0]))


def _of_one(column: Column) -> Iterator[Part]:
    name = quoted(column.name)
    if column.kind == NUMBER:
        value = f"TRY_CAST({number(column.name)} AS DOUBLE)"
        yield f"{column.name} 合计", f"sum({value})"
        yield f"{column.name} 均值", f"avg({value})"
        yield f"{column.name} 最大值", f"max({value})"
    elif column.kind == TEXT:
        yield f"{column.name} 不同值数", f"count(DISTINCT {name})"
        yield f"{column.name} 不同值占比", f"count(DISTINCT {name}) / nullif(count({name}), 0)"
        yield f"{column.name} 最多一值占比", _top_share(name)
        yield f"{column.name} 填写率", f"count({name}) / count(*)"
    elif column.kind == FEW:
        for value in column.values[1:_MOST_VALUES]:
            yield f"{column.name}={value} 占比", f"avg(coalesce({name} = {literal(value)}, false)::INT)"
        yield f"{column.name} 填写率", f"count({name}) / count(*)"


def _top_share(name: str) -> str:
    return f"list_max(map_values(histogram({name}))) / nullif(count({name}), 0)"


def _of_linked(store: Store, key: str, main: Beside, other: tuple[Beside, str]) -> dict[str, Matrix]:
    beside, link = other
    own, theirs = _shared(main.headings, key) or key, _shared(main.headings, link) or link
    columns = kinds(store, beside.table, [one for one in beside.headings if one != link])
    first = next((one.name for one in kinds(store, main.table, main.headings) if one.kind == DATE), None)
    parts = [part for column in columns for part in _of_looked_up(column, first)]
    source = (
        f"(SELECT {quoted(own)} AS _key, {moment(first) if first else 'NULL::TIMESTAMP'} AS _day,"
        f" {quoted(theirs)} AS _link FROM {main.table}) m LEFT JOIN (SELECT DISTINCT ON ({quoted(link)}) *"
        f" FROM {beside.table}) p ON m._link = p.{quoted(link)} GROUP BY _key"
    )
    return _asked(store, key, (source, "_key"), f"{main.title}·{beside.title}", parts)


def _of_looked_up(column: Column, day: str | None) -> Iterator[Part]:
    name = quoted(column.name)
    if column.kind == NUMBER:
        yield f"{column.name} 均值", f"avg(TRY_CAST({number(column.name)} AS DOUBLE))"
    elif column.kind == FEW:
        for value in column.values[1:_MOST_VALUES]:
            yield f"{column.name}={value} 占比", f"avg(coalesce({name} = {literal(value)}, false)::INT)"
    elif column.kind == DATE and day:
        since = f"date_diff('day', {moment(column.name)}, _day)"
        yield f"{column.name}至{day}平均天数", f"avg({since})"
        yield f"{column.name}先于{day}占比", f"avg(coalesce({since} > 0, false)::INT)"


def _asked(store: Store, key: str, source: tuple[str, str], title: str, parts: Sequence[Part]) -> dict[str, Matrix]:
    """Keys nothing is said about have NaN, and no rows."""
    rows, own = source
    told = ", ".join(f"CAST({sql} AS DOUBLE) AS _{at}" for at, (_name, sql) in enumerate(parts))
    wanted = ", ".join(f"_{at}" for at in range(len(parts)))
    found: dict[str, Any] = store.db.execute(
        f"SELECT {wanted} FROM truth t LEFT JOIN (SELECT {quoted(own)} AS _own, {told} FROM {rows}) g"
        f" ON t.{quoted(key)} = g._own ORDER BY t._row"
    ).fetchnumpy()
    values = {f"{title}·{name}": numbers(found[f"_{at}"]) for at, (name, _sql) in enumerate(parts)}
    count = f"{title}·行数"
    return values | ({count: np.nan_to_num(values[count])} if count in values else {})


def numbers(column: Any) -> Matrix:
    return np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))
