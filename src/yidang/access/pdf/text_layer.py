"""Invisible words over a picture, each line stretched to the box it was read in, so that marking and copying fit."""

import unicodedata
from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from yidang.access.pdf.glyphless import ASCENT, DESCENT, UNITS, font_file
from yidang.holdings.reading import Line

FONT = "/Words"
_WIDE = frozenset("WFA")
_NARROW_WIDTH = UNITS // 2
_PER_BLOCK = 100  # entries of one bfchar block, by the CMap specification
_MOST_CODES = 0xFFFF
_TALL = 1.5


class WordsFont:
    """The one font of a document; each character met gets the next code."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}
        self.object = pdf.make_indirect(Dictionary(Type=Name.Font))

    def encode(self, text: str) -> bytes:
        return b"".join(self._code(character).to_bytes(2, "big") for character in text)

    def _code(self, character: str) -> int:
        if len(self._codes) >= _MOST_CODES:
            character = next(iter(self._codes))
        return self._codes.setdefault(character, len(self._codes) + 1)

    def finish(self) -> None:
        """Writes the font once all characters are known."""
        made = self._pdf.make_stream
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.GlyphLess,
            Flags=4,
            FontBBox=Array([0, DESCENT, UNITS, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=made(font_file(), Length1=len(font_file())),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.GlyphLess,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            DW=UNITS,
            W=self._narrow(),
            CIDToGIDMap=made(b"\0\0" + b"\0\1" * len(self._codes)),
        )
        self.object.Subtype = Name.Type0
        self.object.BaseFont = Name.GlyphLess
        self.object.Encoding = Name("/Identity-H")
        self.object.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        self.object.ToUnicode = made(to_unicode(self._codes))

    def _narrow(self) -> Array:
        narrow = (code for character, code in self._codes.items() if width(character) != UNITS)
        return Array([entry for code in narrow for entry in (code, Array([_NARROW_WIDTH]))])


def width(character: str) -> int:
    return UNITS if unicodedata.east_asian_width(character) in _WIDE else _NARROW_WIDTH


def to_unicode(codes: dict[str, int]) -> bytes:
    entries = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in codes.items()]
    blocks = [entries[start : start + _PER_BLOCK] for start in range(0, len(entries), _PER_BLOCK)]
    listed = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def words(lines: Iterable[Line], font: WordsFont, size: tuple[float, float]) -> bytes:
    """Content of a page of `size` points that writes all lines invisibly (text rendering mode 3)."""
    written = [line for line in lines if line.text.strip()]
    if not written:
        return b""
    return b"BT 3 Tr\n" + b"".join(_line(line.text, line.box, font, size) for line in written) + b"ET\n"


def _line(text: str, box: Sequence[float], font: WordsFont, size: tuple[float, float]) -> bytes:
    across, down = size
    left, right, top, bottom = box[0] * across, box[2] * across, (1 - box[1]) * down, (1 - box[3]) * down
    wide, high = max(right - left, 0.5), max(top - bottom, 0.5)
    if high > _TALL * wide and len(text) > 1:  # a column: the line runs downwards
        place = _operands(0, -1, 1, 0, left - DESCENT / UNITS * wide, top)
        points, length = wide, high
    else:
        place = _operands(1, 0, 0, 1, left, bottom - DESCENT / UNITS * high)
        points, length = high, wide
    natural = points * sum(map(width, text)) / UNITS
    stretch = _operands(100 * length / natural)
    shown = font.encode(text).hex().encode("ascii")
    return b"%s %s Tf %s Tz %s Tm <%s> Tj\n" % (FONT.encode(), _operands(points), stretch, place, shown)


def _operands(*numbers: float) -> bytes:
    return " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in numbers).encode("ascii")


def resources(font: WordsFont, picture: pikepdf.Object) -> Dictionary:
    return Dictionary(Font=Dictionary({FONT: font.object}), XObject=Dictionary(Picture=picture))
