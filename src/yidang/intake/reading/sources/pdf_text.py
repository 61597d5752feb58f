"""From the characters of a drawn page to its lines. Pure: no pdfium here."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yidang.holdings.reading import Line

MIN_CHARACTERS = 4
MAX_STRANGE_SHARE = 0.05
CELL_GAP = 1.1  # a gap wider than this many line heights starts another cell
SAME_LINE = 0.5  # overlap of heights that keeps a character on the line
WORD_GAP = 0.18


class Character(NamedTuple):
    """In points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def is_trustworthy(characters: Sequence[Character]) -> bool:
    """Whether a page carries text that says what it shows: enough of it, and mapped to real characters."""
    seen = [c.text for c in characters if not c.text.isspace()]
    if len(seen) < MIN_CHARACTERS:
        return False
    strange = sum(1 for c in seen if _is_strange(c))
    return strange <= MAX_STRANGE_SHARE * len(seen)


def _is_strange(character: str) -> bool:
    return character in "\ufffd\x00" or 0xE000 <= ord(character) <= 0xF8FF or not character.isprintable()  # noqa: PLR2004


def gather_lines(characters: Iterable[Character], width: float, height: float) -> list[Line]:
    """Lines with boxes as fractions of the page, top to bottom as pdfium gives them."""
    lines: list[Line] = []
    current: list[Character] = []
    for character in characters:
        if character.text in "\r\n":
            _close(current, lines, width, height)
        elif character.text.isspace():
            continue  # generated blanks have no place; gaps tell instead
        else:
            if current and not _continues(current[-1], character):
                _close(current, lines, width, height)
            current.append(character)
    _close(current, lines, width, height)
    return lines


def _continues(last: Character, following: Character) -> bool:
    tall = max(last.top - last.bottom, following.top - following.bottom, following.right - following.left, 1.0)
    overlap = min(last.top, following.top) - max(last.bottom, following.bottom)
    short = min(last.top - last.bottom, following.top - following.bottom)
    gap = following.left - last.right
    return -tall < gap < CELL_GAP * tall and overlap > SAME_LINE * short


def _close(current: list[Character], lines: list[Line], width: float, height: float) -> None:
    if not current:
        return
    text = "".join(_with_gap(before, character) for before, character in zip([None, *current], current, strict=False))
    box = [
        _fraction(min(c.left for c in current), width),
        1 - _fraction(max(c.top for c in current), height),
        _fraction(max(c.right for c in current), width),
        1 - _fraction(min(c.bottom for c in current), height),
    ]
    lines.append(Line(text=text, box=[round(side, 5) for side in box], confidence=1.0))
    current.clear()


def _with_gap(before: Character | None, character: Character) -> str:
    """A blank between Latin words, none between Chinese characters."""
    if before is None or not (before.text.isascii() and character.text.isascii()):
        return character.text
    tall = max(before.top - before.bottom, character.top - character.bottom, 1.0)
    return " " + character.text if character.left - before.right > WORD_GAP * tall else character.text


def _fraction(value: float, whole: float) -> float:
    return min(max(value / whole, 0.0), 1.0) if whole else 0.0
