"""Which column is which: the label, the key, and of what kind each of the others is."""
# ruff: noqa: S608 - names of columns, quoted

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.oversight.evaluation.labelled.errors import label_unknown, no_column, no_label, one_sided
from yidang.oversight.evaluation.labelled.reading import Store, quoted

_CODE = re.compile(r"([Cc]ode|CODE|I[Dd]|_id|^id|_no|NPI|npi|编码|代码|编号|号码|号)(_?\d+)?$")
_SURE = 0.98  # of what is filled must read as a number or a date
_FEW = 8
NUMBER, DATE, FEW, TEXT = "number", "date", "few", "text"


@dataclass(frozen=True, slots=True)
class Column:
    """`filled` and `distinct` (about) are counts; `values` those of a column that has few."""

    name: str
    kind: str
    filled: int
    distinct: int
    values: Sequence[str] = ()


@cache
def known() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


def chosen(file: str, headings: Sequence[str], wanted: str) -> str:
    """A heading as the file writes it. Raises Invalid `labelled_no_column`."""
    found = {one.strip().lower(): one for one in headings}.get(wanted.strip().lower())
    if found is None:
        raise no_column(file, wanted, headings)
    return found


def label_of(file: str, headings: Sequence[str], wanted: str) -> str:
    """Raises Invalid `labelled_no_column`, `labelled_no_label`."""
    if wanted:
        return chosen(file, headings, wanted)
    found = named(headings, known()["labels"])
    if found is None:
        raise no_label(file, headings)
    return found


def named(headings: Sequence[str], names: Sequence[str]) -> str | None:
    """The heading that is the first of these names; blanks, dashes and capitals do not matter."""
    there = {re.sub(r"[\s_-]", "", one).lower(): one for one in headings}
    return next((there[name] for name in names if name in there), None)


def answers(store: Store, file: str, label: str) -> list[float | None]:
    """1 and 0, none where nothing was said. Raises Invalid `labelled_label_unknown`, `labelled_one_sided`."""
    meant = dict.fromkeys(known()["yes"], 1.0) | dict.fromkeys(known()["no"], 0.0)
    told: list[float | None] = []
    for row, value in store.db.execute(f"SELECT _row, {quoted(label)} FROM truth ORDER BY _row").fetchall():
        if value is None:
            told.append(None)
            continue
        answer = meant.get(value.strip().lower())
        if answer is None:
            raise label_unknown(file, row, label, value)
        told.append(answer)
    if len({one for one in told if one is not None}) < 2:  # noqa: PLR2004 - both answers
        raise one_sided(file, label)
    return told


def kinds(store: Store, table: str, names: Sequence[str]) -> list[Column]:
    if not names:
        return []
    counts = ", ".join(
        f"count({quoted(name)}), count(TRY_CAST({number(name)} AS DOUBLE)),"
        f" count({moment(name)}), approx_count_distinct({quoted(name)})"
        for name in names
    )
    row = store.db.execute(f"SELECT {counts} FROM {table}").fetchone()
    return [_column(store, table, name, row[4 * at : 4 * at + 4]) for at, name in enumerate(names)]


def number(name: str) -> str:
    """Without the signs of thousands, shares and money."""
    return f"regexp_replace({quoted(name)}, '[,%￥¥$元]', '', 'g')"


def moment(name: str) -> str:
    return (
        f"coalesce(TRY_CAST({quoted(name)} AS TIMESTAMP), try_strptime({quoted(name)}, ['%Y/%m/%d', '%Y年%m月%d日']))"
    )


def _column(store: Store, table: str, name: str, counts: Sequence[int]) -> Column:
    filled, numbers, moments, distinct = counts
    if filled and moments >= _SURE * filled:
        return Column(name, DATE, filled, distinct)
    if filled and numbers >= _SURE * filled and not _CODE.search(name):
        return Column(name, NUMBER, filled, distinct)
    if distinct > _FEW:
        return Column(name, TEXT, filled, distinct)
    asked = f"SELECT {quoted(name)} AS one, count(*) FROM {table} WHERE one IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    values = [row[0] for row in store.db.execute(asked).fetchall()]
    return Column(name, FEW, filled, len(values), values)
