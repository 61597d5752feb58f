"""The filters beside the results: each value with its count and the address that adds or removes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from yidang.access.ports import FACETS
from yidang.access.query import Query, seal_words
from yidang.access.search import Results

SHOWN_VALUES = 8


@dataclass(frozen=True)
class Choice:
    value: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    name: str
    choices: Sequence[Choice]
    more: Sequence[Choice]


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, and the address without it."""

    name: str
    value: str
    address: str


def address(query: Query, pairs: Sequence[tuple[str, str]]) -> str:
    """Words stand sealed; those with an ID number or a phone stand in no address at all."""
    words = [("s", seal_words(query.text))] if query.text and not query.is_sensitive else []
    return "?" + urlencode([*words, *pairs])


def facets(results: Results) -> list[Facet]:
    return [facet for name in FACETS if (facet := _facet(results, name)).choices]


def _facet(results: Results, name: str) -> Facet:
    query = results.query
    chosen = query.facets.get(name, frozenset())
    counts = results.facets.get(name, {}) | {value: results.facets.get(name, {}).get(value, 0) for value in chosen}
    ordered = sorted(counts, key=lambda value: _rank(name, value, counts[value]))
    choices = [
        Choice(value, counts[value], value in chosen, _toggled(query, name, value)) for value in ordered if value
    ]
    return Facet(name, choices[:SHOWN_VALUES], choices[SHOWN_VALUES:])


def _rank(name: str, value: str, count: int) -> tuple[object, ...]:
    """Years run from the newest; everything else from the most frequent."""
    return (-int(value),) if name == "year" and value.isdecimal() else (-count, value)


def _toggled(query: Query, name: str, value: str) -> str:
    pairs = list(query.filters())
    pair = (name, value)
    return address(query, [one for one in pairs if one != pair] if pair in pairs else [*pairs, pair])


def chosen(query: Query) -> Iterator[Chosen]:
    for name, value in query.filters():
        if name != "order":
            yield Chosen(name, value, _toggled(query, name, value))


def ordered_by(query: Query, order: str) -> str:
    return address(query, [*(pair for pair in query.filters() if pair[0] != "order"), ("order", order)])


def on_page(query: Query, page: int) -> str:
    return address(query, [*query.filters(), ("page", str(page))])
