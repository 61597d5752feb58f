"""OFD (GB/T 33190-2016): zip and XML. Text keeps its places; pictures, rules and letters are drawn by us.

Left out, as a page reads well without it: shading, clipping, blending, embedded fonts and curves' fine shape.
"""

from xml.etree.ElementTree import Element

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Picture
from yidang.intake.reading.limits import VECTOR_DPI, check_pages
from yidang.intake.reading.pages import Reader
from yidang.intake.reading.sources.ofd_objects import Resources, draw_objects, page_objects
from yidang.intake.reading.sources.pdf_text import Character, gather_lines, is_trustworthy
from yidang.intake.reading.sources.sheet import Glyphs, Placement, Sheet
from yidang.intake.reading.sources.zipped import Package, beside, children, descendants, first
from yidang.kernel.errors import Invalid

ROOT = "OFD.xml"
A4 = (210.0, 297.0)
SCAN_COVERAGE = 0.7


class OfdPages:
    def __init__(self, reader: Reader) -> None:
        self._package = Package(reader)
        root = first(self._package.xml(ROOT), "DocBody", "DocRoot")
        if root is None or not root.text:
            raise Invalid("file_damaged", problem="no document in it")
        self._document_part = beside(ROOT, root.text.strip())
        self._document = self._package.xml(self._document_part)
        pages = first(self._document, "Pages")
        self._places = [] if pages is None else [page.get("BaseLoc", "") for page in children(pages, "Page")]
        check_pages(len(self._places))
        self._resources = Resources(self._package, self._document_part, self._document)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> "OfdPage":
        if not 0 <= index < len(self._places):
            raise IndexError(index)
        part = beside(self._document_part, self._places[index])
        content = self._package.xml(part)
        size = _size(first(content, "Area")) or _size(first(self._document, "CommonData", "PageArea")) or A4
        sheet = Sheet(*size)
        for template in self._templates(content):
            draw_objects(sheet, page_objects(template), self._resources)
        draw_objects(sheet, page_objects(content), self._resources)
        return OfdPage(sheet)

    def close(self) -> None:
        self._package.close()

    def _templates(self, content: Element) -> list[Element]:
        """Letterheads and form grids that the page stands on."""
        wanted = {template.get("TemplateID") for template in children(content, "Template")}
        common = first(self._document, "CommonData")
        known = [] if common is None else children(common, "TemplatePage")
        places = [page.get("BaseLoc", "") for page in known if page.get("ID") in wanted]
        return [self._package.xml(beside(self._document_part, place)) for place in places]


class OfdPage:
    dpi = VECTOR_DPI

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def size(self) -> tuple[int, int]:
        return self._sheet.size()

    def render(self, longest: int | None = None) -> Picture:
        return self._sheet.draw(longest)

    def own_lines(self) -> list[Line] | None:
        if self._is_scan():
            return None
        characters = [each for part in self._sheet.parts if isinstance(part, Glyphs) for each in self._spread(part)]
        if not is_trustworthy(characters):
            return None
        return gather_lines(characters, self._sheet.width, self._sheet.height)

    def _is_scan(self) -> bool:
        area = self._sheet.width * self._sheet.height
        placements = [part for part in self._sheet.parts if isinstance(part, Placement)]
        return any(part.width * part.height >= SCAN_COVERAGE * area for part in placements)

    def _spread(self, part: Glyphs) -> list[Character]:
        """In millimetres from the lower left, as `gather_lines` wants them; a run ends like a line."""
        base = self._sheet.height - part.y
        found = []
        for character, x in zip(part.text, part.xs, strict=False):
            wide = part.size if not character.isascii() else part.size / 2
            found.append(Character(character, x, base - 0.15 * part.size, x + wide, base + 0.85 * part.size))
        return found


def _size(area: Element | None) -> tuple[float, float] | None:
    box = first(area, "PhysicalBox")
    if box is None and area is not None:
        box = next(iter(descendants(area, "ApplicationBox")), None)
    numbers = (box.text or "").split() if box is not None else []
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
