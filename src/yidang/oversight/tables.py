"""Tables of the desk as packaged: why an inspector says what, and what the law sets for which behaviour."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from yidang.kernel.errors import Invalid


def _rows(name: str) -> list[dict[str, str]]:
    text = files("yidang.oversight").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    answer: str
    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A row of the regulation. `band`: fine as a multiple of the loss; none where the law sets none of that kind."""

    code: str
    subject: str
    title: str
    article: str
    consequence: str
    band: tuple[Decimal, Decimal] | None
    is_verified: bool
    effective_from: date
    source: str


@cache
def reasons() -> dict[str, Reason]:
    return {row["code"]: Reason(row["code"], row["answer"], row["zh"], row["en"]) for row in _rows("reasons")}


def reasons_for(answer: str) -> list[Reason]:
    return [one for one in reasons().values() if one.answer == answer]


@dataclass(frozen=True, slots=True)
class Term:
    value: int
    unit: str
    is_verified: bool
    source: str


@cache
def terms() -> dict[str, Term]:
    """Days and months a decision names."""
    return {
        row["code"]: Term(int(row["value"]), row["unit"], row["verified"] == "yes", row["source"])
        for row in _rows("decision_terms")
    }


@cache
def behaviours() -> dict[str, Behaviour]:
    return {row["code"]: _behaviour(row) for row in _rows("fund_violations")}


def behaviour(code: str) -> Behaviour:
    """Raises Invalid: `behaviour_unknown`."""
    if code not in behaviours():
        raise Invalid("behaviour_unknown")
    return behaviours()[code]


def _behaviour(row: dict[str, str]) -> Behaviour:
    band = (Decimal(row["fine_from"]), Decimal(row["fine_to"])) if row["fine_from"] else None
    return Behaviour(
        code=row["code"],
        subject=row["subject"],
        title=row["behaviour"],
        article=row["article"],
        consequence=row["consequence"],
        band=band,
        is_verified=row["verified"] == "yes",
        effective_from=date.fromisoformat(row["effective_from"]),
        source=row["source"],
    )
