"""Shows on the decrypted text that an item holds what was asked for, where the grams alone are no proof."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from yidang.access.passages import Passage, fields, pages
from yidang.access.query import Query, Term
from yidang.access.snippets import Span, spans
from yidang.access.words.canonical import Traced
from yidang.access.words.matching import stands_in
from yidang.holdings import identifiers, queries
from yidang.holdings.description import Description
from yidang.holdings.models import Item
from yidang.holdings.reading import decode_page
from yidang.holdings.stored import Texts
from yidang.kernel import reference_code
from yidang.kernel.errors import Invalid, NotFound

_log = logging.getLogger(__name__)


@dataclass
class Evidence:
    """An item opened for one search: each part is decrypted and read only when it is needed."""

    item: Item
    texts: Texts

    @cached_property
    def description(self) -> Description:
        return queries.description(self.item)

    @property
    def beginning(self) -> str:
        """Of the first page with words on it; blank for an item without."""
        return next((text.plain for text in self._pages if text.plain), "")

    def holds(self, term: Term) -> bool:
        if self._named & set(spellings(term.text).values()) or (term.series and term.series == self.item.series_id):
            return True
        if any(self.holds(one) for one in term.also):
            return True
        return any(stands_in(term.phrase, text.traced) for text in chain(self._pages, self._fields))

    def lit(self, terms: Sequence[Term]) -> tuple[Passage, Traced, list[Span]] | None:
        """The first passage with a match; pages before fields, for a reader wants to see the paper."""
        for text in chain(self._pages, self._fields):
            if matches := spans(text.traced, terms):
                return text.passage, text.traced, matches
        return None

    @cached_property
    def _pages(self) -> list["_Text"]:
        try:
            return list(_pages(self.item, self.texts))
        except (NotFound, Invalid) as damage:  # one damaged record must not stop a search; `verify` names it
            _log.warning("item %s is searched without its text: %s", self.item.id, damage.code)
            return []

    @cached_property
    def _fields(self) -> list["_Text"]:
        return [_Known(passage) for passage in fields(self.description)]

    @cached_property
    def _named(self) -> set[str]:
        """Every identifier in the spelling that is digested."""
        found = {value for _, value in identifiers.identifiers(self.description)}
        codes = (self.item.reference_code or "", self.item.working_number, self.description.text("legacy_code"))
        return found | {reference_code.normalise(code) for code in codes if code}


class _Text:
    """A passage taken apart no further than was asked."""

    passage: Passage

    @property
    def plain(self) -> str:
        return self.passage.text

    @cached_property
    def traced(self) -> Traced:
        return Traced(self.plain)


class _Known(_Text):
    def __init__(self, passage: Passage) -> None:
        self.passage = passage


class _Stored(_Text):
    """A page of the store, decoded when first looked at."""

    def __init__(self, blob: bytes, number: int) -> None:
        self._blob = blob
        self._number = number

    @cached_property
    def passage(self) -> Passage:  # type: ignore[override]  # a cached property where the base has a field
        return Passage(decode_page(self._blob).text(), page=self._number)


def _pages(item: Item, texts: Texts) -> Iterator[_Text]:
    """A filed item's pages come from its text file in the store, without a question to the database."""
    if not item.version:
        yield from map(_Known, pages(queries.page_readings(item)))
    elif item.page_count and not item.is_paper_only:
        blobs = texts.page_blobs(item.id)
        yield from (_Stored(blob, number) for number, blob in enumerate(blobs, start=1) if blob)


def spellings(text: str) -> dict[str, str]:
    """What the words are as a name, a document number or a code: kind → normalised value."""
    kinds = (identifiers.NAME, identifiers.DOCUMENT_NUMBER)
    found = {kind: identifiers.normalise(kind, text) for kind in kinds}
    return {kind: value for kind, value in (found | {"code": reference_code.normalise(text)}).items() if value}


def unproved(query: Query) -> list[Term]:
    """The terms whose grams do not settle them."""
    return [term for term in query.terms if not all(one.demand.is_proof for one in (term, *term.also))]


def is_proved(evidence: Evidence, terms: Sequence[Term]) -> bool:
    return all(evidence.holds(term) != term.is_excluded for term in terms)


def lit(query: Query) -> list[Term]:
    """What is lit up in the text shown: wanted words, and the names asked for by themselves."""
    named = [Term(one.value) for one in query.identified if not one.is_excluded]
    return [*query.wanted, *(term for term in named if term.phrase.units)]
