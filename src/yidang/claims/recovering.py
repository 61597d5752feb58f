"""What a decision of inspection takes back of a settlement: an event that two persons stand for, never an edit.

The lines and the total stay as they were claimed; what the fund paid becomes less, and what stood before is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from yidang.claims.importing.amending import describe, tell_history
from yidang.claims.models import Settlement, SettlementEvent
from yidang.identity.models import Staff
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.operations import append
from yidang.workflow.models import Approval


@dataclass(frozen=True, slots=True)
class Taken:
    claim: int
    version: int
    fen: int


@transaction.atomic
def take_back(*, approval: Approval, amounts: Mapping[int, int], decision: str) -> list[Taken]:
    """`amounts`: claim → fen that the decision found wrong; no more than the fund paid is taken back.

    Claims that stand in the history alone are passed over. Raises NotAllowed `recovery_by_one`, Conflict
    `recovery_known`.
    """
    signer = approval.decided_by
    if signer is None or signer.pk == approval.asker_id:
        raise NotAllowed("recovery_by_one")
    if SettlementEvent.objects.filter(approval=approval.id).exists():
        raise Conflict("recovery_known", decision=decision)
    standing = Settlement.objects.select_for_update().filter(claim__in=amounts, reversed=False, fund_fen__gt=0)
    taken = [_take(one, approval, signer, amounts[one.claim], decision) for one in standing.order_by("claim")]
    tell_history(one.claim for one in taken)
    return taken


def _take(one: Settlement, approval: Approval, signer: Staff, wrong_fen: int, decision: str) -> Taken:
    fen = min(wrong_fen, one.fund_fen)
    event = describe([one], lambda _one: SettlementEvent.Kind.RECOVERED)[0]
    event.amount_fen, event.decision, event.approval = fen, decision, approval.id
    event.asked_by_id, event.by_id = approval.asker_id, signer.pk
    event.save(force_insert=True)
    one.version, one.fund_fen = event.version, one.fund_fen - fen
    one.save(update_fields=["version", "fund_fen"])
    append(
        action="settlement.recovered",
        actor=grant_for(signer).actor,
        subject=event.id,
        facts={
            "claim": one.claim,
            "version": one.version,
            "fen": fen,
            "decision": decision,
            "asked_by": str(approval.asker_id),
        },
    )
    return Taken(one.claim, one.version, fen)
