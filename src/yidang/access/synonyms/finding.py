"""A question with the synonyms in force added to its words."""

from dataclasses import dataclass, replace
from uuid import UUID

from yidang.access.models import Synonym
from yidang.access.query import Query, Term
from yidang.access.words.folding import fold
from yidang.crypto.fields import blind_index, open_json

TABLE = "access_synonym"


@dataclass(frozen=True, slots=True)
class Words:
    words: str
    like: str


def digest_of(words: str) -> bytes:
    return blind_index("synonym", fold(words).casefold())


def words_of(synonym: Synonym) -> Words:
    return Words(**open_json(bytes(synonym.sealed), table=TABLE, row=str(synonym.id), field="words"))


def with_synonyms(query: Query) -> Query:
    """What is left out of a search stays as it was said."""
    digests = {digest_of(term.text): term for term in query.wanted}
    if not digests:
        return query
    known = Synonym.objects.filter(digest__in=list(digests), ended_at__isnull=True)
    found = {digests[bytes(one.digest)].text: one for one in known}
    return replace(query, terms=tuple(_widened(term, found.get(term.text)) for term in query.terms))


def _widened(term: Term, synonym: Synonym | None) -> Term:
    if synonym is None or term.is_excluded:
        return term
    return replace(term, also=(Term(words_of(synonym).like),), series=synonym.series_id or "")


def in_force() -> list[tuple[UUID, Words, Synonym]]:
    rows = Synonym.objects.filter(ended_at__isnull=True).select_related("accepted_by", "series").order_by("accepted_at")
    return [(one.id, words_of(one), one) for one in rows]
