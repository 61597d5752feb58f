"""Where a field's value may stand: after its label, right of it, or below it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yidang.intake.reading.extraction.labels import labels_of, rank
from yidang.intake.reading.extraction.tokens import Piece, Token
from yidang.intake.reading.extraction.values import PARSERS, PROVEN

SAME_ROW = 0.5
REACH_RIGHT = 0.55  # of the page's width
OVERLAP = 0.02
REACH_DOWN = 3.2  # line heights
WRAP = 1.0  # line heights a wrapped value may stand above or below its label's middle
BELOW = 0.9  # sureness of a value found below its label instead of beside it
SHORT = 2
VAGUE = 0.93  # a label of one or two characters says less


@dataclass(frozen=True)
class Candidate:
    field: str
    value: str | int
    confidence: float
    token: Token
    is_proven: bool
    is_below: bool = False  # under its label, where a table's first row looks the same


def candidates(field: str, tokens: Sequence[Token]) -> list[Candidate]:
    """Best first; all readings of the field the page offers."""
    pieces = [piece for token in tokens for piece in token.pieces if field in labels_of(piece.label)]
    found = [(piece, candidate) for piece in pieces for candidate in _values(field, piece, tokens)]
    found.sort(key=lambda pair: _order(field, *pair))
    return [candidate for _, candidate in found]


def _order(field: str, piece: Piece, candidate: Candidate) -> tuple[bool, float, int, int, float]:
    """Beside before below, the surer first, the commoner label next, then as the page is read."""
    place = candidate.token
    return candidate.is_below, -candidate.confidence, rank(field, piece.label), place.page, place.y0


def _values(field: str, piece: Piece, tokens: Sequence[Token]) -> Iterator[Candidate]:
    label_sureness = VAGUE if len(piece.label) <= SHORT and field not in {"person_name", "department"} else 1.0
    if piece.value:
        yield from _parsed(field, piece.value, piece.token, [piece.token], label_sureness)
        return
    beside = _beside(piece.token, tokens)
    if beside:
        yield from _parsed(field, "".join(token.text for token in beside), beside[0], beside, label_sureness)
        return
    below = _below(piece.token, tokens)
    if below is not None:
        for candidate in _parsed(field, below.text, below, [below], label_sureness * BELOW):
            yield replace(candidate, is_below=True)


def _parsed(field: str, text: str, shown: Token, read: Sequence[Token], sureness: float) -> Iterator[Candidate]:
    parsed = PARSERS[field](text)
    if parsed is None:
        return
    weakest = min(token.confidence for token in read)
    confidence = PROVEN if parsed.is_proven else min(weakest * parsed.sureness * sureness, PROVEN)
    yield Candidate(field, parsed.value, round(confidence, 4), shown, parsed.is_proven)


def _beside(label: Token, tokens: Sequence[Token]) -> list[Token]:
    """The nearest value right of a label, with the lines it wraps into; empty when another label comes first."""
    right = [token for token in tokens if token.page == label.page and _is_right(label, token)]
    row = [t for t in right if _shares_row(label, t)] or [t for t in right if _wraps(label, t)]
    if not row:
        return []
    nearest = min(row, key=lambda token: token.x0)
    if is_label(nearest):
        return []
    wrapped = [t for t in right if _is_same_cell(nearest, t) and _wraps(label, t) and not is_label(t)]
    return sorted([nearest, *wrapped], key=lambda token: (token.middle, token.x0))


def _is_right(label: Token, token: Token) -> bool:
    """Boxes are drawn generously, so neighbours may overlap a little."""
    gap = token.x0 - label.x1
    return token is not label and -OVERLAP <= gap <= REACH_RIGHT and token.x1 > label.x1 + OVERLAP


def _shares_row(one: Token, other: Token) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > SAME_ROW * min(one.height, other.height)


def _wraps(label: Token, other: Token) -> bool:
    return abs(other.middle - label.middle) <= WRAP * max(label.height, other.height)


def _is_same_cell(nearest: Token, other: Token) -> bool:
    """Stands above or below within the nearest value's extent, not further right."""
    return other is not nearest and other.x0 < nearest.x1 and nearest.x0 < other.x1


def _below(label: Token, tokens: Sequence[Token]) -> Token | None:
    under = [
        t
        for t in tokens
        if t.page == label.page
        and 0 < t.middle - label.middle <= REACH_DOWN * label.height
        and t.x0 < label.x1 + 0.05
        and label.x0 < t.x1
    ]
    under = [t for t in under if t.y0 > label.middle]
    nearest = min(under, key=lambda token: token.middle, default=None)
    return None if nearest is None or is_label(nearest) else nearest


def is_label(token: Token) -> bool:
    return bool(token.pieces) and token.text.startswith(token.pieces[0].label)
