"""《电子档案移交与接收登记表》: one page, what the sender knows filled in, the receiver's part to be signed."""

from collections.abc import Sequence
from io import BytesIO

from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from yidang.disposition.transfers.models import Transfer
from yidang.disposition.transfers.queries import amount
from yidang.kernel.clock import CHINA
from yidang.ledger.statements.paper.drawing import FONT, use_font, wrapped

_LEFT, _WIDTH, _TOP = 20 * mm, A4[0] - 40 * mm, A4[1] - 25 * mm
_LABEL = 42 * mm
_SIZE, _LEADING, _PADDING = 10.5, 16, 3 * mm
_MEDIA = {"online": "在线", "offline": "离线", "": "□ 在线　□ 离线"}
_FORMS = {"eep": "EEP（DA/T 48-2009）", "eark": "E-ARK CSIP 2.2", "bagit": "BagIt（RFC 8493）", "ocfl": "OCFL 1.1"}
Row = tuple[str, str]


def registration_form(found: Transfer) -> bytes:
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=A4, initialFontName=FONT, lang="zh-CN")
    canvas.setTitle(found.name)
    _Sheet(canvas).draw(found)
    canvas.save()
    return sink.getvalue()


def rows_of(found: Transfer) -> Sequence[Row]:
    """The fields of the form: unit, time, class, amount, way, the receiver's checks, explanation."""
    told = amount(found)
    series = sorted({line.series.title_zh for line in found.lines.select_related("series")})
    size = f"{told.items} 件　{told.files} 个文件　{told.pages} 页　{told.size:,} 字节"
    return [
        ("移交单位名称", settings.YIDANG.bureau_name),
        ("接收单位名称", found.receiver),
        ("移交时间", f"{found.handed_at.astimezone(CHINA):%Y-%m-%d}" if found.handed_at else ""),
        ("门类", "、".join(series)),
        ("数量", size),
        ("移交方式", _MEDIA[found.medium]),
        ("封装格式", _FORMS[found.form]),
        ("封装包摘要", f"SHA-512 {found.package_sha512}" if found.package_sha512 else "见移交系统登记"),
        ("载体外观检验", ""),
        ("病毒检验", ""),
        ("真实性检验", "见包内四性检测报告　接收方：□ 合格　□ 不合格"),
        ("完整性检验", "见包内四性检测报告　接收方：□ 合格　□ 不合格"),
        ("可用性检验", "见包内四性检测报告　接收方：□ 合格　□ 不合格"),
        ("安全性检验", "见包内四性检测报告　接收方：□ 合格　□ 不合格"),
        ("说明", ""),
    ]


class _Sheet:
    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP

    def draw(self, found: Transfer) -> None:
        canvas = self._canvas
        canvas.setFont(FONT, 18)
        canvas.drawCentredString(A4[0] / 2, self._y, "电子档案移交与接收登记表")
        canvas.setFont(FONT, 10)
        canvas.drawRightString(_LEFT + _WIDTH, self._y - 9 * mm, f"编号 {found.name}")
        self._y -= 13 * mm
        for label, value in rows_of(found):
            self._row(label, value)
        self._signatures()

    def _row(self, label: str, value: str) -> None:
        lines = wrapped(value, _SIZE, _WIDTH - _LABEL - 2 * _PADDING)
        height = max(len(lines), 1) * _LEADING + _PADDING
        self._y -= height
        self._canvas.rect(_LEFT, self._y, _LABEL, height)
        self._canvas.rect(_LEFT + _LABEL, self._y, _WIDTH - _LABEL, height)
        self._canvas.setFont(FONT, _SIZE)
        top = self._y + height - _LEADING + 1
        self._canvas.drawString(_LEFT + _PADDING, top, label)
        for number, line in enumerate(lines):
            self._canvas.drawString(_LEFT + _LABEL + _PADDING, top - number * _LEADING, line)

    def _signatures(self) -> None:
        height, half = 38 * mm, _WIDTH / 2
        self._y -= height
        for place, title in ((_LEFT, "移交单位（签章）"), (_LEFT + half, "接收单位（签章）")):
            self._canvas.rect(place, self._y, half, height)
            self._canvas.drawString(place + _PADDING, self._y + height - _LEADING, title)
            self._canvas.drawString(place + _PADDING, self._y + 14 * mm, "经办人：")
            self._canvas.drawString(place + _PADDING, self._y + 5 * mm, "年　　月　　日")
