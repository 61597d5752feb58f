"""A synonym is taken on, and taken back."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from yidang.access.lending.effects import sees_all
from yidang.access.models import Synonym
from yidang.access.query import parse
from yidang.access.synonyms.finding import TABLE, Words, digest_of
from yidang.crypto.fields import seal_json
from yidang.holdings.models import Series
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append

_LONGEST = 60


@transaction.atomic
def accept_synonym(grant: Grant, *, words: str, like: str) -> Synonym:
    """From now on who asks with `words` finds what `like` finds, and the records of the class of that name.

    Raises Invalid: `synonym_not_one_word`. Conflict: `synonym_stands`.
    """
    _require(grant)
    said = Words(_one_word(words), _one_word(like))
    digest = digest_of(said.words)
    if digest == digest_of(said.like):
        raise Invalid("synonym_not_one_word")
    if Synonym.objects.filter(digest=digest, ended_at__isnull=True).exists():
        raise Conflict("synonym_stands")
    series = Series.objects.filter(title_zh=said.like, parent__isnull=False).first()
    made = Synonym(digest=digest, series=series, accepted_by_id=grant.person, accepted_at=clock.now())
    made.sealed = seal_json(asdict(said), table=TABLE, row=str(made.id), field="words")
    made.save()
    facts = {"series": series.code if series else ""}
    append(action="synonym.accepted", actor=grant.actor, subject=made.id, facts=facts, private=asdict(said))
    return made


@transaction.atomic
def end_synonym(grant: Grant, *, synonym_id: UUID) -> None:
    """Raises NotFound: `synonym_not_found`."""
    _require(grant)
    found = Synonym.objects.select_for_update(of=("self",)).filter(pk=synonym_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound("synonym_not_found")
    found.ended_by_id, found.ended_at = grant.person, clock.now()
    found.save(update_fields=["ended_by", "ended_at"])
    append(action="synonym.ended", actor=grant.actor, subject=found.id)


def _require(grant: Grant) -> None:
    grant.require(Permission.DESCRIBE)
    if not sees_all(grant):
        raise NotAllowed("not_allowed", permission="describe")


def _one_word(text: str) -> str:
    """As the search reads it: one run of words, no number of a person, nothing left out."""
    query = parse(text.strip()) if len(text.strip()) <= _LONGEST else parse("")
    if len(query.wanted) != 1 or len(query.terms) != 1 or query.identified or query.facets:
        raise Invalid("synonym_not_one_word")
    return query.wanted[0].text
