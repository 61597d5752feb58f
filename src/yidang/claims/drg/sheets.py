"""The analysis as tables for people: headings, cells as text, and the same in a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.claims.drg.analysis import COLUMNS, Analysis
from yidang.claims.drg.scheme import Scheme
from yidang.claims.naming import names_of_providers
from yidang.kernel import workbook as workbooks

TITLES: dict[str, str | Promise] = {
    "groups": _("Cost by group"),
    "departments": _("Clinical departments compared"),
    "doctors": _("Doctors compared"),
    "outliers": _("Stays far from their group"),
    "doubted": _("Complications without support"),
    "shifted": _("Costs within seven days of a stay"),
}
HEADINGS: dict[str, str | Promise] = {
    "drg": _("DRG group"),
    "cases": _("Stays"),
    "weight": _("Weight"),
    "mean_fen": _("Mean cost (yuan)"),
    "mean_days": _("Mean stay (days)"),
    "high": _("Far above the mean"),
    "low": _("Far below the mean"),
    "pay_fen": _("Simulated payment (yuan)"),
    "margin_fen": _("Payment less cost (yuan)"),
    "provider": _("Institution"),
    "department": _("Clinical department"),
    "doctor": _("Code of the doctor"),
    "cmi": _("CMI"),
    "cost_index": _("Cost index"),
    "time_index": _("Time index"),
    "groups": _("Number of groups"),
    "claim": _("Settlement number"),
    "total_fen": _("Cost of the stay (yuan)"),
    "ratio": _("Times the mean"),
    "supported_drg": _("Group without them"),
    "weight_lost": _("Weight lost"),
    "pay_lost_fen": _("Payment lost (yuan)"),
    "before_fen": _("Own payments before (yuan)"),
    "after_fen": _("Own payments after (yuan)"),
}
_DECIMALS = {"weight": 3, "weight_lost": 3, "cmi": 3, "ratio": 2, "cost_index": 2, "time_index": 2, "mean_days": 1}
_NAMED = {"drg", "supported_drg", "provider"}
_TEXTS = {"drg", "provider", "department", "doctor", "claim", "supported_drg"}


Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Column:
    key: str
    heading: str | Promise
    is_text: bool


@dataclass(frozen=True)
class Sheet:
    """`rows`: cells as they are read, each beside its column."""

    key: str
    title: str | Promise
    columns: list[Column]
    rows: list[list[tuple[Column, str]]]


def sheets(made: Analysis, scheme: Scheme) -> list[Sheet]:
    names = _names(made, scheme)
    return [_sheet(key, _called(key, rows, names)) for key, rows in made.tables.items()]


def _names(made: Analysis, scheme: Scheme) -> dict[str, str]:
    groups = {one.code: one.name for one in scheme.drgs if one.name and one.name != one.code}
    return groups | names_of_providers(_providers(made))


def _providers(made: Analysis) -> set[str]:
    places = {key: COLUMNS[key].index("provider") for key in made.tables if "provider" in COLUMNS[key]}
    return {row[at] for key, at in places.items() for row in made.tables[key] if row[at]}


def _called(key: str, rows: Rows, names: Mapping[str, str]) -> Rows:
    """Beside the code of a group or an institution its name."""
    places = {place for place, name in enumerate(COLUMNS[key]) if name in _NAMED}
    return [
        tuple(f"{cell} {names[cell]}" if at in places and cell in names else cell for at, cell in enumerate(row))
        for row in rows
    ]


def _sheet(key: str, rows: Rows) -> Sheet:
    columns = [Column(name, HEADINGS[name], name in _TEXTS) for name in COLUMNS[key]]
    read = [[(column, said(column.key, cell)) for column, cell in zip(columns, row, strict=True)] for row in rows]
    return Sheet(key, TITLES[key], columns, read)


def said(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key.endswith("_fen"):
        return f"{float(value) / 100:,.2f}"
    return f"{float(value):.{_DECIMALS[key]}f}" if key in _DECIMALS else str(value)


def _number(key: str, value: Any) -> Any:
    if value is None or key in _TEXTS:
        return None if value is None else str(value)
    return round(float(value) / 100, 2) if key.endswith("_fen") else round(float(value), 4)


def workbook(made: Analysis, scheme: Scheme) -> bytes:
    """A sheet for every table, numbers as numbers."""
    names = _names(made, scheme)
    return workbooks.as_xlsx(*(_page(key, _called(key, rows, names)) for key, rows in made.tables.items()))


def _page(key: str, rows: Rows) -> workbooks.Sheet:
    columns = COLUMNS[key]
    cells = [[_number(name, cell) for name, cell in zip(columns, row, strict=True)] for row in rows]
    return workbooks.Sheet(str(TITLES[key]), [HEADINGS[name] for name in columns], cells)
