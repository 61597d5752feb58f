"""DOCX: its paragraphs and tables as lines. Layout is the word processor's affair; the words are ours."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Picture
from yidang.intake.reading.limits import VECTOR_DPI, check_pages
from yidang.intake.reading.pages import Reader
from yidang.intake.reading.sources.sheet import Glyphs, Sheet
from yidang.intake.reading.sources.zipped import Package, children, local
from yidang.kernel.errors import Invalid

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0  # A4, millimetres
LETTER = 4.2
LEADING = 7.0
COLUMNS = 40
ROWS = int((HEIGHT - 2 * MARGIN) / LEADING)
CELL_GAP = "　"
PAGE_BREAK = "\f"


class DocxPages:
    def __init__(self, reader: Reader) -> None:
        package = Package(reader)
        if "word/document.xml" not in package:
            raise Invalid("file_damaged", problem="no document in it")
        body = package.xml("word/document.xml")
        self._pages = list(_paged(_wrapped(_texts(body)))) or [[]]
        check_pages(len(self._pages))
        package.close()

    def __len__(self) -> int:
        return len(self._pages)

    def __getitem__(self, index: int) -> "DocxPage":
        if not 0 <= index < len(self._pages):
            raise IndexError(index)
        return DocxPage(self._pages[index])

    def close(self) -> None:
        self._pages.clear()


class DocxPage:
    dpi = VECTOR_DPI

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    @property
    def size(self) -> tuple[int, int]:
        return self._sheet().size()

    def own_lines(self) -> list[Line]:
        return [Line(text=text, box=_box(row, text), confidence=1.0) for row, text in enumerate(self._texts) if text]

    def render(self, longest: int | None = None) -> Picture:
        return self._sheet().draw(longest)

    def _sheet(self) -> Sheet:
        sheet = Sheet(WIDTH, HEIGHT)
        for row, text in enumerate(self._texts):
            widths = [_width(character) for character in text]
            xs = tuple(MARGIN + sum(widths[:place]) for place in range(len(text)))
            sheet.parts.append(Glyphs(text, xs, _baseline(row), LETTER))
        return sheet


PAGE_BREAK = "\f"


def _texts(element: Element) -> Iterator[str]:
    """Paragraphs in order; a table row becomes one line, its cells apart."""
    for child in element:
        kind = local(child)
        if kind == "p":
            yield from _plain(child).split("\n")
        elif kind == "tr":
            yield CELL_GAP.join(
                filter(None, (_plain(cell).replace("\n", " ").strip() for cell in children(child, "tc")))
            )
        else:
            yield from _texts(child)


def _plain(element: Element) -> str:
    return "".join(_piece(part) for part in element.iter())


def _piece(part: Element) -> str:
    kind = local(part)
    if kind == "t":
        return part.text or ""
    if kind == "tab":
        return CELL_GAP
    if kind in {"br", "cr"}:
        is_page = any(value == "page" for value in part.attrib.values())
        return f"\n{PAGE_BREAK}\n" if is_page else "\n"
    return f"\n{PAGE_BREAK}\n" if kind == "lastRenderedPageBreak" else ""


def _wrapped(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if text == PAGE_BREAK or not text:
            yield text
        start = width = 0
        for place, character in enumerate(text if text != PAGE_BREAK else ""):
            width += 2 if not character.isascii() else 1
            if width > 2 * COLUMNS:
                yield text[start:place]
                start, width = place, 2
        if text != PAGE_BREAK and text[start:]:
            yield text[start:]


def _paged(texts: Iterator[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for text in texts:
        if text == PAGE_BREAK or len(page) >= ROWS:
            if any(page):
                yield page
            page = []
        if text != PAGE_BREAK:
            page.append(text)
    if any(page):
        yield page


def _width(character: str) -> float:
    return LETTER if not character.isascii() else LETTER / 2


def _baseline(row: int) -> float:
    return MARGIN + LEADING * row + LETTER


def _box(row: int, text: str) -> list[float]:
    right = MARGIN + sum(map(_width, text))
    top, bottom = _baseline(row) - LETTER, _baseline(row) + LETTER / 4
    return [MARGIN / WIDTH, top / HEIGHT, min(right / WIDTH, 1.0), bottom / HEIGHT]
