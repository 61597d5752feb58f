"""Where on a page private words stand, as far as its reading knows: what is blackened for who sees pages covered."""

from collections.abc import Iterator, Sequence

from yidang.holdings.models import Item
from yidang.holdings.queries import description, page_reading
from yidang.holdings.reading import Line
from yidang.holdings.veil import MASKS, Veil

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 as fractions of the upright page
_MARGIN = 0.004  # a box drawn from a reading is a little narrower than the ink


def private_boxes(item: Item, number: int) -> list[Box]:
    """Of the fields that are masked, and of the covered parts of every line. Raises NotFound `page_not_found`."""
    described = description(item)
    veil = Veil(described)
    fields = [described.fields[key] for key in MASKS if key in described.fields]
    known = [_wider(field.box) for field in fields if field.box and field.page == number]
    return [*known, *(box for line in page_reading(item, number).lines for box in _of_line(line, veil))]


def _of_line(line: Line, veil: Veil) -> Iterator[Box]:
    x0, y0, x1, y1 = line.box
    step = (x1 - x0) / max(len(line.text), 1)
    for start, end in veil.places(line.text):
        yield _wider((x0 + start * step, y0, x0 + end * step, y1))


def _wider(box: Sequence[float]) -> Box:
    x0, y0, x1, y1 = box
    return max(x0 - _MARGIN, 0.0), max(y0 - _MARGIN, 0.0), min(x1 + _MARGIN, 1.0), min(y1 + _MARGIN, 1.0)
