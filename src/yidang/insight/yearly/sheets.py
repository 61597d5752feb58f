"""The table as XLSX and PDF: the same rows as the page."""

from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from yidang.insight.yearly.table import YearlyTable
from yidang.ledger.statements.paper.drawing import FONT, use_font

_WIDTHS = (40 * mm, 70 * mm, 35 * mm, 25 * mm)


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
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = str(found.year)
    sheet.append([heading(found)])
    sheet.append(heads())
    for row in cells(found):
        sheet.append(row)
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_pdf(found: YearlyTable) -> bytes:
    use_font()
    sink = BytesIO()
    title = ParagraphStyle("title", fontName=FONT, fontSize=14, leading=20, alignment=1)
    page = SimpleDocTemplate(sink, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, title=heading(found))
    rows = [heads(), *([str(cell) for cell in row] for row in cells(found))]
    style = [
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("ALIGN", (2, 1), (2, -1), "RIGHT"),
    ]
    body = Table(rows, colWidths=_WIDTHS, repeatRows=1, style=style)
    page.build([Paragraph(heading(found), title), Spacer(1, 4 * mm), body])
    return sink.getvalue()
