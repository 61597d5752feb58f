"""The piece of a passage around the first match, with the matches marked and private numbers covered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yidang.access.query import Term
from yidang.access.words.canonical import Traced
from yidang.access.words.folding import compose
from yidang.access.words.matching import places
from yidang.access.words.private import covered, private_numbers
from yidang.holdings.veil import Veil

_BEFORE = 24
_LENGTH = 96
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    is_match: bool = False


def spans(text: Traced, terms: Iterable[Term]) -> list[Span]:
    """Places of all matches in `text.plain`, in order, none overlapping another."""
    return _merged(sorted(place for term in terms for one in (term, *term.also) for place in places(one.phrase, text)))


def snippet(text: Traced, matches: Sequence[Span], veil: Veil | None = None) -> list[Part]:
    """Some words before the first match, then on; line ends become blanks."""
    private = [text.place(number.start, number.end) for number in private_numbers(text.folded)]
    plain = covered(text.plain, private)
    plain = veil.over(plain) if veil else plain
    first = matches[0][0] if matches else 0
    start, end = max(first - _BEFORE, 0), min(max(first - _BEFORE, 0) + _LENGTH, len(plain))
    parts = _cut(plain, start, end, matches)
    return [
        *([Part("…")] if start else []),
        *parts,
        *([Part("…")] if end < len(plain) else []),
    ]


def lit_lines(lines: Sequence[str], terms: Sequence[Term], veil: Veil | None = None) -> list[list[Part]]:
    """Each line in parts; a match across a line's end lights up both. Covered words are found and stay covered."""
    plain = [compose(line) for line in lines]
    matches = spans(Traced("\n".join(plain)), terms)
    lit: list[list[Part]] = []
    start = 0
    for line in plain:
        here = [(max(a - start, 0), b - start) for a, b in matches if a < start + len(line) and b > start]
        lit.append(_cut(veil.over(line) if veil else line, 0, len(line), here))
        start += len(line) + 1
    return lit


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(plain: str, start: int, end: int, matches: Sequence[Span]) -> list[Part]:
    parts: list[Part] = []
    place = start
    for first, last in matches:
        if last <= start or first >= end:
            continue
        parts += [Part(plain[place:first])] if first > place else []
        parts.append(Part(plain[max(first, start) : min(last, end)], is_match=True))
        place = min(last, end)
    parts += [Part(plain[place:end])] if place < end else []
    return [Part(part.text.replace("\n", " "), part.is_match) for part in parts]
