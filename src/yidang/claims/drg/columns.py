"""Where in a row of a foreign file the parts of a case stand, and what its cells say."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from yidang.claims.drg.errors import ColumnMissing
from yidang.claims.drg.grids import codes_in, headings
from yidang.claims.drg.rules import UNGROUPED, Case

_SEXES = {"1": 1, "1.0": 1, "男": 1, "男性": 1, "M": 1, "m": 1, "2": 2, "2.0": 2, "女": 2, "女性": 2, "F": 2, "f": 2}
_SPELLED = re.compile(r"(\d+(?:\.\d+)?)\s*(岁|周岁|个月|月|天|日|小时|[YyMmDd])?")
_DAYS = {"个月": 30, "月": 30, "M": 30, "m": 30, "天": 1, "日": 1, "D": 1, "d": 1, "小时": 0}
_ONES = ("sex", "age", "age_days", "discharge_way", "weight", "expected")
_NO_GROUP = {"", "0", "00", "000", "0000", "00000"}


class Columns:
    """`named` overrides what a heading is taken for. Raises ColumnMissing without any diagnosis."""

    def __init__(self, header: list[str], file: str, named: Mapping[str, str] | None = None) -> None:
        known = headings("cases") | {heading.strip().lower(): name for name, heading in (named or {}).items()}
        self._at: dict[str, list[int]] = {}
        for at, heading in enumerate(header):
            plain = re.sub(r"\s", "", heading).lower()
            name = known.get(plain) or known.get(heading.strip().lower()) or known.get(plain.rstrip("0123456789_"))
            if name:
                self._at.setdefault(name, []).append(at)
        if not {"main_diagnosis", "diagnoses"} & set(self._at):
            raise ColumnMissing(file=file, column="main_diagnosis")
        self.width = len(header)
        self._ones = [self._at.get(name, [-1])[0] for name in _ONES]
        self._first = self._of("main_diagnosis")
        self._diagnoses = [*self._of("diagnoses"), *self._of("other_diagnoses")]
        self._operations = [*self._of("main_operation"), *self._of("operations")]
        self.has_expected = "expected" in self._at

    def _of(self, name: str) -> list[int]:
        return self._at.get(name, [])

    def case(self, row: list[Any]) -> Case:
        cells = [*row, ""] if len(row) == self.width else [*row, *[""] * self.width, ""]
        sex, age, days, way, weight, _expected = self._ones  # the blank at the end stands for what is missing
        first, others = _many(cells, self._first), _many(cells, self._diagnoses)
        if not self._first:
            first, others = others[:1], others[1:]
        main = first[0] if first else ""  # where it has a column, a blank main diagnosis is not the next one
        of_person, of_end = _person(cells[sex], cells[age], cells[days]), _end(cells[way], cells[weight])
        return Case(main, first[1:] + others, _many(cells, self._operations), *of_person, *of_end)

    def expected(self, row: list[Any]) -> str:
        """The group the file itself names, blank where it names none."""
        at = self._ones[-1]
        text = str(row[at] or "").strip().upper() if at < len(row) else ""
        code = text.split()[0] if text else ""
        return UNGROUPED if text and code in _NO_GROUP else code


def _many(cells: list[Any], places: list[int]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for at in places:
        if value := cells[at]:
            found += _codes(value) if value.__class__ is str else _listed(value)
    return found


def _listed(value: Any) -> tuple[str, ...]:
    """Of a column of lists, as Parquet has them; or of one of numbers."""
    many = value if isinstance(value, list) else [value]
    return tuple(code for one in many if one for code in _codes(str(one)))


@lru_cache(maxsize=50_000)
def _codes(cell: str) -> tuple[str, ...]:
    return codes_in(cell)


@lru_cache(maxsize=50_000)
def _person(sex: Any, age: Any, days: Any) -> tuple[int, int, int]:
    """Sex, years, days; -1 what is not told."""
    years, told = _age(age)
    in_days = _whole(days)
    told = in_days if in_days >= 0 else told
    return _SEXES.get(str(sex).strip(), 0), told // 365 if years < 0 <= told else years, told


@lru_cache(maxsize=10_000)
def _end(way: Any, weight: Any) -> tuple[int, int]:
    word = headings("ways").get(str(way or "").strip())
    return int(word) if word else _whole(way, 1), _whole(weight)


def _whole(cell: Any, absent: int = -1) -> int:
    try:
        return int(float(cell)) if cell not in (None, "") else absent
    except ValueError:
        found = _SPELLED.match(str(cell).strip())
        return int(float(found[1])) if found else absent


def _age(cell: Any) -> tuple[int, int]:
    """Years, and days where the age is told in days or months; -1 what is not told."""
    found = _SPELLED.match(str(cell).strip())
    if found is None:
        return -1, -1
    days = _DAYS.get(found[2] or "")
    return (int(float(found[1])), -1) if days is None else (0, int(float(found[1]) * days))
