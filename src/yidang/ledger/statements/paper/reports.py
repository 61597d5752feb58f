"""Reports of tables on A4, one look for all rooms: heads repeated, pages counted, lines to sign at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from yidang.ledger.statements.paper.drawing import FONT, use_font

_SIDE, _EDGE, _FOOT = 20 * mm, 16 * mm, 10 * mm
_CENTRE, _RIGHT = 1, 2
_ROWS_ALONG = 3


@dataclass(frozen=True)
class Grid:
    """`widths` in any measure, shared out over the page; cells of the columns in `right` stand at the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float]
    right: frozenset[int] = frozenset()
    size: float = 9


def report_pdf(
    *,
    title: str,
    grids: Sequence[Grid],
    over: str = "",
    facts: Sequence[str] = (),
    below: Sequence[str] = (),
    signed_by: Sequence[str] = (),
    is_wide: bool = False,
) -> bytes:
    """`over`: whose report it is; `signed_by`: what stands before each line to sign."""
    use_font()
    sink, size = BytesIO(), landscape(A4) if is_wide else A4
    page = SimpleDocTemplate(
        sink, pagesize=size, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=_EDGE, bottomMargin=_EDGE, title=title
    )
    story: list[Flowable] = [_text(over, 9, align=_CENTRE), _text(title, 15, align=_CENTRE), Spacer(1, 3 * mm)]
    story += [_text(fact, 9) for fact in facts]
    width = size[0] - 2 * _SIDE
    tables = [_table(grid, width) for grid in grids]
    end: list[Flowable] = [Spacer(1, 4 * mm), *(_text(line, 8) for line in below)]
    if signed_by:
        end += [Spacer(1, 8 * mm), _lines_to_sign(signed_by, width)]
        for table in tables[-1:]:
            table.reserve = sum(one.wrap(width, size[1])[1] for one in end)
    story += [one for table in tables for one in (Spacer(1, 4 * mm), table)]
    story += [KeepTogether(end)] if signed_by else end
    page.build(story, canvasmaker=partial(_Numbered, initialFontName=FONT, lang="zh-CN", invariant=1))
    return sink.getvalue()


def _text(text: str, size: float, *, align: int = 0) -> Paragraph:
    style = ParagraphStyle("text", fontName=FONT, fontSize=size, leading=size * 1.35, alignment=align, wordWrap="CJK")
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _lines_to_sign(names: Sequence[str], width: float) -> Table:
    cells = [cell for name in names for cell in (_text(f"{name}：", 10, align=_RIGHT), "")]
    each = width / len(names)
    lines = [("LINEBELOW", (place, 0), (place, 0), 0.6, colors.black) for place in range(1, len(cells), 2)]
    padding = [("RIGHTPADDING", (0, 0), (-1, -1), 1), ("LEFTPADDING", (0, 0), (-1, -1), 1)]
    return Table([cells], colWidths=[each * 0.6, each * 0.4] * len(names), style=[*lines, *padding])


class _Rows(Table):  # type: ignore[misc]
    """A table that leaves room for what ends the report, or else takes its last rows along to the next page.

    A line to sign alone on a sheet could be put under anything.
    """

    reserve = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = super().wrap(width, height)
        self._is_cut = high <= height < high + self.reserve and len(self._rowHeights) > _ROWS_ALONG + 1
        return (wide, height + 1) if self._is_cut else (wide, high)

    def split(self, width: float, height: float) -> list[Flowable]:
        is_cut = self._is_cut
        parts: list[Flowable] = super().split(width, sum(self._rowHeights[:-_ROWS_ALONG]) + 1 if is_cut else height)
        if parts:
            parts[-1].reserve = self.reserve
        return [*parts[:-1], PageBreak(), *parts[-1:]] if is_cut else parts


def _table(grid: Grid, width: float) -> _Rows:
    whole = sum(grid.widths)
    rows = [[_text(head, grid.size, align=_CENTRE) for head in grid.heads]]
    rows += [
        [_text(str(cell), grid.size, align=_RIGHT if place in grid.right else 0) for place, cell in enumerate(row)]
        for row in grid.rows
    ]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    return _Rows(rows, colWidths=[one / whole * width for one in grid.widths], repeatRows=1, style=style)


class _Numbered(Canvas):  # type: ignore[misc]
    """Pages wait until their number is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._waiting: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's own name
        self._waiting.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._waiting, start=1):
            self.__dict__.update(page)
            self.setFont(FONT, 8)
            self.drawCentredString(self._pagesize[0] / 2, _FOOT, f"{number} / {len(self._waiting)}")
            Canvas.showPage(self)
        super().save()
