"""Numbers that name a person: taken out of the text before it is indexed, and covered in what a search shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BREAK = "|"  # what is taken out leaves a break: what stood round it does not become neighbours

_ALONE = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_ID_18 = re.compile(rf"{_ALONE[0]}\d{{6}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{3}}[\dx]{_ALONE[1]}")
_ID_15 = re.compile(rf"{_ALONE[0]}\d{{8}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_ALONE[1]}")
_MOBILE = re.compile(rf"{_ALONE[0]}(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_ALONE[1]}")
_LANDLINE = re.compile(rf"{_ALONE[0]}\(?0\d{{2,3}}\)?[ -]?\d{{7,8}}{_ALONE[1]}")
_KINDS = (("id_number", _ID_18), ("id_number", _ID_15), ("phone", _MOBILE), ("phone", _LANDLINE))
_ANY = re.compile(r"\d{3}[ -]?\d{4}")  # stands in each of them, and one look is less than four
_ANY_DOT = "[·•‧∙⋅・･●.]"
_KEPT_OPEN = 4


@dataclass(frozen=True)
class PrivateNumber:
    kind: str  # id_number or phone, as holdings.Identifier has them
    value: str  # digits and X only
    start: int
    end: int


def private_numbers(folded: str) -> Iterator[PrivateNumber]:
    """ID numbers and phones of a folded text, in no order; a place is named once."""
    if _ANY.search(folded) is None:
        return
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield PrivateNumber(kind, _bare(match), start, end)


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[^0-9x]", "", match[match.lastindex or 0]).upper()


def without(folded: str, numbers: Iterable[PrivateNumber]) -> str:
    for number in sorted(numbers, key=lambda n: n.start, reverse=True):
        folded = folded[: number.start] + BREAK + folded[number.end :]
    return folded


def without_names(folded: str, names: Iterable[str]) -> str:
    """Takes each folded name out, whatever blanks stand between its characters and however its dot is written."""
    for name in names:
        characters = [c for c in name if not c.isspace()]
        if len(characters) > 1:
            spelling = r"\s*".join(_ANY_DOT if re.fullmatch(_ANY_DOT, c) else re.escape(c) for c in characters)
            folded = re.sub(spelling, BREAK, folded)
    return folded


def covered(plain: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stars over the spans' digits but the last four; no place moves."""
    characters = list(plain)
    for start, end in spans:
        for place in range(start, end - _KEPT_OPEN):
            if plain[place].isalnum():
                characters[place] = "*"
    return "".join(characters)
