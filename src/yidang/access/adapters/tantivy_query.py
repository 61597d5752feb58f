"""Criteria in tantivy's words."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import tantivy
from tantivy import Occur, Query

from yidang.access.adapters.tantivy_schema import MARK
from yidang.access.ports import Clause, Covered, Criteria, Way

_Part = tuple[Occur, Query]
_LATEST = 99991231


def translate(schema: tantivy.Schema, criteria: Criteria) -> Query:
    parts = [*_Translation(schema).parts(criteria)]
    if all(occur != Occur.Must for occur, _ in parts):
        parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
    return Query.boolean_query(parts)


class _Translation:
    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def parts(self, criteria: Criteria) -> Iterator[_Part]:
        for clause in criteria.clauses:
            yield from self._clause(clause)
        for clause in criteria.excluded:
            yield Occur.MustNot, Query.boolean_query([*self._clause(clause)])
        yield from self._filters(criteria)
        yield Occur.MustNot, self._term("kind", MARK)
        if criteria.without:
            yield Occur.MustNot, self._items(criteria.without)

    def _filters(self, criteria: Criteria) -> Iterator[_Part]:
        if criteria.reaches is not None:
            yield self._reached(criteria.reaches)
        for name, values in criteria.facets.items():
            yield self._filter(name, values)
        if criteria.formed_from is not None or criteria.formed_to is not None:
            yield Occur.Must, Query.const_score_query(self._formed(criteria), 0.0)
        if criteria.among is not None:
            yield Occur.Must, Query.const_score_query(self._items(criteria.among), 0.0)

    def _reached(self, reaches: Sequence[Covered]) -> _Part:
        ways = [*(way for one in reaches for way in self._covered(one))]
        if not ways:
            return Occur.Must, Query.empty_query()
        query = ways[0] if len(ways) == 1 else Query.boolean_query([(Occur.Should, way) for way in ways])
        return Occur.Must, Query.const_score_query(query, 0.0)

    def _covered(self, one: Covered) -> Iterator[Query]:
        if one.scopes:
            yield _all_of([self._filter("scopes", alternatives) for alternatives in one.scopes])
        if one.items:
            yield self._items(one.items)

    def _clause(self, clause: Clause) -> Iterator[_Part]:
        if len(clause.ways) == 1:
            yield from self._way(clause.ways[0])
        else:
            ways = [(Occur.Should, _all_of([*self._way(way)])) for way in clause.ways]
            yield Occur.Must, Query.boolean_query(ways)

    def _way(self, way: Way) -> Iterator[_Part]:
        for name, tokens in (("grams", way.grams), ("identifiers", way.identifiers), ("scopes", way.scopes)):
            for token in sorted(tokens):
                yield Occur.Must, self._term(name, token)

    def _filter(self, name: str, values: Iterable[str]) -> _Part:
        terms = [self._term(name, value) for value in sorted(values)]
        if not terms:
            return Occur.Must, Query.empty_query()
        query = terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])
        return Occur.Must, Query.const_score_query(query, 0.0)

    def _formed(self, criteria: Criteria) -> Query:
        lower = criteria.formed_from if criteria.formed_from is not None else 1  # 0 stands for no date
        upper = criteria.formed_to if criteria.formed_to is not None else _LATEST
        return Query.range_query(self._schema, "formed", tantivy.FieldType.Unsigned, lower, upper)

    def _items(self, items: Iterable[UUID]) -> Query:
        return Query.term_set_query(self._schema, "item", sorted(item.hex for item in items))

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self._schema, name, value, "basic")


def _all_of(parts: list[_Part]) -> Query:
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)
