"""The end of a delivery, whoever brings it about: its state, and one row in the ledger."""

from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.workflow.models import Delivery, DeliveryState


def settle(delivery: Delivery, state: DeliveryState, outcome: dict[str, object], *, actor: str) -> None:
    delivery.state, delivery.settled_at = state, now()
    delivery.save(update_fields=["state", "settled_at"])
    facts = {
        "kind": delivery.kind,
        "number": delivery.number,
        "channel": delivery.address.channel,
        "attempts": delivery.attempts,
    }
    append(action=f"notice.{state.value}", actor=actor, subject=delivery.id, facts=facts | outcome)
