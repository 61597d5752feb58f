"""The report on paper: signed as the statements are, the Chinese font inside."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from yidang.access.dispute.report import RecordPart, Report
from yidang.ledger.statements.paper.certificates import identity
from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped
from yidang.ledger.statements.paper.signing import sign_pdf

_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * mm, A4[0] - 20 * mm, A4[1] - 20 * mm, 20 * mm
_COLUMNS = (_LEFT, _LEFT + 22 * mm, _LEFT + 62 * mm, _LEFT + 115 * mm)
_HEADINGS = ("账本序号", "时间（北京）", "事项", "操作者")


def pdf(report: Report) -> bytes:
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=A4, initialFontName=FONT, lang="zh-CN")
    canvas.setTitle(report.number)
    _Pages(canvas).draw(report)
    return sign_pdf(sink.getvalue(), identity(), reason=f"争议卷宗 {report.number}")


class _Pages:
    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP
        self._page = 1

    def draw(self, report: Report) -> None:
        self._line(report.bureau, 11)
        self._line("争议卷宗", 22)
        self._line(f"编号 {report.number}　制作 {report.made_at}　制作人 {report.made_by}", 10)
        self._line(f"共 {len(report.records)} 件档案、{report.events} 条账本记录", 10)
        self._line(f"账本 {report.origin}，共 {report.size} 条，根 {report.root}", 8)
        self._line(f"附外部见证 {report.outside} 份。核验方法见 README.txt：解压后运行 python3 verify.py。", 10)
        for record in report.records:
            self._record(record)
        self._finish_page()
        self._canvas.save()

    def _record(self, record: RecordPart) -> None:
        self._y -= 5 * mm
        self._line(record.code, 14)
        self._line(record.title, 11)
        for name, value in record.fields:
            self._line(f"{name}：{value}", 9)
        self._y -= 2 * mm
        self._row(_HEADINGS)
        for row in record.events:
            self._row((str(row.position), row.at, row.action, row.actor))

    def _line(self, text: str, size: float) -> None:
        for part in wrapped(text, size, _RIGHT - _LEFT):
            self._room(size * 1.6)
            self._canvas.setFont(FONT, size)
            self._canvas.drawString(_LEFT, self._y, part)

    def _row(self, cells: tuple[str, ...]) -> None:
        self._room(13)
        self._canvas.setFont(FONT, 8.5)
        for left, text in zip(_COLUMNS, cells, strict=True):
            self._canvas.drawString(left, self._y, _cut(text))

    def _room(self, height: float) -> None:
        if self._y - height < _BOTTOM:
            self._finish_page()
            self._y = _TOP
        self._y -= height

    def _finish_page(self) -> None:
        self._canvas.setFont(FONT, 8)
        self._canvas.drawCentredString(A4[0] / 2, 10 * mm, f"第 {self._page} 页")
        self._canvas.showPage()
        self._page += 1


def _cut(text: str) -> str:
    """What does not fit its column stands in full in the HTML beside it."""
    while len(text) > 1 and stringWidth(text, FONT, 8.5) > 52 * mm:
        text = text[:-2] + "…"
    return text
