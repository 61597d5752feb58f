"""The analytics tables: their columns and types, and the views rules read instead of them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

KNOWLEDGE = (
    "items", "limits", "choices", "pairs", "packages", "prices", "diagnosis_limits", "drg_weights", "supports",
)  # fmt: skip
DATED = ("lines", "settlements", "diagnoses", "operations", "traces")
_NAMED = re.compile(r"^-- name: (\w+)( kept)?\n", re.MULTILINE)


class View(NamedTuple):
    """`kept`: its rows are computed once; the others are read where they lie."""

    name: str
    kept: bool
    template: str

    def text(self) -> str:
        """SQL in DuckDB's dialect."""
        bounds = {"from": _Bound("valid_from", "0"), "until": _Bound("valid_until", "99999")}
        return self.template.format(
            day=_Day(), minute=_Minute(), age=_Age(), month_number=_MonthNumber(), **bounds
        ).strip()


@cache
def tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_text("tables.toml"))


@cache
def lists() -> tuple[View, ...]:
    return _views("lists.sql")


@cache
def views() -> tuple[View, ...]:
    return _views("views.sql")


def _views(name: str) -> tuple[View, ...]:
    parts = _NAMED.split(_text(name))[1:]
    return tuple(View(parts[at], bool(parts[at + 1]), parts[at + 2]) for at in range(0, len(parts), 3))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def minute(column: str) -> str:
    """Minutes since the midnight that began 1970."""
    return format(_Minute(), column)


class _Day:
    def __format__(self, column: str) -> str:
        return f"date_diff('day', DATE '1970-01-01', CAST({column} AS DATE))"


class _Minute:
    def __format__(self, column: str) -> str:
        day = format(_Day(), column)
        return f"({day} * 1440 + EXTRACT(HOUR FROM {column}) * 60 + EXTRACT(MINUTE FROM {column}))"


class _Age:
    """Full years: the birthday itself completes one."""

    def __format__(self, columns: str) -> str:
        born, then = columns.split(",")
        birthday_to_come = (
            f"EXTRACT(MONTH FROM {then}) * 100 + EXTRACT(DAY FROM {then})"
            f" < EXTRACT(MONTH FROM {born}) * 100 + EXTRACT(DAY FROM {born})"
        )
        years = f"EXTRACT(YEAR FROM {then}) - EXTRACT(YEAR FROM {born})"
        return f"CAST({years} - CASE WHEN {birthday_to_come} THEN 1 ELSE 0 END AS INT)"


class _MonthNumber:
    def __format__(self, column: str) -> str:
        return f"(CAST(SUBSTR({column}, 1, 4) AS INT) * 12 + CAST(SUBSTR({column}, 6, 2) AS INT))"


class _Bound:
    """A date of the knowledge base as a day; a row without it always was, or still is, in force."""

    def __init__(self, column: str, otherwise: str) -> None:
        self.column, self.otherwise = column, otherwise

    def __format__(self, _spec: str) -> str:
        name = self.column.removeprefix("valid_")
        return f"COALESCE({_Day():{self.column}}, {self.otherwise}) AS {name}_day"
