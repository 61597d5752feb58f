"""Small files for tests, drawn on the spot."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas


def typed_page(text: str, number: int, day: str = "2024年3月1日") -> bytes:
    """A born-digital PDF of one page; `number` makes its bytes its own."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    sink = io.BytesIO()
    canvas = Canvas(sink)
    canvas.setFont("STSong-Light", 14)
    lines = [text, f"登记编号：{number:06}", f"登记日期：{day}", "参保单位：清河县第一小学"]
    for row, line in enumerate(lines):
        canvas.drawString(80, 760 - 30 * row, line)
    canvas.save()
    return sink.getvalue()
