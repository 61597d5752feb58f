"""The table as XLSX and PDF: the same rows as the page."""

from django.conf import settings
from django.utils.translation import gettext as _

from yidang.insight.yearly.table import YearlyTable
from yidang.kernel import workbook
from yidang.ledger.statements.paper.reports import Grid, report_pdf

_WIDTHS = (40, 70, 35, 25)


def heading(found: YearlyTable) -> str:
    return _("Yearly table of the social insurance archive, %(year)s") % {"year": found.year}


def heads() -> list[str]:
    return [_("Part"), _("Line"), _("Value"), _("Unit")]


def cells(found: YearlyTable) -> list[list[object]]:
    values = ("" if row.value is None else row.value for row in found.rows)
    return [
        [row.line.group, row.line.title, value, row.line.unit] for row, value in zip(found.rows, values, strict=True)
    ]


def as_xlsx(found: YearlyTable) -> bytes:
    return workbook.as_xlsx(workbook.Sheet(str(found.year), heads(), cells(found), above=heading(found)))


def as_pdf(found: YearlyTable) -> bytes:
    return report_pdf(
        title=heading(found),
        over=settings.YIDANG.bureau_name,
        grids=[Grid(heads(), cells(found), _WIDTHS, right=frozenset({2}), size=8)],
        signed_by=[_("Filled in by"), _("Reviewed by"), _("Head of the archive"), _("Date")],
    )
