"""What the desk asks of others: the rule behind a doubt, and whom a decision is offered to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Citation:
    """A rule as its page tells it. `law`: the articles it rests on, in the law's words where they are known."""

    code: str
    title: str
    law: Sequence[str] = ()
    explains: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision against an institution tells the credit archive: nothing of any treatment.

    `staff`: codes of the doctors and others concerned.
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


class _Nobody:
    def offer(self, decided: Decided) -> None:
        """No credit archive is wired."""


_citation: Callable[[str, str], Citation | None] | None = None
_scoring: ScoringProposals = _Nobody()


def wire(
    *, citation: Callable[[str, str], Citation | None] | None = None, scoring: ScoringProposals | None = None
) -> None:
    """By `site`. `citation(code, version)`: none for a rule that is not known (any more)."""
    global _citation, _scoring  # noqa: PLW0603 - wired once, when the house starts
    _citation = citation or _citation
    _scoring = scoring or _scoring


def citation_of(rule: str, version: str) -> Citation:
    found = _citation(rule, version) if _citation else None
    return found or Citation(rule, rule)


def scoring() -> ScoringProposals:
    return _scoring
