"""What a decision of inspection takes of a settlement, and gives back when the decision falls.

Both are events that two persons stand for, never edits. The lines and the total stay as they were claimed; what the
fund paid changes, and what stood before is kept.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from yidang.claims.importing.amending import describe, tell_history
from yidang.claims.models import Settlement, SettlementEvent
from yidang.identity.models import Staff
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.operations import append
from yidang.workflow.models import Approval

Kind = SettlementEvent.Kind


@dataclass(frozen=True, slots=True)
class Changed:
    claim: int
    version: int
    fen: int


@transaction.atomic
def take_back(*, approval: Approval, amounts: Mapping[int, int], decision: str) -> list[Changed]:
    """`amounts`: claim → fen that the decision found wrong; no more than the fund paid is taken back.

    Claims that stand in the history alone are passed over. Raises NotAllowed `recovery_by_one`, Conflict
    `recovery_known`.
    """
    word = _second(approval, decision)
    standing = Settlement.objects.select_for_update().filter(claim__in=amounts, reversed=False, fund_fen__gt=0)
    taken = [
        _change(one, Kind.RECOVERED, min(amounts[one.claim], one.fund_fen), word) for one in standing.order_by("claim")
    ]
    tell_history(one.claim for one in taken)
    return taken


@transaction.atomic
def give_back(*, approval: Approval, keeps: Mapping[int, int], decision: str) -> list[Changed]:
    """What that decision took, but for the fen of a claim that `keeps` still finds wrong.

    Raises as `take_back`. Settlements that were forgotten since are passed over.
    """
    word = _second(approval, decision)
    owed = {claim: fen - min(keeps.get(claim, 0), fen) for claim, fen in _withheld(decision=decision).items()}
    standing = Settlement.objects.select_for_update().filter(claim__in=[claim for claim, fen in owed.items() if fen])
    given = [_change(one, Kind.RESTORED, owed[one.claim], word) for one in standing.order_by("claim")]
    tell_history(one.claim for one in given)
    return given


def decided(claims: Collection[int]) -> list[int]:
    """Those of the claims from which decisions keep something: no import changes them."""
    return [claim for claim, fen in _withheld(settlement__in=claims).items() if fen]


def _withheld(**of: Any) -> Counter[int]:
    """Claim → what decisions took of it and have not given back."""
    left: Counter[int] = Counter()
    events = SettlementEvent.objects.filter(kind__in=[Kind.RECOVERED, Kind.RESTORED], **of)
    for one in events.only("settlement_id", "kind", "amount_fen"):
        left[one.settlement_id] += (one.amount_fen or 0) * (1 if one.kind == Kind.RECOVERED else -1)
    return left


@dataclass(frozen=True, slots=True)
class _Word:
    approval: Approval
    signer: Staff
    decision: str


def _second(approval: Approval, decision: str) -> _Word:
    signer = approval.decided_by
    if signer is None or signer.pk == approval.asker_id:
        raise NotAllowed("recovery_by_one")
    if SettlementEvent.objects.filter(approval=approval.id).exists():
        raise Conflict("recovery_known", decision=decision)
    return _Word(approval, signer, decision)


def _change(one: Settlement, kind: Kind, fen: int, word: _Word) -> Changed:
    event = describe([one], lambda _one: kind)[0]
    event.amount_fen, event.decision, event.approval = fen, word.decision, word.approval.id
    event.asked_by_id, event.by_id = word.approval.asker_id, word.signer.pk
    event.save(force_insert=True)
    one.version = event.version
    one.fund_fen += fen if kind == Kind.RESTORED else -fen
    one.save(update_fields=["version", "fund_fen"])
    append(
        action=f"settlement.{kind}",
        actor=grant_for(word.signer).actor,
        subject=event.id,
        facts={
            "claim": one.claim,
            "version": one.version,
            "fen": fen,
            "decision": word.decision,
            "asked_by": str(word.approval.asker_id),
        },
    )
    return Changed(one.claim, one.version, fen)
