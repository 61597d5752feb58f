"""A text as a row of units: one Chinese character, or one word or number, is a unit.

Blanks and line breaks between units are nothing, punctuation between them is a break. So a phrase is found across
the end of a line, but never across a comma.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from yidang.access.words.folding import compose, fold, origins

IDEOGRAPHS = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{IDEOGRAPHS}]"
_PARTS = re.compile(
    rf"(?P<run>[{IDEOGRAPHS}]+)"
    rf"|(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!{_LETTER}))"
    rf"|(?P<word>{_LETTER}+(?:\.{_LETTER}+)*)"
    rf"|(?P<mark>[^\s\w]|_)"
)
_DATE = re.compile(r"\d+(?:\.\d+){2,}")
_CODE = re.compile(r"([a-z]\d\d)\.[a-z0-9]+")  # ICD-10 and its like
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


@dataclass(slots=True)
class Canonical:
    """`units[i]` stands at folded[starts[i]:ends[i]]; `breaks` holds the i that have punctuation before them.

    `words` holds, in order, the i that are words; all others are ideographs.
    """

    units: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    words: list[int] = field(default_factory=list)

    def add_word(self, unit: str, start: int, end: int) -> None:
        self.words.append(len(self.units))
        self.units.append(unit)
        self.starts.append(start)
        self.ends.append(end)

    def add_break(self) -> None:
        self.breaks.add(len(self.units))


def is_ideograph(unit: str) -> bool:
    return len(unit) == 1 and _IDEOGRAPH.match(unit) is not None


def code_head(unit: str) -> str | None:
    """The category of a code: `i10` of `i10.x00`; it is found by either."""
    match = _CODE.fullmatch(unit) if "." in unit else None
    return match[1] if match else None


def canonical(text: str) -> Canonical:
    """Reads any text."""
    return canonical_of_folded(fold(text))


def canonical_of_folded(folded: str) -> Canonical:
    row = Canonical()
    for match in _PARTS.finditer(folded):
        kind, start = match.lastgroup, match.start()
        if kind == "run":
            run = match[0]
            row.units.extend(run)
            row.starts.extend(range(start, start + len(run)))
            row.ends.extend(range(start + 1, start + len(run) + 1))
        elif kind == "mark":
            row.add_break()
        else:
            _add_word(row, match[0], start)
    return row


def _add_word(row: Canonical, word: str, start: int) -> None:
    if "." not in word or not _DATE.fullmatch(word):
        row.add_word(word.replace(",", ""), start, start + len(word))
        return
    for part in word.split("."):
        row.add_word(part, start, start + len(part))
        start += len(part) + 1
        row.add_break()
    row.breaks.discard(len(row.units))


class Traced:
    """A text in its three forms, each made when first asked for, and the way back from the folded one to `plain`."""

    def __init__(self, text: str) -> None:
        self.plain = compose(text)

    @cached_property
    def folded(self) -> str:
        return fold(self.plain)

    @cached_property
    def row(self) -> Canonical:
        return canonical_of_folded(self.folded)

    @cached_property
    def _origins(self) -> Sequence[int]:
        return origins(self.plain, self.folded)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `plain` from which folded[start:end] comes."""
        return self._origins[start], self._origins[end - 1] + 1
