"""Labels as PDF: a sheet of A4 with 24 of 70 x 37 mm, or one label a page for a label printer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped
from yidang.storeroom.keeping.names import codes_of
from yidang.storeroom.keeping.rules import Tag
from yidang.storeroom.models import Box, Place

Form = Literal["sheet", "single"]
_WIDTH, _HEIGHT = 70 * mm, 37 * mm
_COLUMNS, _ROWS = 3, 8
_CODE = 26 * mm
_PAD = 4 * mm
_QUIET = 4  # modules around the code
_SHORT = 9  # characters that may stand large


@dataclass(frozen=True, slots=True)
class Label:
    tag: Tag
    heading: str
    line: str


def of_place(place: Place) -> Label:
    """A row or shelf has no name of its own and says whose it is."""
    above = place
    while not above.name and above.parent:
        above = above.parent
    return Label(Tag("place", place.code), place.code, above.name)


def of_box(box: Box) -> Label:
    return Label(Tag("box", box.code), box.code, box.place.code if box.place else "")


def of_contents(box: Box) -> list[Label]:
    rows = list(box.keepings.filter(is_ended=False))
    codes = codes_of(row.thing for row in rows)
    tags = [Tag("item" if row.kind == "item" else "volume", str(row.thing)) for row in rows]
    labels = [Label(tag, codes.get(tag.id, tag.value[:8]), box.code) for tag in tags]
    return sorted(labels, key=lambda one: one.heading)


def draw(labels: Sequence[Label], form: Form) -> bytes:
    use_font()
    sink = BytesIO()
    size = A4 if form == "sheet" else (_WIDTH, _HEIGHT)
    canvas = Canvas(sink, pagesize=size, initialFontName=FONT, invariant=True, lang="zh-CN")
    canvas.setTitle("labels")
    for number, (left, bottom) in zip(range(len(labels)), _corners(form), strict=False):
        if number and (form == "single" or number % (_COLUMNS * _ROWS) == 0):
            canvas.showPage()
        _draw_one(canvas, labels[number], left, bottom)
    canvas.save()
    return sink.getvalue()


def _corners(form: Form) -> Iterable[tuple[float, float]]:
    top = A4[1] - (A4[1] - _ROWS * _HEIGHT) / 2
    while True:
        if form == "single":
            yield 0.0, 0.0
            continue
        for place in range(_COLUMNS * _ROWS):
            row, column = divmod(place, _COLUMNS)
            yield column * _WIDTH, top - (row + 1) * _HEIGHT


def _draw_one(canvas: Canvas, label: Label, left: float, bottom: float) -> None:
    _draw_code(canvas, label.tag.label, left + _PAD, bottom + (_HEIGHT - _CODE) / 2)
    words = left + _PAD + _CODE + 2 * mm
    room = left + _WIDTH - _PAD - words
    size = 15 if len(label.heading) <= _SHORT else 8.5
    y = bottom + _HEIGHT - 10 * mm
    for text, height in ((label.heading, size), (label.line, 8.5)):
        canvas.setFont(FONT, height)
        for row in _broken(text, height, room):
            canvas.drawString(words, y, row)
            y -= height * 1.35


def _broken(text: str, size: float, width: float) -> list[str]:
    """档号 are one long word to who breaks lines at blanks: they may break after their dots and dashes."""
    parts = text.replace("·", "· ").replace("-", "- ")
    return [row.replace("· ", "·").replace("- ", "-") for row in wrapped(parts, size, width)] if text else []


def _draw_code(canvas: Canvas, text: str, left: float, bottom: float) -> None:
    rows = list(segno.make(text, error="m", micro=False).matrix)
    module = _CODE / (len(rows) + 2 * _QUIET)
    canvas.setFillColorRGB(0, 0, 0)
    for number, modules in enumerate(rows):
        for column, is_dark in enumerate(modules):
            if is_dark:
                x, y = left + (column + _QUIET) * module, bottom + _CODE - (number + 1 + _QUIET) * module
                canvas.rect(x, y, module, module, stroke=0, fill=1)
