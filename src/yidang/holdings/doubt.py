"""After a lost database nobody knows for certain that every hold came back: until two people say so, nothing ends.

The doubt stands in the ledger alone, so that it outlives another loss.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append
from yidang.ledger.queries import Event, history

HOLDS = UUID("7f0d52a4-3c1b-4e0e-9d0c-6d9a4a3f51c2")  # the one subject that both kinds of entries share
RAISED, SETTLED = "holds.in_doubt", "holds.confirmed"


@transaction.atomic
def raise_doubt(*, unsure: Sequence[str], gone: Sequence[str]) -> None:
    """Numbers: `unsure` of what should keep records and may not keep them all; `gone` of orders that have no row."""
    facts = {"unsure": list(unsure), "gone": list(gone)}
    append(action=RAISED, actor="system:rebuild", subject=HOLDS, facts=facts)


def standing() -> Event | None:
    """The doubt that nobody has settled yet."""
    newest = history(HOLDS)[-1:]
    return newest[0] if newest and newest[0].action == RAISED else None


def require_certain() -> None:
    """Raises Conflict: `holds_in_doubt`."""
    if standing() is not None:
        raise Conflict("holds_in_doubt")


@transaction.atomic
def settle(*, asked_by: UUID, allowed_by: UUID) -> None:
    """Carried out by the approval. Raises Conflict: `holds_certain` when there is nothing to settle."""
    doubt = standing()
    if doubt is None:
        raise Conflict("holds_certain")
    facts = {"unsure": doubt.facts["unsure"], "asked_by": str(asked_by)}
    append(action=SETTLED, actor=str(allowed_by), subject=HOLDS, facts=facts)
