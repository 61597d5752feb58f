"""The search: candidates from the index, seen through the asker's grant, proved and shown from decrypted text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from uuid import UUID

from django.db import transaction

from yidang.access.criteria import criteria_of, hidden_items
from yidang.access.engine import search_index
from yidang.access.lending.searches import note_failure, note_refusal
from yidang.access.ports import FACETS, Criteria, Found
from yidang.access.proof import Evidence, is_proved, lit, unproved
from yidang.access.query import Query, Term
from yidang.access.snippets import Part, snippet
from yidang.access.synonyms.finding import with_synonyms
from yidang.access.words.canonical import Traced
from yidang.holdings.models import Item
from yidang.holdings.queries import visible_items
from yidang.holdings.stored import Texts
from yidang.holdings.veil import MASKS, veil_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotAllowed, Unavailable
from yidang.ledger.operations import append

MILLISECONDS = 1000
PROVED_AT_ONCE = 60  # up to so many candidates are all proved; beyond, those of the page shown


@dataclass(frozen=True)
class Hit:
    """`page` None: found in the description, in field `field`, or by a name or number."""

    item: Item
    title: str
    snippet: Sequence[Part]
    page: int | None
    field: str

    @property
    def reference_code(self) -> str:
        return self.item.reference_code or self.item.working_number

    @property
    def snippet_text(self) -> str:
        return "".join(part.text for part in self.snippet)


@dataclass(frozen=True)
class Results:
    """`total` counts nothing that the asker may not see. Where it is not exact, it can only be too high."""

    query: Query
    total: int
    total_exact: bool
    hits: Sequence[Hit]
    facets: dict[str, dict[str, int]]

    @property
    def has_more(self) -> bool:
        return self.query.page * self.query.page_size < self.total


def search(grant: Grant, query: Query) -> Results:
    """Answers a question and writes one ledger row for it, with the time it took.

    Raises:
        NotAllowed: `not_allowed`, `id_number_search_not_allowed`.
        Unavailable: `index_unreadable`.
    """
    begun = perf_counter()
    try:
        _require(grant, query)
        return _answered(grant, with_synonyms(query), begun)
    except NotAllowed as refusal:
        note_refusal(grant, words=query.text, code=refusal.code)
        raise
    except Unavailable as failure:
        note_failure(grant, words=query.text, code=failure.code)
        raise


@transaction.atomic
def _answered(grant: Grant, query: Query, begun: float) -> Results:
    hidden = hidden_items(grant)
    criteria = replace(criteria_of(grant, query), without=hidden.items)
    window = _window(grant, query, criteria)
    results = Results(
        query=query,
        total=window.total,
        total_exact=window.is_exact and hidden.is_complete,
        hits=[_hit(grant, evidence, lit(query)) for evidence in window.shown],
        facets=window.facets,
    )
    _record(grant, query, results, perf_counter() - begun)
    return results


def _require(grant: Grant, query: Query) -> None:
    grant.require(Permission.VIEW_RECORDS)
    if query.is_sensitive and not grant.allows(Permission.SEARCH_ID_NUMBERS):
        raise NotAllowed("id_number_search_not_allowed")


@dataclass(frozen=True)
class _Window:
    total: int
    is_exact: bool
    shown: Sequence[Evidence]
    facets: dict[str, dict[str, int]]


def _window(grant: Grant, query: Query, criteria: Criteria) -> _Window:
    terms = unproved(query)
    if not terms:
        found = _find(query, criteria, offset=_offset(query), limit=query.page_size)
        shown = _opened(grant, found.items)
        lost = len(found.items) - len(shown)
        return _Window(found.total - lost, lost == 0, shown, found.facets)
    candidates = _find(query, criteria, offset=0, limit=PROVED_AT_ONCE)
    if candidates.total <= PROVED_AT_ONCE:
        return _all_proved(grant, query, criteria, candidates, terms)
    return _page_proved(grant, query, criteria, terms)


def _all_proved(grant: Grant, query: Query, criteria: Criteria, candidates: Found, terms: Sequence[Term]) -> _Window:
    proved = [one for one in _opened(grant, candidates.items) if is_proved(one, terms)]
    facets = candidates.facets
    if len(proved) < candidates.total:
        among = frozenset(one.item.id for one in proved)
        facets = _find(query, replace(criteria, among=among), offset=0, limit=1).facets
    return _Window(len(proved), True, proved[_offset(query) :][: query.page_size], facets)


def _page_proved(grant: Grant, query: Query, criteria: Criteria, terms: Sequence[Term]) -> _Window:
    found = _find(query, criteria, offset=_offset(query), limit=query.page_size)
    proved = [one for one in _opened(grant, found.items) if is_proved(one, terms)]
    return _Window(found.total - (len(found.items) - len(proved)), False, proved, found.facets)


def _find(query: Query, criteria: Criteria, *, offset: int, limit: int) -> Found:
    return search_index().find(criteria, order=query.order, offset=offset, limit=limit, facets=FACETS)


def _offset(query: Query) -> int:
    return (query.page - 1) * query.page_size


def _opened(grant: Grant, items: Sequence[UUID]) -> list[Evidence]:
    """Asks the database once more what may be seen, and keeps the order of the index."""
    rows = visible_items(grant).filter(pk__in=items).select_related("series").in_bulk()
    texts = Texts(rows)
    return [Evidence(rows[item], texts) for item in items if item in rows]


def _hit(grant: Grant, evidence: Evidence, terms: Sequence[Term]) -> Hit:
    veil = veil_of(grant, evidence.item, evidence.description)
    title = veil.over(evidence.description.title)
    if not terms:
        return Hit(evidence.item, title, [], None, "")
    if lit := evidence.lit(terms):
        passage, text, matches = lit
        covered = replace(veil, is_whole=passage.field in MASKS)
        return Hit(evidence.item, title, snippet(text, matches, covered), passage.page, passage.field)
    return Hit(evidence.item, title, snippet(Traced(evidence.beginning), [], veil), None, "")


def _record(grant: Grant, query: Query, results: Results, seconds: float) -> None:
    append(
        action="search.performed",
        actor=grant.actor,
        facts={
            "total": results.total,
            "shown": len(results.hits),
            "page": query.page,
            "ms": round(seconds * MILLISECONDS),
        },
        private={
            "query": query.text,
            "filters": [list(pair) for pair in query.filters()],
            "items": [str(hit.item.id) for hit in results.hits],
        },
    )
