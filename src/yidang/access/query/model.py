"""A question, as the search understands it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from yidang.access.ports import Order
from yidang.access.words.canonical import Canonical, canonical
from yidang.access.words.grams import Demand, demand

PAGE_SIZE = 20


@dataclass(frozen=True)
class Term:
    """Words that stand side by side in the text, or are a name or a number as a whole."""

    text: str
    is_excluded: bool = False
    also: tuple["Term", ...] = ()  # accepted synonyms
    series: str = ""  # the class they name, whose records are meant as well

    @cached_property
    def phrase(self) -> Canonical:
        return canonical(self.text)

    @cached_property
    def demand(self) -> Demand:
        return demand(self.phrase)


@dataclass(frozen=True)
class Identified:
    """`kind` as in holdings.Identifier, or `code` for a 档号; `value` normalised."""

    kind: str
    value: str
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """`formed_from`/`formed_to` inclusive; `facets` by the names of access.ports.FACETS; pages from 1."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    identified: tuple[Identified, ...] = ()
    facets: dict[str, frozenset[str]] = field(default_factory=dict)
    formed_from: date | None = None
    formed_to: date | None = None
    order: Order = Order.NEWEST
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def is_sensitive(self) -> bool:
        """True when it holds an ID number or a phone: these need a permission and are never kept."""
        return any(one.kind in ("id_number", "phone") for one in self.identified)

    @property
    def is_blank(self) -> bool:
        return not (self.terms or self.identified or self.facets or self.formed_from or self.formed_to)

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    def on_page(self, page: int) -> "Query":
        return replace(self, page=page)

    def filters(self) -> Iterator[tuple[str, str]]:
        """What may stand in a URL: all but the words, which `seal_words` makes fit for it."""
        for name, values in sorted(self.facets.items()):
            for value in sorted(values):
                yield name, value
        if self.formed_from:
            yield "from", self.formed_from.isoformat()
        if self.formed_to:
            yield "to", self.formed_to.isoformat()
        if self.order is not Order.NEWEST:
            yield "order", str(self.order)
