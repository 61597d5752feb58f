"""A form of rows on A4: heads repeated, pages counted, long cells wrapped."""

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.holdings.printing.forms import Language
from yidang.holdings.printing.sheets import Table
from yidang.holdings.printing.wrapping import lines_of
from yidang.ledger.statements.paper.drawing import FONT, wrapped

LEFT, RIGHT = 25 * mm, 10 * mm  # left is for the thread of the volume
_EDGE = 18 * mm
_SIZE, _LEADING, _PADDING = 9.5, 13.0, 1.6 * mm
_TITLE_SIZE, _FACT_SIZE, _FACT_LEADING = 18, 10, 6 * mm
_TITLE_ROOM = 14 * mm
_LEAST_ROW = 8 * mm
PAGES = {"zh": "第 {n} 页　共 {of} 页", "en": "Page {n} of {of}"}

_Lines = Sequence[Sequence[str]]  # of one row, cell by cell


class TableDrawing:
    """Rows are laid out first, so that each page can say how many there are."""

    def __init__(self, canvas: Canvas, table: Table, size: tuple[float, float], language: Language) -> None:
        self._canvas, self._table, self._language = canvas, table, language
        self._across, self._down = size
        self._width = self._across - LEFT - RIGHT
        asked = sum(column.width for column in table.form.columns)
        self._columns = [(column, column.width / asked * self._width) for column in table.form.columns]
        said = "　　".join(f"{label}：{value}" for label, value in table.facts)
        self._facts = wrapped(said, _FACT_SIZE, self._width)
        self._labels = self._wrapped([column.label for column in table.form.columns])
        self._above = _TITLE_ROOM + len(self._facts) * _FACT_LEADING

    def draw(self) -> None:
        pages = list(self._pages())
        for number, rows in enumerate(pages, start=1):
            top = self._head()
            for row in rows:
                top = self._row(row, top)
            self._foot(number, len(pages))
            self._canvas.showPage()

    def _pages(self) -> Iterator[list[_Lines]]:
        room = self._down - 2 * _EDGE - self._above - _high(self._labels)
        page: list[_Lines] = []
        taken = 0.0
        for cells in self._table.cells:
            for row in _parted(self._wrapped(cells), room):
                if page and taken + _high(row) > room:
                    yield page
                    page, taken = [], 0.0
                page.append(row)
                taken += _high(row)
        yield page

    def _wrapped(self, cells: Sequence[str]) -> _Lines:
        widths = (width - 2 * _PADDING for _, width in self._columns)
        return [lines_of(text, _SIZE, width) for text, width in zip(cells, widths, strict=True)]

    def _head(self) -> float:
        """Title, facts and the heads of the columns, on every page. Returns where the rows begin."""
        canvas, top = self._canvas, self._down - _EDGE
        canvas.setFont(FONT, _TITLE_SIZE)
        canvas.drawCentredString(LEFT + self._width / 2, top - 6 * mm, self._table.form.title)
        canvas.setFont(FONT, _FACT_SIZE)
        for place, line in enumerate(self._facts):
            canvas.drawString(LEFT, top - _TITLE_ROOM - place * _FACT_LEADING, line)
        high, under = _high(self._labels), top - self._above
        canvas.setFillGray(0.93)
        canvas.rect(LEFT, under - high, self._width, high, fill=1, stroke=0)
        canvas.setFillGray(0)
        return self._row(self._labels, under, is_head=True)

    def _row(self, row: _Lines, top: float, *, is_head: bool = False) -> float:
        high, x = _high(row), LEFT
        self._canvas.setLineWidth(0.5)
        self._canvas.setFont(FONT, _SIZE)
        for (column, width), lines in zip(self._columns, row, strict=True):
            self._canvas.rect(x, top - high, width, high)
            middle = x + width / 2 if is_head or column.align == "center" else None
            first = top - (high - len(lines) * _LEADING) / 2 - _SIZE
            self._cell(lines, x + _PADDING, first, middle)
            x += width
        return top - high

    def _cell(self, lines: Sequence[str], x: float, first: float, middle: float | None) -> None:
        for place, line in enumerate(lines):
            baseline = first - place * _LEADING
            if middle is None:
                self._canvas.drawString(x, baseline, line)
            else:
                self._canvas.drawCentredString(middle, baseline, line)

    def _foot(self, number: int, of: int) -> None:
        self._canvas.setFont(FONT, 9)
        self._canvas.drawCentredString(self._across / 2, 9 * mm, PAGES[self._language].format(n=number, of=of))


def _high(row: _Lines) -> float:
    return float(max(_LEAST_ROW, max(map(len, row)) * _LEADING + 2 * _PADDING))


def _parted(row: _Lines, room: float) -> Iterator[_Lines]:
    """A row higher than a page goes on over the next."""
    most = max(1, int((room - 2 * _PADDING) // _LEADING))
    for start in range(0, max(map(len, row)), most):
        yield [lines[start : start + most] or [""] for lines in row]
