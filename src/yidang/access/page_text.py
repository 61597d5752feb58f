"""The words of a page in their places, with those that were searched for marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from yidang.access.proof import lit
from yidang.access.query import Query
from yidang.access.snippets import Part, lit_lines
from yidang.holdings.models import Item
from yidang.holdings.queries import page_reading
from yidang.holdings.reading import PageReading


@dataclass(frozen=True)
class LitLine:
    """`box`: x0, y0, x1, y1 as fractions of the upright page."""

    box: Sequence[float]
    parts: Sequence[Part]

    @property
    def is_lit(self) -> bool:
        return any(part.is_match for part in self.parts)


def lit_page(item: Item, number: int, query: Query | None = None) -> list[LitLine]:
    """Lines of a page of an item that `get_item` gave. Raises NotFound `page_not_found`."""
    return light(page_reading(item, number), query)


def light(reading: PageReading, query: Query | None = None) -> list[LitLine]:
    terms = lit(query) if query else []
    parts = lit_lines([line.text for line in reading.lines], terms)
    return [LitLine(line.box, some) for line, some in zip(reading.lines, parts, strict=True)]
