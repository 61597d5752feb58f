"""Spine labels on A4, as many side by side as fit."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from yidang.holdings.printing.forms import spine_height
from yidang.holdings.printing.spine import Label
from yidang.holdings.printing.wrapping import lines_of
from yidang.ledger.statements.paper.drawing import FONT

_EDGE = 10 * mm
_VALUE, _LEAST_VALUE = 15.0, 8.0
_TITLE, _ONE_COLUMN, _LEAST_TITLE = 20, 13, 9
_STEP, _APART = 1.15, 1.4  # characters of a column, and columns, in sizes of the letter
_TURNED = frozenset("（）〔〕【】《》「」()[]—-～…")


def draw_labels(canvas: Canvas, labels: Sequence[Label], width: int) -> None:
    """`width` in millimetres."""
    across, high = width * mm, spine_height() * mm
    per_page = int((A4[0] - 2 * _EDGE) // across)
    for start in range(0, len(labels), per_page):
        for place, label in enumerate(labels[start : start + per_page]):
            _Spine(canvas, _EDGE + place * across, across).draw(label, A4[1] - (A4[1] - high) / 2, high)
        canvas.showPage()


class _Spine:
    def __init__(self, canvas: Canvas, x: float, width: float) -> None:
        self._canvas, self._x, self._width = canvas, x, width
        self._middle = x + width / 2

    def draw(self, label: Label, top: float, high: float) -> None:
        self._canvas.setLineWidth(0.6)
        self._canvas.rect(self._x, top - high, self._width, high)
        under = top
        for name, value in label.lines:
            under = self._box(name, value, under)
        foot = self._code(label.code, top - high) if label.code else top - high
        self._title(label.title, under, under - foot)

    def _box(self, name: str, value: str, top: float) -> float:
        """A name above its value, which shrinks to the spine."""
        canvas, room = self._canvas, self._width - 3 * mm
        size = _VALUE
        while size > _LEAST_VALUE and stringWidth(value, FONT, size) > room:
            size -= 0.5
        lines = lines_of(value, size, room)
        high = 9 * mm + len(lines) * (size + 3)
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(self._middle, top - 5 * mm, name)
        canvas.setFont(FONT, size)
        for place, line in enumerate(lines):
            canvas.drawCentredString(self._middle, top - 6.5 * mm - size - place * (size + 3), line)
        canvas.line(self._x, top - high, self._x + self._width, top - high)
        return float(top - high)

    def _code(self, code: str, bottom: float) -> float:
        """Small at the foot. Returns the height of its upper edge."""
        size = 7.0
        lines = lines_of(code, size, self._width - 2 * mm)
        high = len(lines) * (size + 2) + 4 * mm
        self._canvas.setFont(FONT, size)
        for place, line in enumerate(lines):
            self._canvas.drawCentredString(self._middle, bottom + high - 2 * mm - size - place * (size + 2), line)
        self._canvas.line(self._x, bottom + high, self._x + self._width, bottom + high)
        return float(bottom + high)

    def _title(self, title: str, top: float, room: float) -> None:
        """From top to bottom, and in further columns leftwards; smaller before anything is left out."""
        size = self._size(title, room)
        per_column = self._per_column(size, room)
        columns = [title[start : start + per_column] for start in range(0, len(title), per_column)]
        columns = columns[: self._columns(size)]
        self._canvas.setFont(FONT, size)
        for number, column in enumerate(columns):
            middle = self._middle + ((len(columns) - 1) / 2 - number) * size * _APART
            for place, character in enumerate(column):
                self._upright(character, middle, top - 6 * mm - size - place * size * _STEP, size)

    def _size(self, title: str, room: float) -> int:
        """One column while that is well read, then as many as the spine takes."""
        for size in range(_TITLE, _ONE_COLUMN - 1, -1):
            if len(title) <= self._per_column(size, room):
                return size
        fitting = (size for size in range(_TITLE, _LEAST_TITLE, -1) if len(title) <= self._fits(size, room))
        return next(fitting, _LEAST_TITLE)

    def _fits(self, size: int, room: float) -> int:
        return self._columns(size) * self._per_column(size, room)

    def _columns(self, size: int) -> int:
        return max(1, int((self._width - 2 * mm) // (size * _APART)))

    def _per_column(self, size: int, room: float) -> int:
        return max(1, int((room - 10 * mm) // (size * _STEP)))

    def _upright(self, character: str, middle: float, baseline: float, size: int) -> None:
        """Brackets and dashes lie on their side in a line that runs down."""
        if character not in _TURNED:
            self._canvas.drawCentredString(middle, baseline, character)
            return
        self._canvas.saveState()
        self._canvas.translate(middle, baseline + size * 0.38)
        self._canvas.rotate(-90)
        self._canvas.drawCentredString(0, -size * 0.38, character)
        self._canvas.restoreState()
