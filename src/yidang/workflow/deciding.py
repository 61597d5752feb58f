"""Approving and refusing: by another person, once, and only what was asked for."""

from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.ledger.operations import append
from yidang.workflow import approvals
from yidang.workflow.approvals import Content, Kind
from yidang.workflow.asking import checked_reason, end, locked, require_open, tell_asker
from yidang.workflow.models import Approval, ApprovalState


def approve(*, grant: Grant, approval_id: UUID, second_factor_fresh: bool) -> Approval:
    """Carries the plan out in this transaction. What is refused here leaves a ledger row of its own.

    Raises:
        NotAllowed: `not_allowed`; `approval_by_its_asker`; `approval_by_who_it_concerns`; `second_factor_needed`.
        Conflict: `approval_decided`; `approval_expired`; `approval_stale` when the world changed since it was asked;
            and what the kind's own `execute` raises: then nothing has happened, and the approval stays open.
    """
    try:
        with transaction.atomic():
            return _approve(grant, locked(approval_id), second_factor_fresh=second_factor_fresh)
    except (NotAllowed, Conflict) as refusal:
        with transaction.atomic():
            append(action="approval.blocked", actor=grant.actor, subject=approval_id, facts={"code": refusal.code})
        raise


def _approve(grant: Grant, approval: Approval, *, second_factor_fresh: bool) -> Approval:
    kind, content = approvals.kind_of(approval.kind), approvals.content_of(approval)
    require_other_person(grant, approval, kind, content)
    require_open(approval)
    if not second_factor_fresh:
        raise NotAllowed("second_factor_needed")
    kind.lock(content.plan)
    if not approvals.is_unchanged(kind, content, approval.digest):
        raise Conflict("approval_stale", number=approval.number)
    approval.decided_by_id = grant.staff_id
    end(approval, state=ApprovalState.DONE, actor=grant.actor)
    kind.execute(content.plan, approval)
    tell_asker(approval, "approval_done")
    return approval


@transaction.atomic
def refuse(*, grant: Grant, approval_id: UUID, reason: str) -> Approval:
    """Raises as `approve` does, and Invalid `approval_reason_missing`."""
    approval = locked(approval_id)
    require_other_person(grant, approval, approvals.kind_of(approval.kind), approvals.content_of(approval))
    require_open(approval)
    reason = checked_reason(reason)
    approval.decided_by_id = grant.staff_id
    approval.sealed_answer = approvals.seal_answer(approval.id, reason)
    end(approval, state=ApprovalState.REFUSED, actor=grant.actor, private={"reason": reason})
    tell_asker(approval, "approval_refused")
    return approval


def require_other_person(grant: Grant, approval: Approval, kind: Kind, content: Content) -> None:
    grant.require(kind.approve)
    if grant.staff_id is None:
        raise NotAllowed("approval_needs_a_person")
    if grant.staff_id == approval.asker_id:
        raise NotAllowed("approval_by_its_asker")
    if grant.staff_id in kind.concerns(content.plan):
        raise NotAllowed("approval_by_who_it_concerns")
