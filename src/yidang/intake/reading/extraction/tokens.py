"""The lines of an item, levelled, and the label–value pieces they fall into. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

import numpy as np

from yidang.holdings.reading import Line, PageReading
from yidang.intake.reading.extraction.labels import label_heads, label_pattern, labels_of
from yidang.intake.reading.facts import Grid

MAX_LEAN = 0.08  # of page width over height: about three degrees on A4
LEAN_STEP = 0.001
BINS = 600
SHORT = 2
UNMISTAKABLE = frozenset({"性别", "年龄", "民族", "姓名", "科室", "电话"})
LOOK_AHEAD = 8  # lines; a broken label's rest comes soon in reading order
LOWEST, HIGHEST = -0.1, 1.1  # of the height: a leaning page's ends come to stand outside it


@dataclass(frozen=True, eq=False)
class Token:
    """A line as one word. `y` runs are levelled; `line` keeps the place to show."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    line: Line
    breaks: frozenset[int] = frozenset()  # places in `text` before which the line had a blank

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def confidence(self) -> float:
        return self.line.confidence

    @cached_property
    def pieces(self) -> "list[Piece]":
        return list(_pieces(self))


@dataclass(frozen=True)
class Piece:
    """A label inside a token and what follows it there, up to the next label."""

    label: str
    value: str
    token: Token
    has_colon: bool


def fold(text: str) -> str:
    """NFKC without blanks, and without the rules under values that were taken for underscores."""
    if text.isascii():
        return "".join(text.replace("_", " ").split())
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.replace("_", " ").split()).replace("︰", ":").replace("∶", ":")


def tokens_of(readings: Sequence[PageReading]) -> list[list[Token]]:
    """Per page."""
    return [_page_tokens(reading, number) for number, reading in enumerate(readings, 1)]


def _page_tokens(reading: PageReading, page: int) -> list[Token]:
    lean = _lean_of(reading.lines)
    found = []
    for line in reading.lines:
        x0, y0, x1, y1 = line.box
        shift = lean * ((x0 + x1) / 2 - 0.5)
        text = fold(line.text)
        if text:
            found.append(Token(text, page, x0, y0 - shift, x1, y1 - shift, line, _breaks(line.text)))
    return _with_whole_labels(found)


def _breaks(text: str) -> frozenset[int]:
    """Where blanks stood, counted in the folded text."""
    return frozenset(accumulate(_folded_length(part) for part in text.split()[:-1]))


def _folded_length(word: str) -> int:
    return len(word) if word.isascii() and word.isalnum() else len(fold(word))


def _with_whole_labels(tokens: list[Token]) -> list[Token]:
    """Labels that a narrow cell broke in two are put together again."""
    gone: set[int] = set()
    whole = []
    for place, token in enumerate(tokens):
        rest = None if place in gone else _rest_of_label(token, place, tokens)
        if rest is not None:
            gone.add(rest)
            token = _joined(token, tokens[rest])  # noqa: PLW2901 - the same label, now whole
        whole.append(token)
    return [token for place, token in enumerate(whole) if place not in gone]


def _rest_of_label(token: Token, place: int, tokens: Sequence[Token]) -> int | None:
    if token.text.rstrip(":") not in label_heads():
        return None
    for other in range(place + 1, min(place + LOOK_AHEAD, len(tokens))):
        below = tokens[other]
        is_under = below.x0 < token.x1 and token.x0 < below.x1 and 0 < below.middle - token.middle <= 2 * token.height
        if is_under and labels_of((token.text + below.text).rstrip(":")):
            return other
    return None


def _joined(token: Token, below: Token) -> Token:
    x0, x1 = min(token.x0, below.x0), max(token.x1, below.x1)
    return Token(token.text + below.text, token.page, x0, token.y0, x1, below.y1, token.line)


def _lean_of(lines: Sequence[Line]) -> float:
    """How much y grows from the left edge to the right: what lines the boxes up in the sharpest rows."""
    if len(lines) < 4 or all(line.confidence == 1.0 for line in lines):  # noqa: PLR2004 - too few to tell, or drawn
        return 0.0
    boxes = np.array([line.box for line in lines], dtype=np.float64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2 - 0.5, (boxes[:, 1] + boxes[:, 3]) / 2
    leans = np.concatenate([[0.0], np.arange(-MAX_LEAN, MAX_LEAN + LEAN_STEP / 2, LEAN_STEP)])
    sharpness = _rows_sharpness(y[None, :] - leans[:, None] * x[None, :])
    best = int(np.argmax(sharpness[1:] - 1e-3 * np.abs(leans[1:]))) + 1
    return float(leans[best]) if sharpness[best] > 1.15 * sharpness[0] else 0.0


def _rows_sharpness(heights: Grid) -> Grid:
    """Per row of `heights`, how much its values gather in few bins."""
    bins = np.floor((heights - LOWEST) / (HIGHEST - LOWEST) * BINS).astype(np.int64)
    count = len(heights)
    is_inside = (bins >= 0) & (bins < BINS)
    places = (np.arange(count)[:, None] * BINS + bins)[is_inside]
    counts = np.bincount(places, minlength=count * BINS).reshape(count, BINS).astype(np.float64)
    soft = counts + 0.5 * (np.roll(counts, 1, axis=1) + np.roll(counts, -1, axis=1))
    return np.asarray((soft**2).sum(axis=1))


@cache
def _pattern() -> re.Pattern[str]:
    return label_pattern()


def _pieces(token: Token) -> Iterator[Piece]:
    marks = list(_marks(token.text, token.breaks))
    for place, (_, end, label, has_colon) in enumerate(marks):
        following = marks[place + 1][0] if place + 1 < len(marks) else len(token.text)
        yield Piece(label, token.text[end:following], token, has_colon)


def _marks(text: str, breaks: frozenset[int]) -> Iterator[tuple[int, int, str, bool]]:
    """Labels at the head of the line; further on only before a colon, and long, well known or after a blank."""
    at = 0
    while at < len(text):
        found = _pattern().search(text, at)
        if found is None:
            return
        label, has_colon = found.group("label"), bool(found.group("colon"))
        is_head = found.start() == 0
        is_whole = is_head and found.end() == len(text)
        is_clear = len(label) > SHORT or label in UNMISTAKABLE or found.start() in breaks
        is_spaced = (is_head or found.start() in breaks) and _is_spaced(found, breaks)
        if (is_head and (has_colon or is_whole or _is_typed(label))) or (has_colon and is_clear) or is_spaced:
            yield found.start(), found.end(), label, has_colon
            at = found.end()
        else:
            at = found.start() + 1


def _is_spaced(found: re.Match[str], breaks: frozenset[int]) -> bool:
    """姓名 王小明 性别 男: well known, a blank behind it, and then a value, not the next label of a table's head."""
    rest = found.string[found.end() :]
    return (
        found.group("label") in UNMISTAKABLE and found.end() in breaks and bool(rest) and _pattern().match(rest) is None
    )


def _is_typed(label: str) -> bool:
    """Whether a value may follow without a colon: it will be recognised by its own form."""
    typed = {"id_number", "phone", "credit_code", "admitted_on", "discharged_on", "document_number"}
    return bool(typed & set(labels_of(label)))
