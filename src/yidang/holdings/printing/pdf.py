"""Sheets as PDF: A4 as the standard turns it, every glyph of the font inside."""

from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from yidang.holdings.printing.forms import Language
from yidang.holdings.printing.paper_card import ReferenceDrawing, draw_cover
from yidang.holdings.printing.paper_spine import draw_labels
from yidang.holdings.printing.paper_table import TableDrawing
from yidang.holdings.printing.sheets import Card, Table
from yidang.holdings.printing.spine import Label
from yidang.ledger.statements.paper.drawing import FONT, use_font


def pdf(sheet: Table | Card | Label, language: Language, *, width: int = 30) -> bytes:
    """`width` in millimetres, for a spine."""
    use_font()
    sink = BytesIO()
    size = landscape(A4) if sheet.form.is_landscape else A4
    spoken = "zh-CN" if language == "zh" else "en"
    canvas = Canvas(sink, pagesize=size, initialFontName=FONT, invariant=True, lang=spoken)
    canvas.setTitle(sheet.form.title)  # the volume's own may name a person
    if isinstance(sheet, Table):
        TableDrawing(canvas, sheet, size, language).draw()
    elif isinstance(sheet, Label):
        draw_labels(canvas, [sheet], width)
    elif sheet.form.code == "cover":
        draw_cover(canvas, sheet)
    else:
        ReferenceDrawing(canvas, sheet, language).draw()
    canvas.save()
    return sink.getvalue()
