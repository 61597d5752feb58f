"""Lists of records behind a number are a showing, and stand in the ledger as one row."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.ledger.operations import append


@transaction.atomic
def note_list(grant: Grant, *, what: str, items: Sequence[UUID]) -> None:
    grant.require(Permission.SEE_QUALITY)
    if items:
        facts = {"what": what, "records": len(items)}
        private = {"items": [str(one) for one in items]}
        append(action="quality.listed", actor=grant.actor, facts=facts, private=private)
