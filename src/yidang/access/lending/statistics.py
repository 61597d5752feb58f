"""利用统计: how many persons, volumes, items and pages, for what and with what effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from yidang.access.lending.effects import register_of
from yidang.access.lending.models import Use
from yidang.identity.policy import Grant
from yidang.kernel import workbook
from yidang.ledger.operations import append

MEASURES = ("uses", "persons", "volumes", "items_used", "pages")
BY = {"kind": "kind", "purpose": "purpose", "effect": "effect", "department": "department__name_zh"}


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    uses: int
    persons: int
    volumes: int
    items_used: int
    pages: int

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.uses, self.persons, self.volumes, self.items_used, self.pages


NOTHING = "-"


@dataclass(frozen=True)
class Statistics:
    """`tables`: what they are broken down by → rows, the greatest first."""

    first: date
    last: date
    total: Row
    tables: dict[str, Sequence[Row]]


def statistics(grant: Grant, *, first: date, last: date) -> Statistics:
    uses = register_of(grant, first=first, last=last).order_by()
    tables: dict[str, Sequence[Row]] = {name: _rows(uses, field) for name, field in BY.items()}
    return Statistics(first, last, Row("", **_summed(uses)), tables)


def called(names: Mapping[str, str], key: str) -> str:
    """What a row is called; the blank key is the breakdown's own title, so `NOTHING` names the row without a value."""
    return names.get(key, key) if key else names.get(NOTHING, "–")


def _measured() -> dict[str, Count | Sum]:
    return {
        "uses": Count("pk"),
        "persons": Sum("persons", default=0),
        "volumes": Sum("volumes", default=0),
        "items_used": Sum("items", default=0),
        "pages": Sum("pages", default=0),
    }


def _summed(uses: QuerySet[Use]) -> dict[str, int]:
    # The model's own columns bear the same names, so the sums are taken under others.
    return {name.removeprefix("sum_"): value for name, value in uses.aggregate(**_named()).items()}


def _rows(uses: QuerySet[Use], field: str) -> list[Row]:
    rows = uses.values(field).annotate(**_named()).order_by()
    found = [Row(row[field] or "", **{name: row[f"sum_{name}"] for name in MEASURES}) for row in rows]
    return sorted(found, key=lambda row: (-row.uses, row.key))


def _named() -> dict[str, Count | Sum]:
    return {f"sum_{name}": measure for name, measure in _measured().items()}


@transaction.atomic
def as_xlsx(grant: Grant, found: Statistics, *, heads: Sequence[str], names: dict[str, dict[str, str]]) -> bytes:
    """One sheet for each breakdown.

    `heads`: the titles of the measures; `names`: what the keys of each breakdown are called, its own title under the
    blank key.
    """
    facts = {"first": found.first.isoformat(), "last": found.last.isoformat(), "format": "xlsx"}
    append(action="use.exported", actor=grant.actor, facts=facts)
    return workbook.as_xlsx(*(_sheet(found, name, names[name], heads) for name in found.tables))


def _sheet(found: Statistics, name: str, names: Mapping[str, str], heads: Sequence[str]) -> workbook.Sheet:
    rows = [[called(names, row.key), *row.numbers] for row in found.tables[name]]
    total = ["∑", *found.total.numbers]
    return workbook.Sheet(names[""], [names[""], *heads], [*rows, total], above=f"{found.first} – {found.last}")
