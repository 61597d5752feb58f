"""From the search box and the filters of a URL to a Query."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from yidang.access.ports import FACETS, Order
from yidang.access.query.dates import Span, span
from yidang.access.query.grammar import Piece, pieces
from yidang.access.query.model import PAGE_SIZE, Identified, Query, Term
from yidang.access.query.spoken import codes
from yidang.access.words.folding import fold
from yidang.access.words.private import BREAK, private_numbers, without
from yidang.holdings.identifiers import normalise
from yidang.kernel import reference_code
from yidang.kernel.errors import Invalid

Params = Mapping[str, str | Sequence[str]]
_LONGEST = 400
_MOST_TERMS = 30
_LAST_PAGE = 500
_LARGEST_PAGE = 200
_IDENTIFIERS = ("name", "id_number", "phone", "document_number", "code")


def parse(text: str, params: Params | None = None) -> Query:
    """Reads a question; `params` are the filters: FACETS, `from`, `to`, `order`, `page`, `size`.

    Raises:
        Invalid: `query_too_long`, `query_too_short` (one character alone), `query_date_malformed`,
            `query_exclusion_unsupported`, `period_reversed`, `query_filter_malformed`, `query_filter_unknown`.
    """
    if len(text) > _LONGEST:
        raise Invalid("query_too_long", longest=_LONGEST)
    reading = _Reading(params or {})
    for piece in pieces(text):
        reading.take(piece)
    return reading.query(text.strip())


class _Reading:
    def __init__(self, params: Params) -> None:
        self._params = params
        self._terms: list[Term] = []
        self._identified: list[Identified] = []
        self._facets = {name: set(_values(params, name)) for name in FACETS}
        self._span: Span = (_day(params, "from"), _day(params, "to"))

    def take(self, piece: Piece) -> None:
        if piece.key in _IDENTIFIERS:
            self._identify(piece.key, piece.text, piece.is_excluded)
        elif piece.key == "":
            self._take_words(piece)
        elif piece.is_excluded:
            raise Invalid("query_exclusion_unsupported", key=piece.key)
        elif piece.key == "date":
            self._span = _narrower(self._span, span(piece.text))
        else:
            for said in filter(None, piece.text.replace("，", ",").split(",")):
                self._facets[piece.key].update(codes(piece.key, said))

    def query(self, text: str) -> Query:
        if len(self._terms) + len(self._identified) > _MOST_TERMS:
            raise Invalid("query_too_long", longest=_MOST_TERMS)
        first, last = self._span
        if first and last and first > last:
            raise Invalid("period_reversed", start=first, end=last)
        return Query(
            text=text,
            terms=tuple(self._terms),
            identified=tuple(self._identified),
            facets={name: frozenset(values) for name, values in self._facets.items() if values},
            formed_from=first,
            formed_to=last,
            order=_order(self._params),
            page=_count(self._params, "page", 1, _LAST_PAGE),
            page_size=_count(self._params, "size", PAGE_SIZE, _LARGEST_PAGE),
        )

    def _take_words(self, piece: Piece) -> None:
        if not piece.is_quoted and reference_code.is_reference_code(piece.text):
            self._identify("code", piece.text, piece.is_excluded)
            return
        folded = fold(piece.text)
        numbers = list(private_numbers(folded))
        for number in numbers:
            self._identify(number.kind, number.value, piece.is_excluded)
        if not numbers:
            self._terms.extend(_term(piece.text, piece))
            return
        for rest in without(folded, numbers).split(BREAK):
            self._terms.extend(_term(rest.strip(), piece))

    def _identify(self, kind: str, value: str, is_excluded: bool) -> None:  # noqa: FBT001 - passed through
        bare = reference_code.completed(value) if kind == "code" else normalise(kind, value)
        self._identified.append(Identified(kind, bare, is_excluded))


def _term(text: str, piece: Piece) -> Iterator[Term]:
    term = Term(text, piece.is_excluded)
    if not term.phrase.units:
        return  # punctuation alone asks for nothing
    if not term.demand.grams:
        raise Invalid("query_too_short", term=text)
    yield term


def _narrower(a: Span, b: Span) -> Span:
    firsts = [one for one in (a[0], b[0]) if one]
    lasts = [one for one in (a[1], b[1]) if one]
    return max(firsts, default=None), min(lasts, default=None)


def _values(params: Params, name: str) -> list[str]:
    given = params.get(name, ())
    values = [given] if isinstance(given, str) else list(given)
    return [value for value in values if value]


def _day(params: Params, name: str) -> date | None:
    values = _values(params, name)
    if not values:
        return None
    first, last = span(values[-1])
    return first if name == "from" else last


def _order(params: Params) -> Order:
    values = _values(params, "order")
    try:
        return Order(values[-1]) if values else Order.NEWEST
    except ValueError:
        raise Invalid("query_filter_malformed", name="order", value=values[-1]) from None


def _count(params: Params, name: str, default: int, most: int) -> int:
    values = _values(params, name)
    if not values:
        return default
    if not (values[-1].isascii() and values[-1].isdecimal() and 1 <= int(values[-1]) <= most):
        raise Invalid("query_filter_malformed", name=name, value=values[-1])
    return int(values[-1])
