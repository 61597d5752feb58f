"""The month on paper: PDF and XLSX, the same rows as the page."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from yidang.ledger.statements.paper.drawing import FONT, use_font
from yidang.storeroom.climate.queries import MonthOfSensor

_FORMULA = ("=", "+", "-", "@")
_HEAD = 22
_SHARES = (3, 10)  # columns of `cells` that are shares of one


def headings() -> list[str]:
    return [
        _("Sensor"),
        _("Room"),
        _("Readings"),
        _("Coverage"),
        _("Temperature, lowest"),
        _("Temperature, mean"),
        _("Temperature, highest"),
        _("Humidity, lowest"),
        _("Humidity, mean"),
        _("Humidity, highest"),
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
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"{month:%Y-%m}"
    sheet.append(headings())
    for row in rows:
        sheet.append([_plain(cell) for cell in cells(row)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _plain(cell: object) -> object:
    """No cell begins a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_pdf(rows: Sequence[MonthOfSensor], month: date, bureau: str) -> bytes:
    use_font()
    sink = BytesIO()
    document = SimpleDocTemplate(sink, pagesize=landscape(A4), margin=15 * mm, title=title(month), invariant=1)
    head = ParagraphStyle("head", fontName=FONT, fontSize=15, leading=_HEAD, alignment=1)
    small = ParagraphStyle("small", fontName=FONT, fontSize=8, leading=11)
    table = [[Paragraph(text, small) for text in headings()]]
    table += [[Paragraph(escape(shown(*pair)), small) for pair in enumerate(cells(row))] for row in rows]
    made = Table(table, repeatRows=1)
    made.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    sources = sorted({f"{row.medium.title_zh}：{row.medium.source}" for row in rows})
    document.build(
        [
            Paragraph(escape(bureau), small),
            Paragraph(title(month), head),
            Spacer(1, 4 * mm),
            made,
            Spacer(1, 4 * mm),
            *[Paragraph(escape(text), small) for text in sources],
        ]
    )
    return sink.getvalue()


def shown(column: int, cell: object) -> str:
    return f"{cell:.1%}" if column in _SHARES and isinstance(cell, float) else str(cell)
