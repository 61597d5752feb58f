"""The chase letter on paper: letterhead, number, table, signature line; signed as statements are."""

from io import BytesIO
from uuid import UUID

from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.collection.letters import Line, find, words_of
from yidang.collection.models import Letter
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped
from yidang.ledger.statements.paper.signing import sign_pdf
from yidang.workflow.ports import Enclosure

_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, A4[0] - 25 * mm, A4[1] - 25 * mm, 25 * mm
_COLUMNS = (_LEFT, _LEFT + 12 * mm, _LEFT + 92 * mm, _LEFT + 122 * mm, _LEFT + 147 * mm)
_HEADINGS = ("序号", "应报送材料", "所属期／案号", "截止日期", "逾期")
_TEXT = "根据社会保险业务档案收集归档的要求，贵单位下列材料至今未报送或不完整，请于 {day} 前补齐报送："
_SIZE, _LEADING = 10.5, 1.7


def pdf(letter: Letter) -> bytes:
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=A4, initialFontName=FONT, lang="zh-CN", invariant=1)
    canvas.setTitle(letter.name)
    _Sheet(canvas).draw(letter)
    return sign_pdf(sink.getvalue(), identity(), reason=f"催交函 {letter.name}")


def enclosed(letter_id: UUID) -> Enclosure:
    """What the outbox sends along with the mail."""
    letter = find(letter_id)
    return Enclosure(f"{letter.name}.pdf", "application/pdf", pdf(letter))


class _Sheet:
    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._y, self._page = canvas, _TOP, 1

    def draw(self, letter: Letter) -> None:
        words = words_of(letter)
        bureau = settings.YIDANG.bureau_name
        self._centre(bureau, 20)
        self._centre("催交函", 18)
        turn = f"　第 {letter.round} 次催交" if letter.round > 1 else ""
        self._centre(f"编号 {letter.name}{turn}", _SIZE)
        self._gap(8)
        self._text(f"{words['to']}：")
        self._text("　　" + _TEXT.format(day=f"{letter.answer_by:%Y年%m月%d日}"))
        self._gap(3)
        self._row(_HEADINGS)
        for number, line in enumerate(words["lines"], start=1):
            self._row(_cells(number, line))
        self._gap(6)
        self._text("　　已报送的请忽略本函，并告知接收批次号。逾期仍未报送的，将按规定再次催交并记录在案。")
        self._gap(10)
        self._right(bureau)
        self._right(f"{letter.issued_on:%Y年%m月%d日}")
        self._end_page()
        self._canvas.save()

    def _centre(self, text: str, size: float) -> None:
        self._room(size * _LEADING)
        self._canvas.setFont(FONT, size)
        self._canvas.drawCentredString(A4[0] / 2, self._y, text)

    def _right(self, text: str) -> None:
        self._room(_SIZE * _LEADING)
        self._canvas.setFont(FONT, _SIZE)
        self._canvas.drawRightString(_RIGHT, self._y, text)

    def _text(self, text: str) -> None:
        for part in wrapped(text, _SIZE, _RIGHT - _LEFT):
            self._room(_SIZE * _LEADING)
            self._canvas.setFont(FONT, _SIZE)
            self._canvas.drawString(_LEFT, self._y, part)

    def _row(self, cells: tuple[str, ...]) -> None:
        """The second cell may take several lines; the others stand beside its first."""
        parts = wrapped(cells[1], 9, _COLUMNS[2] - _COLUMNS[1] - 3 * mm)
        self._room(16)
        self._canvas.setFont(FONT, 9)
        for left, text in zip(_COLUMNS, (cells[0], parts[0], *cells[2:]), strict=True):
            self._canvas.drawString(left, self._y, text)
        for part in parts[1:]:
            self._room(12)
            self._canvas.setFont(FONT, 9)
            self._canvas.drawString(_COLUMNS[1], self._y, part)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(_LEFT, self._y - 4, _RIGHT, self._y - 4)

    def _gap(self, height: float) -> None:
        self._y -= height * mm

    def _room(self, height: float) -> None:
        if self._y - height < _BOTTOM:
            self._end_page()
            self._y = _TOP
        self._y -= height

    def _end_page(self) -> None:
        self._canvas.setFont(FONT, 8)
        self._canvas.drawCentredString(A4[0] / 2, 12 * mm, f"第 {self._page} 页")
        self._canvas.showPage()
        self._page += 1


def _cells(number: int, line: Line) -> tuple[str, ...]:
    late = f"{line.days_late} 天" if line.days_late else "–"
    return str(number), line.what, line.period[:16], line.due_on or "–", late
