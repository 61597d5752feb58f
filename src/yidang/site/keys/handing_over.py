"""Shares that two persons agreed on: made when their asker takes them, shown once, kept nowhere."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import segno
from django.db import transaction

from yidang.crypto import custody
from yidang.crypto.shares import Share
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.site.keys import approval as kinds
from yidang.site.keys import operations
from yidang.workflow.approvals import content_of
from yidang.workflow.asking import locked
from yidang.workflow.models import Approval, ApprovalState

TO_TAKE_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    share: Share
    picture: str  # address of its QR code's picture

    @property
    def text(self) -> str:
        return self.share.text()


def sheet_of(share: Share) -> Sheet:
    code = segno.make(share.text(), error="m", micro=False)
    return Sheet(share, str(code.svg_data_uri(scale=4, border=4, light="#fff")))


def waiting(grant: Grant) -> list[Approval]:
    """The person's own, approved and not yet taken."""
    since = clock.now() - TO_TAKE_WITHIN
    mine = Approval.objects.filter(
        kind=kinds.CODE, state=ApprovalState.DONE, asker=grant.staff_id, decided_at__gt=since
    )
    return [one for one in mine.order_by("decided_at") if _is_split(one) and not _is_taken(one.id)]


@transaction.atomic
def take(grant: Grant, approval_id: UUID) -> list[Share]:
    """Once, by who asked, within a day. What was made and lost on the way to the screen is asked for anew.

    Raises:
        NotFound: `approval_not_found`, also for one of another person.
        Conflict: `shares_taken`, `shares_too_late`; `approval_stale` when another root key is in force by now.
    """
    grant.require(Permission.MANAGE_KEYS)
    approval = locked(approval_id)
    plan = _plan_to_take(grant, approval)
    if plan["root"] != custody.kept().number:
        raise Conflict("approval_stale", number=approval.number)
    return operations.split(grant, shares=plan["shares"], needed=plan["needed"], subject=approval.id)


def require_waiting(grant: Grant, approval_id: UUID) -> Approval:
    """Raises as `take`."""
    approval = Approval.objects.filter(id=approval_id).first()
    if approval is None:
        raise NotFound("approval_not_found")
    _plan_to_take(grant, approval)
    return approval


def _plan_to_take(grant: Grant, approval: Approval) -> dict[str, int]:
    is_theirs = approval.kind == kinds.CODE and approval.asker_id == grant.staff_id
    if not is_theirs or approval.state != ApprovalState.DONE or not _is_split(approval):
        raise NotFound("approval_not_found")
    if _is_taken(approval.id):
        raise Conflict("shares_taken", number=approval.number)
    if approval.decided_at is None or approval.decided_at <= clock.now() - TO_TAKE_WITHIN:
        raise Conflict("shares_too_late", number=approval.number)
    return dict(content_of(approval).plan)


def _is_split(approval: Approval) -> bool:
    return bool(content_of(approval).plan["change"] == kinds.SPLIT)


def _is_taken(approval_id: UUID) -> bool:
    return LedgerEntry.objects.filter(subject=approval_id, action=operations.SPLIT).exists()
