"""Whom a decision is offered to: the credit archive, which knows nothing of treatments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision against an institution tells the credit archive: nothing of any treatment.

    `case` is the number its letter bears, `staff` are codes of the doctors and others concerned.
    """

    case: str
    case_id: UUID
    provider: str
    behaviour: str
    article: str
    staff: Sequence[str]
    decided_on: date


class ScoringProposals(Protocol):
    def offer(self, decided: Decided) -> None: ...

    def fallen(self, decided: Decided, *, in_part: bool = False) -> None:
        """That decision stands no longer: what was scored for it has nothing to stand on, or `in_part` less."""
        ...


class _Nobody:
    def offer(self, decided: Decided) -> None:
        """No credit archive is wired."""

    def fallen(self, decided: Decided, *, in_part: bool = False) -> None:
        """Nor was anything scored there."""


_scoring: ScoringProposals = _Nobody()


def wire(scoring: ScoringProposals) -> None:
    """By `site`, when the house starts."""
    global _scoring  # noqa: PLW0603 - wired once
    _scoring = scoring


def scoring() -> ScoringProposals:
    return _scoring
