"""Reference lists the reader checks its findings against: institutions and disease codes, as packaged data.

The institutions are invented; an operator replaces the file by the bureau's own list of the same columns.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Institution:
    code: str
    name: str
    aliases: tuple[str, ...]
    level: str


@dataclass(frozen=True)
class Diagnosis:
    code: str
    name: str


def _rows(name: str) -> list[dict[str, str]]:
    source = files("yidang.intake.reading") / "data" / name
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def institutions() -> tuple[Institution, ...]:
    return tuple(
        Institution(row["code"], row["name"], tuple(filter(None, row["aliases"].split("|"))), row["level"])
        for row in _rows("institutions.csv")
    )


@cache
def institution_names() -> dict[str, Institution]:
    """Every name and alias → the institution."""
    return {name: one for one in institutions() for name in (one.name, *one.aliases)}


@cache
def diagnoses() -> tuple[Diagnosis, ...]:
    return tuple(Diagnosis(row["code"], row["name"]) for row in _rows("icd10_sample.csv"))


@cache
def names_by_code() -> dict[str, str]:
    return {one.code: one.name for one in diagnoses()}


@cache
def codes_by_name() -> dict[str, str]:
    return {one.name: one.code for one in diagnoses()}
