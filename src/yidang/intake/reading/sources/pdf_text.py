"""From the characters of a drawn page to its lines. Pure: no pdfium here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Grid

MIN_CHARACTERS = 4
MAX_STRANGE_SHARE = 0.05
CELL_GAP = 1.1  # a gap wider than this many line heights starts another cell
SAME_LINE = 0.5  # overlap of heights that keeps a character on the line
WORD_GAP = 0.18
BREAKS = frozenset("\r\n")
LATIN_END = 128
_SHOWN, _BLANK, _BREAK = range(3)


class Character(NamedTuple):
    """In points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def is_trustworthy(characters: Sequence[Character]) -> bool:
    """Whether a page carries text that says what it shows: enough of it, and mapped to real characters."""
    return is_trustworthy_text([c.text for c in characters])


def is_trustworthy_text(texts: Sequence[str]) -> bool:
    seen = {text: count for text, count in Counter(texts).items() if not text.isspace()}
    total = sum(seen.values())
    strange = sum(count for text, count in seen.items() if _is_strange(text))
    return total >= MIN_CHARACTERS and strange <= MAX_STRANGE_SHARE * total


def _is_strange(character: str) -> bool:
    return character in "\ufffd\x00" or 0xE000 <= ord(character) <= 0xF8FF or not character.isprintable()  # noqa: PLR2004


def gather_lines(characters: Iterable[Character], width: float, height: float) -> list[Line]:
    """Lines with boxes as fractions of the page, top to bottom as they come."""
    listed = list(characters)
    places = np.array([c[1:] for c in listed], dtype=np.float64).reshape(-1, 4)
    return gather([c.text for c in listed], places, width, height)


def gather(texts: Sequence[str], places: Grid, width: float, height: float) -> list[Line]:
    """As `gather_lines`; `places`: left, bottom, right and top of each character.

    Blanks are passed over: generated ones have no place, and gaps tell instead.
    """
    is_shown, is_break = shown_and_breaks(texts)
    if not is_shown.any():
        return []
    breaks = np.cumsum(is_break)[is_shown]
    letters = list(compress(texts, is_shown.tolist()))
    boxes = places[is_shown]
    is_start = np.concatenate([[True], ~_continues(boxes) | (breaks[1:] != breaks[:-1])])
    starts = np.flatnonzero(is_start)
    pieces = _with_gaps(letters, boxes, is_start)
    edges = [*starts.tolist(), len(letters)]
    fractions = _fractions(boxes, starts, width, height)
    return [
        Line(text="".join(pieces[start:end]), box=box, confidence=1.0)
        for start, end, box in zip(edges, edges[1:], fractions, strict=False)
    ]


def shown_and_breaks(texts: Sequence[str]) -> tuple[Grid, Grid]:
    """For each character whether it is more than a blank, and whether it ends a line."""
    kinds = {text: _BREAK if text in BREAKS else _BLANK if text.isspace() else _SHOWN for text in set(texts)}
    found = np.fromiter(map(kinds.__getitem__, texts), dtype=np.int8, count=len(texts))
    return found == _SHOWN, found == _BREAK


def _continues(boxes: Grid) -> Grid:
    """For each character but the first, whether it goes on the line of the one before."""
    left, bottom, right, top = boxes.T
    high = top - bottom
    tall = np.maximum.reduce([high[:-1], high[1:], (right - left)[1:], np.ones(len(high) - 1)])
    overlap = np.minimum(top[:-1], top[1:]) - np.maximum(bottom[:-1], bottom[1:])
    short = np.minimum(high[:-1], high[1:])
    gap = left[1:] - right[:-1]
    is_near = (-tall < gap) & (gap < CELL_GAP * tall)
    return np.asarray(is_near & (overlap > SAME_LINE * short))


def _with_gaps(letters: Sequence[str], boxes: Grid, is_start: Grid) -> list[str]:
    """A blank between Latin words, none between Chinese characters."""
    left, bottom, right, top = boxes.T
    high = np.maximum(np.maximum(top[:-1] - bottom[:-1], top[1:] - bottom[1:]), 1.0)
    codes = np.frombuffer("".join(letters).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    latin = codes < LATIN_END
    is_word = (left[1:] - right[:-1] > WORD_GAP * high) & latin[1:] & latin[:-1] & ~is_start[1:]
    pieces = list(letters)
    for at in (np.flatnonzero(is_word) + 1).tolist():
        pieces[at] = " " + pieces[at]
    return pieces


def _fractions(boxes: Grid, starts: Grid, width: float, height: float) -> list[list[float]]:
    """The box of each line, from the upper left corner."""
    left, bottom, right, top = boxes.T
    sides = [
        _fraction(np.minimum.reduceat(left, starts), width),
        1 - _fraction(np.maximum.reduceat(top, starts), height),
        _fraction(np.maximum.reduceat(right, starts), width),
        1 - _fraction(np.minimum.reduceat(bottom, starts), height),
    ]
    return [[round(side, 5) for side in box] for box in np.stack(sides, axis=1).tolist()]


def _fraction(values: Grid, whole: float) -> Grid:
    return np.clip(values / whole, 0.0, 1.0) if whole else np.zeros_like(values)
