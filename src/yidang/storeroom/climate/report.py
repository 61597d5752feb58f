"""The month on paper: PDF and XLSX, the same rows as the page."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from yidang.kernel import workbook
from yidang.ledger.statements.paper.reports import Grid, report_pdf
from yidang.storeroom.climate.queries import MonthOfSensor

_DEGREES, _HUMID = " ℃", " %RH"
_SHARES = (3, 10)  # columns of `cells` that are shares of one


def headings() -> list[str]:
    return [
        _("Sensor"),
        _("Room"),
        _("Readings"),
        _("Coverage"),
        _("Temperature, lowest") + _DEGREES,
        _("Temperature, mean") + _DEGREES,
        _("Temperature, highest") + _DEGREES,
        _("Humidity, lowest") + _HUMID,
        _("Humidity, mean") + _HUMID,
        _("Humidity, highest") + _HUMID,
        _("Outside the limits"),
        _("Restless days"),
        _("Alarms"),
        _("Unanswered"),
    ]


def cells(row: MonthOfSensor) -> list[object]:
    return [
        row.sensor.code,
        row.sensor.room.code,
        row.count,
        round(row.coverage, 3),
        *_three(row.temperature),
        *_three(row.humidity),
        round(row.outside, 4),
        row.restless_days,
        row.alarms,
        row.unanswered,
    ]


def _three(values: tuple[float, float, float] | None) -> Sequence[object]:
    return [round(value, 1) for value in values] if values else ["", "", ""]


def title(month: date) -> str:
    return _("Climate of the storerooms, %(month)s") % {"month": f"{month:%Y-%m}"}


def as_xlsx(rows: Sequence[MonthOfSensor], month: date) -> bytes:
    return workbook.as_xlsx(workbook.Sheet(f"{month:%Y-%m}", headings(), map(cells, rows), above=title(month)))


def as_pdf(rows: Sequence[MonthOfSensor], month: date, bureau: str) -> bytes:
    """The sources of the limits stand below."""
    table = [[shown(place, cell) for place, cell in enumerate(cells(row))] for row in rows]
    heads = headings()
    return report_pdf(
        title=title(month),
        over=bureau,
        grids=[Grid(heads, table, [1] * len(heads), right=frozenset(range(2, len(heads))), size=8)],
        below=sorted({f"{row.medium.title_zh}：{row.medium.source}" for row in rows}),
        signed_by=[_("Filled in by"), _("Reviewed by"), _("Date")],
        is_wide=True,
    )


def shown(column: int, cell: object) -> str:
    return f"{cell:.1%}" if column in _SHARES and isinstance(cell, float) else str(cell)
