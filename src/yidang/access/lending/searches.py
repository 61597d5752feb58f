"""What a search leaves behind for the analysis of use: its time and its outcome, in the entry that is written anyway.

A search that answers writes nothing more than before. The words stand sealed in the entry's private part.
"""

from django.db import transaction

from yidang.identity.policy import Grant
from yidang.ledger.operations import append

PERFORMED, REFUSED, FAILED = "search.performed", "search.refused", "search.failed"


@transaction.atomic
def note_refusal(grant: Grant, *, words: str, code: str) -> None:
    append(action=REFUSED, actor=grant.actor, facts={"code": code}, private={"query": words})


@transaction.atomic
def note_failure(grant: Grant, *, words: str, code: str) -> None:
    """A question that could not be understood, or an index that did not answer."""
    append(action=FAILED, actor=grant.actor, facts={"code": code}, private={"query": words})
