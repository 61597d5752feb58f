"""The duties there are, from `data/duties.csv`: what each holds and where the law says so."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Duty:
    code: str
    zh: str
    en: str
    tasks_zh: str
    tasks_en: str
    source: str
    verified: bool

    @property
    def title(self) -> str:
        return self.zh if _is_chinese() else self.en

    @property
    def tasks(self) -> str:
        return self.tasks_zh if _is_chinese() else self.tasks_en


@cache
def duties() -> dict[str, Duty]:
    """In the order of the file, by code."""
    text = files("yidang.duty").joinpath("data", "duties.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Duty(**{**row, "verified": row["verified"] == "true"}) for row in rows}  # type: ignore[arg-type]


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
