"""The sheet itself, A4, with every glyph of its font inside."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from yidang.ledger.statements import kinds
from yidang.ledger.statements.claims import Claims
from yidang.ledger.statements.kinds import Language

FONT = "NotoSansSC"
NEVER_FIRST = frozenset("，。、；：！？）〕】》」』”’·,.;:!?)]}")
_NEVER_LAST = frozenset("（〔【《「『“‘([{")
_MOST_MOVED = 4  # pieces that a sign may take along to the next line
_NARROW_DOT = 0xFF65  # halfwidth katakana middle dot
_MARGIN = 25 * mm
_MODULE = 0.5 * mm
_SEAL_RED = (0.70, 0.21, 0.16)


@dataclass(frozen=True, slots=True)
class Wording:
    number: str
    issued: str
    expires: str
    ledger: str
    scan: str
    signed: str


WORDINGS: dict[Language, Wording] = {
    "zh": Wording(
        "编号",
        "出具时间",
        "有效期至",
        "账本",
        "用手机摄像头扫描二维码核验；也可打开 {check} 或离线核验页。",
        "本证明以电子签名为准。附件 statement.json 含账本证据，可离线核验。",
    ),
    "en": Wording(
        "Number",
        "Issued",
        "Valid until",
        "Ledger",
        "Scan the code with a phone's camera, or check at {check} or with the page for use without a network.",
        "The electronic signature makes this valid. The attachment statement.json holds the proof from the ledger.",
    ),
}


@cache
def use_font() -> str:
    with as_file(files("yidang.ledger.statements").joinpath("data/NotoSansSC-Regular.ttf")) as path:
        font = TTFont(FONT, str(path))
    _narrow(font.face)
    pdfmetrics.registerFont(font)
    return FONT


def _narrow(face: Any) -> None:
    """The font draws `·`, which joins the parts of a reference code, as wide as a character: its narrow form is taken.

    Whoever copies the text from the sheet still gets U+00B7.
    """
    face.charToGlyph[ord("·")] = face.charToGlyph[_NARROW_DOT]
    face.charWidths[ord("·")] = face.charWidths[_NARROW_DOT]


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Chinese breaks anywhere but before a closing and after an opening sign, other words at blanks.

    A digest longer than the line breaks where it must.
    """
    rows: list[str] = []
    row: list[str] = []
    for piece in (part for whole in _pieces(text) for part in _fitting(whole, size, width)):
        row.append(piece)
        if len(row) > 1 and pdfmetrics.stringWidth("".join(row), FONT, size) > width:
            at = _break(row)
            rows.append("".join(row[:at]).rstrip())
            row = ["".join(row[at:]).lstrip()] if at == len(row) - 1 else row[at:]
    return [*rows, "".join(row).rstrip()]


def _break(row: list[str]) -> int:
    """Before the last piece, or a few before it."""
    last = len(row) - 1
    for at in range(last, max(last - _MOST_MOVED, 0), -1):
        if row[at][:1] not in NEVER_FIRST and row[at - 1][-1:] not in _NEVER_LAST:
            return at
    return last


def _fitting(word: str, size: float, width: float) -> list[str]:
    """Only what stands for itself and is long enough to be no word is cut."""
    if not word.isalnum() or pdfmetrics.stringWidth(word, FONT, size) <= width:
        return [word]
    most = max(1, int(len(word) * width / pdfmetrics.stringWidth(word, FONT, size)) - 1)
    return [word[start : start + most] for start in range(0, len(word), most)]


def _pieces(text: str) -> list[str]:
    found, word = [], ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        found += [word] * bool(word) + [character]
        word = ""
    return found + [word] * bool(word)


def sheet(claims: Claims, code: segno.QRCode, *, bureau: str, check: str, language: Language) -> bytes:
    """An unsigned PDF of one page."""
    use_font()
    sink = BytesIO()
    canvas = Canvas(sink, pagesize=A4, initialFontName=FONT, invariant=True, lang="zh-CN" if language == "zh" else "en")
    canvas.setTitle(claims.number)
    _Sheet(canvas, WORDINGS[language], language).draw(claims, code, bureau, check)
    canvas.save()
    return sink.getvalue()


class _Sheet:
    def __init__(self, canvas: Canvas, words: Wording, language: Language) -> None:
        self._canvas = canvas
        self._words = words
        self._language: Language = language
        self._width, self._height = A4
        self._y = self._height - 35 * mm

    def draw(self, claims: Claims, code: segno.QRCode, bureau: str, check: str) -> None:
        kind = kinds.kind_of(claims.kind)
        self._heading(bureau, kind.title(self._language) if kind else claims.kind)
        self._text(kinds.sentence(claims, self._language), size=13, leading=24)
        self._y -= 6 * mm
        for line in self._facts(claims):
            self._fact(line)
        self._code(code, check)

    def _facts(self, claims: Claims) -> list[kinds.Line]:
        words = self._words
        return [
            kinds.Line(words.number, claims.number),
            *kinds.lines(claims, self._language),
            kinds.Line(words.issued, kinds.moment(claims.issued_at)),
            kinds.Line(words.expires, kinds.moment(claims.expires_at)),
            kinds.Line(words.ledger, f"{claims.issuer} · {claims.position + 1}/{claims.size}"),
        ]

    def _heading(self, bureau: str, title: str) -> None:
        canvas = self._canvas
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(self._width / 2, self._y, bureau)
        self._y -= 14 * mm
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(self._width / 2, self._y, title)
        self._y -= 7 * mm
        canvas.setStrokeColorRGB(*_SEAL_RED)
        canvas.setLineWidth(1.2)
        canvas.line(_MARGIN, self._y, self._width - _MARGIN, self._y)
        self._y -= 14 * mm

    def _text(self, text: str, *, size: float, leading: float) -> None:
        self._canvas.setFont(FONT, size)
        for row in wrapped(text, size, self._width - 2 * _MARGIN):
            self._canvas.drawString(_MARGIN, self._y, row)
            self._y -= leading

    def _fact(self, line: kinds.Line) -> None:
        self._canvas.setFont(FONT, 10.5)
        self._canvas.drawString(_MARGIN, self._y, line.label)
        for row in wrapped(line.text, 10.5, self._width - 2 * _MARGIN - 35 * mm):
            self._canvas.drawString(_MARGIN + 35 * mm, self._y, row)
            self._y -= 7 * mm

    def _code(self, code: segno.QRCode, check: str) -> None:
        canvas, rows = self._canvas, list(code.matrix)
        size = len(rows) * _MODULE
        left, top = _MARGIN + 2 * mm, 30 * mm + size
        canvas.setFillColorRGB(0, 0, 0)
        for number, modules in enumerate(rows):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    canvas.rect(left + column * _MODULE, top - (number + 1) * _MODULE, _MODULE, _MODULE, 0, 1)
        canvas.setFont(FONT, 9.5)
        y, beside = top - 4 * mm, left + size + 6 * mm
        for text in (self._words.scan.format(check=check), self._words.signed):
            for row in wrapped(text, 9.5, self._width - _MARGIN - beside):
                canvas.drawString(beside, y, row)
                y -= 5.5 * mm
            y -= 2 * mm
