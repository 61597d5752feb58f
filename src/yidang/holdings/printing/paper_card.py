"""Cover and reference sheet on A4 portrait."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.holdings.printing.forms import Language
from yidang.holdings.printing.paper_table import LEFT, PAGES
from yidang.holdings.printing.sheets import Card, word
from yidang.holdings.printing.wrapping import lines_of
from yidang.ledger.statements.paper.drawing import FONT

_RIGHT = A4[0] - 15 * mm
_MIDDLE = (LEFT + _RIGHT) / 2
_LABEL = 32 * mm
_NAME_SIZE, _NAME_LEADING = 20, 32
_SIZE, _LEADING = 11, 20
_PLACES_TOP = 78 * mm


def draw_cover(canvas: Canvas, card: Card) -> None:
    """全宗名称 and 类目名称 at the head, 案卷题名 in the middle, the rest as a table at the foot."""
    down = A4[1]
    (_, series), *places = card.places
    canvas.setFont(FONT, 16)
    for place, text in enumerate((card.fonds, series)):
        canvas.drawCentredString(_MIDDLE, down - (45 + 14 * place) * mm, text)
    canvas.setLineWidth(1.2)
    canvas.line(LEFT + 20 * mm, down - 66 * mm, _RIGHT - 20 * mm, down - 66 * mm)
    canvas.setFont(FONT, _NAME_SIZE)
    for place, line in enumerate(lines_of(card.title, _NAME_SIZE, _RIGHT - LEFT - 20 * mm)):
        canvas.drawCentredString(_MIDDLE, down - 105 * mm - place * _NAME_LEADING, line)
    _draw_places(canvas, places, _PLACES_TOP)
    canvas.showPage()


def _draw_places(canvas: Canvas, places: Sequence[tuple[str, str]], top: float) -> None:
    """Labelled boxes one below the other."""
    for label, value in places:
        lines = lines_of(value, _SIZE, _RIGHT - LEFT - _LABEL - 4 * mm)
        high = max(10 * mm, len(lines) * 16 + 3 * mm)
        canvas.setLineWidth(0.6)
        canvas.rect(LEFT, top - high, _LABEL, high)
        canvas.rect(LEFT + _LABEL, top - high, _RIGHT - LEFT - _LABEL, high)
        canvas.setFont(FONT, _SIZE)
        middle = top - high / 2 - 4
        canvas.drawCentredString(LEFT + _LABEL / 2, middle, label)
        for place, line in enumerate(lines):
            canvas.drawString(LEFT + _LABEL + 2 * mm, middle + (len(lines) - 1) * 8 - place * 16, line)
        top -= high


@dataclass
class ReferenceDrawing:
    """情况说明 fills the sheet and goes on to the next; who made and checked it stand at the foot of the last."""

    canvas: Canvas
    card: Card
    language: Language
    _top: float = A4[1] - 45 * mm
    _foot: float = _PLACES_TOP

    def draw(self) -> None:
        lines = [part for line in self.card.text for part in lines_of(line, _SIZE, _RIGHT - LEFT - 10 * mm)]
        most = int((self._top - self._foot - 20 * mm) // _LEADING)
        pages = [lines[start : start + most] for start in range(0, len(lines), most)] or [[]]
        for number, page in enumerate(pages, start=1):
            self._page(page)
            if number == len(pages):
                _draw_places(self.canvas, self.card.places, self._foot)
            self.canvas.setFont(FONT, 9)
            said = PAGES[self.language].format(n=number, of=len(pages))
            self.canvas.drawCentredString(A4[0] / 2, 9 * mm, said)
            self.canvas.showPage()

    def _page(self, lines: Sequence[str]) -> None:
        canvas = self.canvas
        canvas.setFont(FONT, 18)
        canvas.drawCentredString(_MIDDLE, A4[1] - 30 * mm, self.card.form.title)
        canvas.setFont(FONT, 10)
        canvas.drawString(LEFT, A4[1] - 41 * mm, self.card.title)
        canvas.setLineWidth(0.6)
        canvas.rect(LEFT, self._foot, _RIGHT - LEFT, self._top - self._foot)
        canvas.setFont(FONT, _SIZE)
        heading = word(self.language, "state" if self.card.form.code == "reference" else "box_state")
        canvas.drawString(LEFT + 5 * mm, self._top - 9 * mm, f"{heading}：")
        for place, line in enumerate(lines):
            canvas.drawString(LEFT + 5 * mm, self._top - 18 * mm - place * _LEADING, line)
