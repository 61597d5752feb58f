"""The stamp drawn on a picture, and over the first page of a PDF."""

from functools import cache
from importlib.resources import files
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from yidang.access.filing_stamp.placing import Box
from yidang.holdings.printing.stamp import Stamp
from yidang.ledger.statements.paper.drawing import FONT, use_font

_RED = (179, 38, 30)
_FILLS = 0.52  # of a cell's height, by its letters
_QUALITY = 88


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    data = files("yidang.ledger.statements").joinpath("data/NotoSansSC-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), size)


def on_picture(jpeg: bytes, stamp: Stamp, box: Box) -> bytes:
    """The same picture with the stamp in its place."""
    with Image.open(BytesIO(jpeg)) as opened:
        picture = opened.convert("RGB")
    x0, y0, x1, y1 = (box[0] * picture.width, box[1] * picture.height, box[2] * picture.width, box[3] * picture.height)
    drawing = ImageDraw.Draw(picture)
    line = max(1, round((x1 - x0) / 220))
    wide, high = (x1 - x0) / 3, (y1 - y0) / 2
    for down, cells in enumerate((stamp.upper, stamp.lower)):
        for across, text in enumerate(cells):
            left, top = x0 + across * wide, y0 + down * high
            drawing.rectangle((left, top, left + wide, top + high), outline=_RED, width=line)
            middle = (left + wide / 2, top + high / 2)
            drawing.text(middle, text, font=_fitting(text, wide - 4 * line, high), fill=_RED, anchor="mm")
    sink = BytesIO()
    picture.save(sink, "JPEG", quality=_QUALITY)
    return sink.getvalue()


def _fitting(text: str, wide: float, high: float) -> ImageFont.FreeTypeFont:
    size = max(4, round(high * _FILLS))
    while size > 4 and _font(size).getlength(text) > wide:  # noqa: PLR2004 - dots one can still see
        size -= 1
    return _font(size)


def on_pdf(data: bytes, stamp: Stamp, box: Box) -> bytes:
    """Over the first page, as lines and letters; nothing beneath it changes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        first = pdf.pages[0]
        x0, y0, x1, y1 = (float(edge) for edge in first.mediabox)
        size = (x1 - x0, y1 - y0) if not int(first.obj.get("/Rotate", 0)) % 180 else (y1 - y0, x1 - x0)
        with pikepdf.open(BytesIO(_sheet(stamp, box, size))) as drawn:
            first.add_overlay(drawn.pages[0], None)
            sink = BytesIO()
            pdf.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sink.getvalue()


def _sheet(stamp: Stamp, box: Box, size: tuple[float, float]) -> bytes:
    """A page of that size in points with the stamp and nothing else."""
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=size, initialFontName=FONT, invariant=True)
    left, top = box[0] * size[0], (1 - box[1]) * size[1]
    wide, high = (box[2] - box[0]) * size[0] / 3, (box[3] - box[1]) * size[1] / 2
    colour = [part / 255 for part in _RED]
    canvas.setStrokeColorRGB(*colour)
    canvas.setFillColorRGB(*colour)
    canvas.setLineWidth(0.8)
    for down, cells in enumerate((stamp.upper, stamp.lower)):
        for across, text in enumerate(cells):
            x, y = left + across * wide, top - (down + 1) * high
            canvas.rect(x, y, wide, high)
            letters = min(high * _FILLS, (wide - 3) / max(stringWidth(text, FONT, 1), 0.1))
            canvas.setFont(FONT, letters)
            canvas.drawCentredString(x + wide / 2, y + (high - letters) / 2 + letters * 0.14, text)
    canvas.showPage()
    canvas.save()
    return sink.getvalue()
