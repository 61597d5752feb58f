"""Sheets show records to a person: covered unless there is a reason, and never without a ledger row."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yidang.holdings.description import Description
from yidang.holdings.showing import LONGEST_REASON, SHORTEST_REASON
from yidang.holdings.veil import Veil
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append


@dataclass(frozen=True)
class Showing:
    """A sheet leaves the desk, so that nobody's task alone lifts the veil from it."""

    in_clear: bool

    def fields(self, described: Description) -> dict[str, str]:
        """文号, 责任者, 题名 as they may be shown."""
        veil = Veil(described, is_lifted=self.in_clear)
        return {
            "number": described.text("document_number"),
            "responsible": veil.over(described.text("responsible")),
            "title": veil.over(described.title),
        }


def shown(grant: Grant, *, subject: UUID | None, facts: Mapping[str, object], reason: str | None) -> Showing:
    """Tells the ledger. `reason` is None for a covered sheet.

    Raises:
        NotAllowed: `not_allowed`. Invalid: `unmasking_reason_missing`.
    """
    if reason is None:
        append(action="sheet.shown", actor=grant.actor, subject=subject, facts=facts)
        return Showing(in_clear=False)
    grant.require(Permission.UNMASK)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("unmasking_reason_missing")
    private = {"reason": reason.strip()}
    append(action="sheet.unmasked", actor=grant.actor, subject=subject, facts=facts, private=private)
    return Showing(in_clear=True)
