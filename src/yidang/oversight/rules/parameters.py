"""Parameters of a rule, by area and level of the institution."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another value where the area begins with `region` and the institution has this level."""

    value: float
    region: str = ""
    level: int | None = None

    def condition(self, table: str) -> str:
        parts = [f"{table}.region LIKE '{self.region}%'"] if self.region else []
        if self.level is not None:
            parts.append(f"{table}.level = {self.level}")
        return " AND ".join(parts)


@dataclass(frozen=True, slots=True)
class Parameter:
    """In SQL `{days}` is the plain value, `{days:b}` the value for the area and level of the row of table `b`."""

    name: str
    value: float | str | date
    verified: bool = False
    by: Sequence[Elsewhere] = field(default_factory=tuple)

    def __format__(self, table: str) -> str:
        if not table or not self.by:
            return literal(self.value)
        branches = " ".join(f"WHEN {one.condition(table)} THEN {literal(one.value)}" for one in self.by)
        return f"(CASE {branches} ELSE {literal(self.value)} END)"


def literal(value: float | str | date) -> str:
    """Days are counted from 1970-01-01 in every rule, so a date is a number."""
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)
