"""Shows on the decrypted text that an item holds what was asked for, where the grams alone are no proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from yidang.access.passages import Passage, passages
from yidang.access.query import Query, Term
from yidang.access.words.canonical import Traced, is_ideograph, traced
from yidang.access.words.folding import fold
from yidang.access.words.matching import occurrences
from yidang.holdings import identifiers, queries
from yidang.holdings.description import Description
from yidang.holdings.models import Item
from yidang.kernel import reference_code


@dataclass
class Evidence:
    """An item opened for one search: each part is decrypted and read only when it is needed."""

    item: Item

    @cached_property
    def description(self) -> Description:
        return queries.description(self.item)

    @cached_property
    def _texts(self) -> list["_Text"]:
        """Pages before fields: a reader wants to see where on the paper it stands."""
        found = passages(self.description, queries.page_readings(self.item))
        return [_Text(passage, fold(passage.text)) for passage in found]

    @cached_property
    def _named(self) -> set[str]:
        """Every identifier in the spelling that is digested."""
        found = {value for _, value in identifiers.identifiers(self.description)}
        codes = (self.item.reference_code or "", self.item.working_number, self.description.text("legacy_code"))
        return found | {reference_code.normalise(code) for code in codes if code}

    @property
    def beginning(self) -> str:
        """Of the first page with words on it; blank for an item without."""
        return next((text.passage.text for text in self._texts if text.passage.page), "")

    def holds(self, term: Term) -> bool:
        if self._named & set(spellings(term.text).values()):
            return True
        return any(any(True for _ in occurrences(term.phrase, text.row)) for _, text in self.places([term]))

    def places(self, terms: Sequence[Term]) -> Iterator[tuple[Passage, Traced]]:
        """The passages that may hold one of the terms."""
        for text in self._texts:
            if any(text.may_hold(term) for term in terms):
                yield text.passage, text.traced


@dataclass
class _Text:
    passage: Passage
    folded: str

    def may_hold(self, term: Term) -> bool:
        """A cheap look before the text is taken apart: most pages of a long item lack one of the characters."""
        return all(unit in self.folded for unit in term.phrase.units if is_ideograph(unit))

    @cached_property
    def traced(self) -> Traced:
        return traced(self.passage.text)


def spellings(text: str) -> dict[str, str]:
    """What the words are as a name, a document number or a code: kind → normalised value."""
    kinds = (identifiers.NAME, identifiers.DOCUMENT_NUMBER)
    found = {kind: identifiers.normalise(kind, text) for kind in kinds}
    return {kind: value for kind, value in (found | {"code": reference_code.normalise(text)}).items() if value}


def unproved(query: Query) -> list[Term]:
    """The terms whose grams do not settle them."""
    return [term for term in query.terms if not term.demand.is_proof]


def is_proved(evidence: Evidence, terms: Sequence[Term]) -> bool:
    return all(evidence.holds(term) != term.is_excluded for term in terms)


def lit(query: Query) -> list[Term]:
    """What is lit up in the text shown: wanted words, and the names asked for by themselves."""
    named = [Term(one.value) for one in query.identified if not one.is_excluded]
    return [*query.wanted, *(term for term in named if term.phrase.units)]
