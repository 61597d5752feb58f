"""What leaves as a file is written down."""

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.ledger.operations import append


@transaction.atomic
def note_export(grant: Grant, *, what: str, rows: int) -> None:
    grant.require(Permission.SEE_QUALITY)
    append(action="quality.exported", actor=grant.actor, facts={"what": what, "rows": rows})
