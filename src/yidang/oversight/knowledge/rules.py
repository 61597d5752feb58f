"""What rows of a knowledge table hold, how two versions differ, and which row is in force on which day. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yidang.kernel.errors import Invalid
from yidang.oversight.knowledge.forms import Form

Row = dict[str, Any]  # columns of the table; dates as YYYY-MM-DD, so that it can be kept as JSON
Key = tuple[Any, ...]
SHOWN = 50
_FIRST_DAY = "valid_from"


@dataclass(frozen=True, slots=True)
class Read:
    rows: list[Row] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)


def columns_of(headings: Sequence[str | None], form: Form) -> list[str]:
    """Our name of each column, blank where it is none of ours.

    Raises:
        Invalid: `knowledge_columns_missing`, `knowledge_columns_twice`.
    """
    names = [form.headings.get((heading or "").strip(), "") for heading in headings]
    for name in names:
        if name and names.count(name) > 1:
            raise Invalid("knowledge_columns_twice", column=name)
    return names


def read(rows: Iterable[tuple[int, Sequence[str | None]]], names: Sequence[str], form: Form, kind: str) -> Read:
    """Every row that holds; of the others the first reason, by row of the file."""
    found = Read()
    seen: set[Key] = set()
    for number, cells in rows:
        given = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        try:
            if any(cells[len(names) :]):
                raise _wrong("cells_surplus", "")
            row = _row(given, form, kind)
            key = key_of(row, form)
            if key in seen:
                raise _wrong("knowledge_row_twice", form.key[0])
        except Invalid as problem:
            found.bad.append({"row": number, "code": problem.code, "field": problem.facts["field"]})
        else:
            seen.add(key)
            found.rows.append(row)
    return found


def key_of(row: Mapping[str, Any], form: Form) -> Key:
    """A row in force from another day is another row."""
    return (*(row.get(name) for name in form.key), row.get(_FIRST_DAY))


def _row(given: Mapping[str, str], form: Form, kind: str) -> Row:
    told = {"kind": kind} | dict(given) if kind else dict(given)
    if "kind" in told and form.kinds:
        if told["kind"] not in form.kinds:
            raise _wrong("knowledge_kind_wrong", "kind")
        told["kind"] = form.kinds[told["kind"]]
        if kind and told["kind"] != kind:
            raise _wrong("knowledge_kind_wrong", "kind")
    for name in sorted(form.needed_of(told.get("kind", ""))):
        if not told.get(name):
            raise _wrong("knowledge_cell_missing", name)
    row = typed(told, form)
    _hold_together(row)
    return row


def typed(row: Mapping[str, Any], form: Form) -> Row:
    """A row of text, every column in its type."""
    return {name: _value(name, row.get(name), kind) for name, kind in form.columns.items()}


def _value(name: str, text: str | None, kind: str) -> Any:
    if text is None:
        return None
    if kind == "VARCHAR":
        return text[:60]
    if kind == "DATE":
        try:
            return date.fromisoformat(text[:10].replace("/", "-").replace(".", "-")).isoformat()
        except ValueError:
            raise _wrong("knowledge_date_wrong", name) from None
    try:
        number = float(_SAID.get(text, text))
    except ValueError:
        raise _wrong("knowledge_number_wrong", name) from None
    if not abs(number) < _MOST or (kind != "DOUBLE" and not number.is_integer()):
        raise _wrong("knowledge_number_wrong", name)
    return number if kind == "DOUBLE" else int(number)


_SAID = {"男": "1", "女": "2", "一级": "1", "二级": "2", "三级": "3", "未定级": "0"}
_MOST = 1e12


def _hold_together(row: Row) -> None:
    low, high = row.get("low"), row.get("high")
    if low is not None and high is not None and low > high:
        raise _wrong("knowledge_bounds_wrong", "low")
    if row["valid_from"] and row["valid_until"] and row["valid_until"] < row["valid_from"]:
        raise _wrong("knowledge_dates_wrong", "valid_until")


def _wrong(code: str, name: str) -> Invalid:
    return Invalid(code, field=name)


def difference(before: Iterable[Row], after: Iterable[Row], form: Form) -> dict[str, Any]:
    """{"added", "removed", "changed"} as numbers, and `rows`: the first of each as [what, row, row before]."""
    was, now = ({key_of(row, form): row for row in rows} for rows in (before, after))
    former = _former(was, now, form)
    kept = set(former.values())
    pairs = [(row, was[former[key]]) for key, row in now.items() if key in former]
    told: dict[str, list[list[Any]]] = {
        "changed": [["changed", row, then] for row, then in pairs if row != then],
        "added": [["added", row, None] for key, row in now.items() if key not in former],
        "removed": [["removed", row, None] for key, row in was.items() if key not in kept],
    }
    rows = [one for found in told.values() for one in found[:SHOWN]]
    return {name: len(found) for name, found in told.items()} | {"rows": rows}


def _former(was: Mapping[Key, Row], now: Mapping[Key, Row], form: Form) -> dict[Key, Key]:
    """The key of a row → the key it had in the version before.

    A row that only moved to another first day is the same row: of those not known by their whole key, first what is
    alike in all the rest, then the earliest with the earliest.
    """
    rest = [name for name in form.columns if name != _FIRST_DAY]
    found = {key: key for key in now if key in was}
    for same in (lambda _key, row: tuple(row.get(name) for name in rest), lambda key, _row: key[:-1]):
        taken = set(found.values())
        gone = {key: row for key, row in was.items() if key not in taken}
        found |= _paired(gone, {key: row for key, row in now.items() if key not in found}, same)
    return found


def _paired(gone: Mapping[Key, Row], come: Mapping[Key, Row], same: Callable[[Key, Row], Key]) -> dict[Key, Key]:
    waiting: dict[Key, deque[Key]] = {}
    for key in sorted(gone, key=_day_of):
        waiting.setdefault(same(key, gone[key]), deque()).append(key)
    queues = [(key, waiting.get(same(key, come[key]))) for key in sorted(come, key=_day_of)]
    return {key: queue.popleft() for key, queue in queues if queue}


def _day_of(key: Key) -> str:
    return key[-1] or ""


def in_turn(versions: Sequence[tuple[date | None, Sequence[Mapping[str, Any]]]]) -> list[Row]:
    """Rows of all versions of one table, each cut to the days its version is in force.

    `versions` are (first day, rows) in the order of their days, the shipped one first and without a day; of two of the
    same day the later counts.
    """
    rows: list[Row] = []
    for at, (first, told) in enumerate(versions):
        following = versions[at + 1][0] if at + 1 < len(versions) else None
        last = following - timedelta(days=1) if following else None
        if first and last and last < first:
            continue
        rows += [row for one in told if (row := _cut(one, first, last))]
    return rows


def _cut(row: Mapping[str, Any], first: date | None, last: date | None) -> Row | None:
    begins = max(filter(None, (row.get("valid_from"), first and first.isoformat())), default=None)
    ends = min(filter(None, (row.get("valid_until"), last and last.isoformat())), default=None)
    if begins and ends and ends < begins:
        return None
    return {**row, "valid_from": begins, "valid_until": ends}
