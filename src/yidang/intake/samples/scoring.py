"""How well a page was read: character errors against the truth, matched by place.

Truth and reading are compared after NFKC and without blanks. Lines are matched by where they stand (both levelled
by the known skew): a reading may join two cells or split one without that being an error; text that stands nowhere
in the truth, and truth that was not read, count in full.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Placed = tuple[str, tuple[float, float, float, float]]
TOUCH = 0.25  # share of the smaller box two boxes must share to speak of the same text


@dataclass(frozen=True)
class Score:
    errors: int
    characters: int

    def __add__(self, other: "Score") -> "Score":
        return Score(self.errors + other.errors, self.characters + other.characters)

    @property
    def rate(self) -> float:
        return self.errors / self.characters if self.characters else 0.0


@dataclass(frozen=True)
class Match:
    """Truth and reading of one place, and how far they differ."""

    truth: str
    read: str
    box: tuple[float, float, float, float]
    errors: int


def fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def compare(truth: Sequence[Placed], read: Sequence[Placed], *, skew: float, ratio: float) -> list[Match]:
    """`ratio` is the page's width over its height; boxes are fractions."""
    left = [(fold(text), _level(box, skew, ratio)) for text, box in truth if fold(text)]
    right = [(fold(text), _level(box, skew, ratio)) for text, box in read if fold(text)]
    return [_match(*group) for group in _groups(left, right)]


def total(matches: Iterable[Match]) -> Score:
    found = list(matches)
    return Score(sum(m.errors for m in found), sum(len(m.truth) for m in found))


def touches(box: Sequence[float], other: Sequence[float]) -> bool:
    return _shared(box, other) > 0


def distance(one: str, other: str) -> int:
    """Levenshtein."""
    before = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b)))
        before = now
    return before[-1]


def _level(box: Sequence[float], skew: float, ratio: float) -> tuple[float, float, float, float]:
    """Turned back around the page's middle; width and height stay."""
    angle = math.radians(-skew)
    x, y = ((box[0] + box[2]) / 2 - 0.5) * ratio, (box[1] + box[3]) / 2 - 0.5
    dx = (x * math.cos(angle) - y * math.sin(angle) - x) / ratio
    dy = x * math.sin(angle) + y * math.cos(angle) - y
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy


def _groups(truth: Sequence[Placed], read: Sequence[Placed]) -> list[tuple[list[Placed], list[Placed]]]:
    """Connected by touching."""
    groups: list[tuple[list[Placed], list[Placed]]] = [([line], []) for line in truth]
    for line in read:
        hit = [group for group in groups if any(_touch(line[1], other[1]) for other in group[0])]
        merged: tuple[list[Placed], list[Placed]] = (
            [t for g in hit for t in g[0]],
            [r for g in hit for r in g[1]] + [line],
        )
        groups = [group for group in groups if not any(group is one for one in hit)] + [merged]
    return groups


def _touch(one: Sequence[float], other: Sequence[float]) -> bool:
    smaller = min(_area(one), _area(other))
    return smaller > 0 and _shared(one, other) >= TOUCH * smaller


def _shared(one: Sequence[float], other: Sequence[float]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def _area(box: Sequence[float]) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _match(truth: list[Placed], read: list[Placed]) -> Match:
    boxes = [box for _, box in truth] or [box for _, box in read]
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    one, other = _joined(truth), _joined(read)
    return Match(one, other, around, distance(one, other))


def _joined(lines: list[Placed]) -> str:
    """Rows first, then left to right."""
    rows: list[list[Placed]] = []
    for line in sorted(lines, key=lambda placed: placed[1][1] + placed[1][3]):
        last = rows[-1][-1][1] if rows else None
        same = last is not None and min(last[3], line[1][3]) - max(last[1], line[1][1]) > 0.5 * min(
            last[3] - last[1], line[1][3] - line[1][1]
        )
        if same:
            rows[-1].append(line)
        else:
            rows.append([line])
    return "".join(text for row in rows for text, _ in sorted(row, key=lambda placed: placed[1][0]))
