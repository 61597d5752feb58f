"""From a question and a grant to what the index is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from yidang.access.documents import identifier_token, scope
from yidang.access.engine import search_index, tokens
from yidang.access.ports import Clause, Covered, Criteria, Way
from yidang.access.proof import spellings
from yidang.access.query import Query, Term
from yidang.access.words.canonical import Canonical
from yidang.access.words.grams import demand
from yidang.holdings import identifiers
from yidang.holdings.models import Change
from yidang.holdings.queries import visible_items
from yidang.identity.policy import Grant
from yidang.identity.reaches import Reach

_MOST_PENDING = 5000
_SHORTEST_NAME, _LONGEST_NAME = 2, 4  # characters of a name inside a longer phrase
_LONGEST_SPLIT = 24


def criteria_of(grant: Grant, query: Query) -> Criteria:
    named = [one for one in query.identified if not one.is_excluded]
    return Criteria(
        clauses=[*map(_clause, query.wanted), *(_named(one.kind, one.value) for one in named)],
        excluded=[*_excluded(query)],
        reaches=_reaches(grant),
        facets=query.facets,
        formed_from=_number(query.formed_from),
        formed_to=_number(query.formed_to),
    )


@dataclass(frozen=True)
class Hidden:
    items: frozenset[UUID]
    is_complete: bool


def hidden_items(grant: Grant) -> Hidden:
    """What the index still holds and the asker may not see any more, so that no count betrays it.

    The index follows the catalogue by a second; within it an item may have been moved out of sight.
    """
    known = search_index().watermark() or 0
    changes = Change.objects.filter(pk__gt=known).order_by("pk").values_list("item", flat=True)
    pending = set(changes[:_MOST_PENDING])
    if not pending:
        return Hidden(frozenset(), is_complete=True)
    visible = set(visible_items(grant).filter(pk__in=pending).values_list("pk", flat=True))
    return Hidden(frozenset(pending - visible), is_complete=len(pending) < _MOST_PENDING)


def _clause(term: Term) -> Clause:
    return Clause([_text_way(term.phrase), *_spelt(term), *_ways_past_a_name(term), *_synonymous(term)])


def _synonymous(term: Term) -> Iterator[Way]:
    for one in term.also:
        yield _text_way(one.phrase)
        yield from _spelt(one)
    if term.series:
        yield Way(scopes=frozenset({scope("series", term.series)}))


def _excluded(query: Query) -> Iterator[Clause]:
    """A phrase that its grams do not prove is not excluded here, or items without it would be lost."""
    for term in query.unwanted:
        yield Clause([*([_text_way(term.phrase)] if term.demand.is_proof else []), *_spelt(term)])
    for one in query.identified:
        if one.is_excluded:
            yield _named(one.kind, one.value)


def _text_way(phrase: Canonical, *named: str) -> Way:
    return Way(frozenset(tokens().of_grams(demand(phrase).grams)), frozenset(named))


def _spelt(term: Term) -> list[Way]:
    """The words as a name, a document number or a code as a whole."""
    found = spellings(term.text).items()
    return [Way(identifiers=frozenset({identifier_token(tokens(), kind, value)})) for kind, value in found]


def _ways_past_a_name(term: Term) -> Iterator[Way]:
    """`王小明登记表`: the index holds names apart from the text, so each few characters may be one. Proof follows."""
    phrase = term.phrase
    count = len(phrase.units)
    if term.demand.is_proof or phrase.words or not _SHORTEST_NAME < count <= _LONGEST_SPLIT:
        return
    for start, length in product(range(count), range(_SHORTEST_NAME, _LONGEST_NAME + 1)):
        if start + length <= count and length < count:
            name = identifiers.normalise(identifiers.NAME, "".join(phrase.units[start : start + length]))
            yield _text_way(
                _with_gap(phrase, start, start + length), identifier_token(tokens(), identifiers.NAME, name)
            )


def _with_gap(phrase: Canonical, start: int, end: int) -> Canonical:
    """The phrase as the index has it when the units from `start` to `end` were cut out as a name."""
    left, right = phrase.units[:start], phrase.units[end:]
    return Canonical(units=[*left, *right], breaks={len(left)})


def _named(kind: str, value: str) -> Clause:
    return Clause([Way(identifiers=frozenset({identifier_token(tokens(), kind, value)}))])


def _reaches(grant: Grant) -> list[Covered] | None:
    if any(reach.is_everything for reach in grant.reaches):
        return None
    return [Covered(_limits(reach), reach.items or frozenset()) for reach in grant.reaches]


def _limits(reach: Reach) -> list[frozenset[str]]:
    """One set of alternatives for each limit; every filed item stands in one section, named or not."""
    if reach.items is not None:
        return []
    doors = [scope(kind, value) for kind in reach.kinds for value in reach.doors or ()]
    places = {"sensitivity": reach.sensitivities, "fonds": reach.fonds, "series": reach.series}
    limits = [frozenset(scope(name, one) for one in limit) for name, limit in places.items() if limit is not None]
    return [frozenset(doors), *limits] if reach.doors is not None else limits


def _number(day: date | None) -> int | None:
    return int(day.strftime("%Y%m%d")) if day else None
