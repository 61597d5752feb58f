"""The graphic objects of an OFD page, put on a sheet."""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PIL import Image

from yidang.intake.reading.limits import check_size
from yidang.intake.reading.sources.sheet import Glyphs, Placement, Rule, Sheet
from yidang.intake.reading.sources.zipped import Package, beside, children, descendants, first, local

MAX_OBJECTS = 100_000
DEFAULT_LETTER = 3.5


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f; OFD writes them in this order."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class Resources:
    """Pictures by their id, decoded when first shown."""

    def __init__(self, package: Package, document_part: str, document: Element) -> None:
        self._package = package
        self._places: dict[str, str] = {}
        common = first(document, "CommonData")
        for kind in ("PublicRes", "DocumentRes"):
            for reference in children(common, kind) if common is not None else []:
                self._note(beside(document_part, (reference.text or "").strip()))

    def _note(self, part: str) -> None:
        if part not in self._package:
            return
        resources = self._package.xml(part)
        base = resources.get("BaseLoc", "")
        for media in descendants(resources, "MultiMedia"):
            place = first(media, "MediaFile")
            if place is not None and place.text:
                self._places[media.get("ID", "")] = beside(
                    part, f"{base}/{place.text.strip()}" if base else place.text.strip()
                )

    def picture(self, key: str) -> Image.Image | None:
        place = self._places.get(key)
        if place is None or place not in self._package:
            return None
        try:
            picture = Image.open(BytesIO(self._package.part(place)))
            check_size(*picture.size)
            picture.load()
        except (OSError, SyntaxError, ValueError):
            return None
        return picture


def page_objects(page: Element) -> Iterator[Element]:
    """In drawing order, blocks opened."""
    content = first(page, "Content")
    layers = children(content, "Layer") if content is not None else []
    count = 0
    for layer in layers:
        for element in _opened(layer):
            count += 1
            if count > MAX_OBJECTS:
                return
            yield element


def _opened(block: Element) -> Iterator[Element]:
    for child in block:
        if local(child) == "PageBlock":
            yield from _opened(child)
        else:
            yield child


def draw_objects(sheet: Sheet, objects: Iterator[Element], resources: Resources) -> None:
    for element in objects:
        kind = local(element)
        if kind == "TextObject":
            sheet.parts.extend(_texts(element))
        elif kind == "ImageObject":
            _place(sheet, element, resources)
        elif kind == "PathObject":
            sheet.parts.extend(_rules(element))


def _texts(element: Element) -> Iterator[Glyphs]:
    x0, y0, _, _ = _boundary(element)
    matrix = _matrix(element)
    size = _number(element.get("Size"), DEFAULT_LETTER)
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        moves = _deltas(code.get("DeltaX", ""), len(text), size)
        xs, along = [], x
        for place in range(len(text)):
            xs.append(x0 + matrix.at(along, y)[0])
            along += moves[place]
        yield Glyphs(text, tuple(xs), y0 + matrix.at(x, y)[1], size * math.hypot(matrix.c, matrix.d))


def _deltas(written: str, count: int, size: float) -> list[float]:
    """Advances between characters; `g 3 2.5` stands for three times 2.5."""
    moves: list[float] = []
    words = iter(written.split())
    for word in words:
        if word == "g":
            repeat, value = next(words, "0"), next(words, "0")
            moves.extend([_number(value, size)] * min(int(_number(repeat, 0)), count))
        else:
            moves.append(_number(word, size))
    return (moves + [moves[-1] if moves else size] * count)[:count]


def _place(sheet: Sheet, element: Element, resources: Resources) -> None:
    picture = resources.picture(element.get("ResourceID", ""))
    if picture is None:
        return
    x0, y0, _, _ = _boundary(element)
    matrix = _matrix(element)
    x, y = matrix.at(0, 0)
    width, height = (abs(matrix.a) or sheet.width), (abs(matrix.d) or sheet.height)
    if element.get("CTM") is None:
        _, _, width, height = _boundary(element)
    if width > 0 and height > 0:
        sheet.parts.append(Placement(picture, x0 + x, y0 + y, width, height))


def _rules(element: Element) -> Iterator[Rule]:
    data = first(element, "AbbreviatedData")
    if data is None or not data.text or element.get("Stroke", "true") == "false":
        return
    x0, y0, _, _ = _boundary(element)
    matrix = _matrix(element)
    width = _number(element.get("LineWidth"), 0.353)
    for points in _polylines(data.text.split()):
        yield Rule(tuple((x0 + matrix.at(*p)[0], y0 + matrix.at(*p)[1]) for p in points), width)


_ENDS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _polylines(words: list[str]) -> Iterator[list[tuple[float, float]]]:
    """Straight from end to end: curves lose their bend."""
    line: list[tuple[float, float]] = []
    place = 0
    while place < len(words):
        command = words[place]
        count = _ENDS.get(command)
        if count is None:
            place += 1
            continue
        numbers = [_number(word, 0.0) for word in words[place + 1 : place + 1 + count]]
        place += 1 + count
        if command in {"M", "S"} and len(line) > 1:
            yield line
        if command in {"M", "S"}:
            line = []
        if command == "C" and line:
            line.append(line[0])
        elif len(numbers) >= 2:  # noqa: PLR2004 - a point
            line.append((numbers[-2], numbers[-1]))
    if len(line) > 1:
        yield line


def _boundary(element: Element) -> tuple[float, float, float, float]:
    numbers = [_number(word, 0.0) for word in element.get("Boundary", "").split()]
    x, y, width, height = (numbers + [0.0] * 4)[:4]
    return x, y, width, height


def _matrix(element: Element) -> Matrix:
    numbers = [_number(word, 0.0) for word in element.get("CTM", "").split()]
    return Matrix(*numbers) if len(numbers) == len(Matrix._fields) else Matrix()


def _number(word: str | None, default: float) -> float:
    try:
        value = float(word) if word is not None else default
    except ValueError:
        return default
    return value if math.isfinite(value) else default
