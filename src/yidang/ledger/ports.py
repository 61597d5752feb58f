"""What the ledger asks of those who keep its checkpoints outside."""

from collections.abc import Mapping
from typing import Any, Protocol

from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint

Evidence = Mapping[str, Any]
"""What shows afterwards that the checkpoint was there at that time; JSON, its keys stand with each adapter."""


class Anchor(Protocol):
    def keep(self, log: LedgerFolder) -> tuple[Checkpoint, Evidence]:
        """Hands out the newest checkpoint; returns which it was, and the proof.

        Raises:
            Unavailable: `ledger_anchor_unreachable`, `ledger_anchor_answer`: tried again later.
            Conflict: `ledger_anchor_ahead` or `ledger_anchor_contradicts`: it holds what our log does not continue.
            Invalid: `ledger_anchor_refuses`: it does not know us; only a person can mend that.
        """
        ...

    def holds(self, text: str, evidence: Evidence, /) -> bool | None:
        """Does the evidence prove that it kept the checkpoint of that text? None: it cannot be told here."""
        ...

    def compare(self, log: LedgerFolder) -> None:
        """Asks what it knows now, and compares. Raises as `keep` does."""
        ...
