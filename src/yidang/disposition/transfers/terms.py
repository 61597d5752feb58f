"""After how many years records go to the state archive: rows of data, each with its source."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yidang.kernel.errors import NotFound


@dataclass(frozen=True)
class Term:
    """`years` after formation; `terms` are the retention terms of the records concerned."""

    level: str
    years: int
    terms: frozenset[str]
    source: str
    is_verified: bool


@cache
def terms() -> dict[str, Term]:
    text = files("yidang.disposition.transfers").joinpath("data/terms.csv").read_text(encoding="utf-8")
    return {row["level"]: _term(row) for row in csv.DictReader(text.splitlines())}


def _term(row: dict[str, str]) -> Term:
    return Term(
        level=row["level"],
        years=int(row["years"]),
        terms=frozenset(row["terms"].split(";")),
        source=row["source"],
        is_verified=row["verified"] == "true",
    )


def term_of(level: str) -> Term:
    """Raises NotFound: `transfer_level_unknown`."""
    if level not in terms():
        raise NotFound("transfer_level_unknown", level=level)
    return terms()[level]
