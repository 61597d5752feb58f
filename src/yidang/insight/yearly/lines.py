"""The lines of the table, from `data/yearly_table.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Line:
    """`how` is counted or entered. No line's wording is confirmed yet: see `source`."""

    code: str
    group_zh: str
    group_en: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    how: str
    source: str
    verified: str

    @property
    def group(self) -> str:
        return self.group_zh if _is_chinese() else self.group_en

    @property
    def title(self) -> str:
        return self.zh if _is_chinese() else self.en

    @property
    def unit(self) -> str:
        return self.unit_zh if _is_chinese() else self.unit_en

    @property
    def is_entered(self) -> bool:
        return self.how == "entered"


@cache
def lines() -> list[Line]:
    text = files("yidang.insight").joinpath("data", "yearly_table.csv").read_text(encoding="utf-8")
    return [Line(**row) for row in csv.DictReader(text.splitlines())]


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
