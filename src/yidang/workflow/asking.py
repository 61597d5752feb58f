"""Asking for an approval, and taking the question back."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from yidang.identity.policy import Grant
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow import approvals
from yidang.workflow.approvals import Content, Kind
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.notices import notify
from yidang.workflow.tasks import close_tasks, open_task

LONGEST_REASON = 400
TASK = "approval"


@transaction.atomic
def ask_approval(
    *, grant: Grant, kind: str, plan: dict[str, Any], reason: str, subject: UUID | None = None
) -> Approval:
    """Seals the plan with what it would change now, and tells everybody who may approve it.

    Raises:
        NotAllowed: `not_allowed`, or `approval_needs_a_person` for a system component.
        Invalid: `approval_reason_missing`; `approval_changes_nothing`; and what the kind's own `describe` raises.
    """
    wanted = approvals.kind_of(kind)
    grant.require(wanted.ask)
    if grant.staff_id is None:
        raise NotAllowed("approval_needs_a_person")
    content = _content(wanted, plan, checked_reason(reason))
    approval = _create(grant.staff_id, wanted, content, subject, now())
    facts = {"number": approval.number, "kind": kind, "digest": bytes(approval.digest).hex()}
    append(action="approval.asked", actor=grant.actor, subject=approval.id, facts=facts, private={"reason": reason})
    _tell(approval, wanted, grant)
    return approval


def _content(kind: Kind, plan: dict[str, Any], reason: str) -> Content:
    content = Content(plan, reason, lines=approvals.lines_now(kind, plan))
    if not content.lines:
        raise Invalid("approval_changes_nothing")
    return content


def _create(asker: UUID, kind: Kind, content: Content, subject: UUID | None, at: datetime) -> Approval:
    approval_id = uuid4()
    return Approval.objects.create(
        id=approval_id,
        kind=kind.code,
        subject=subject,
        asker_id=asker,
        asked_at=at,
        expires_at=at + kind.expires_after,
        digest=approvals.digest_of(kind, content.salt, content.plan, content.lines),
        sealed=approvals.seal(approval_id, content),
    )


def _tell(approval: Approval, kind: Kind, grant: Grant) -> None:
    number, url = str(approval.number), address_of(approval)
    open_task(
        grant=grant,
        kind=TASK,
        permission=kind.approve,
        subject=approval.id,
        subject_url=url,
        number=number,
        not_for=approval.asker_id,
    )
    notify(
        kind="approval_asked",
        permission=kind.approve,
        facts={"number": number},
        subject_url=url,
        not_for=approval.asker_id,
    )


def address_of(approval: Approval) -> str:
    return reverse("workflow:approval", args=[approval.id])


def checked_reason(reason: str) -> str:
    """Raises Invalid `approval_reason_missing`."""
    if not reason.strip():
        raise Invalid("approval_reason_missing")
    return reason.strip()[:LONGEST_REASON]


@transaction.atomic
def withdraw(*, grant: Grant, approval_id: UUID) -> Approval:
    """Only its asker takes a question back. Raises NotFound `approval_not_found`, Conflict `approval_decided`."""
    approval = locked(approval_id)
    if approval.asker_id != grant.staff_id:
        raise NotFound("approval_not_found")
    require_open(approval)
    end(approval, state=ApprovalState.WITHDRAWN, actor=grant.actor)
    return approval


def expire_due() -> int:
    """Marks what nobody decided in time, and tells the askers; how many."""
    due = Approval.objects.filter(state=ApprovalState.ASKED, expires_at__lte=now())
    return sum(_expire(approval_id) for approval_id in due.values_list("id", flat=True))


@transaction.atomic
def _expire(approval_id: UUID) -> bool:
    approval = locked(approval_id)
    if approval.state != ApprovalState.ASKED:
        return False
    end(approval, state=ApprovalState.EXPIRED, actor="system:workflow")
    tell_asker(approval, "approval_expired")
    return True


def locked(approval_id: UUID) -> Approval:
    """Raises NotFound `approval_not_found`."""
    approval = Approval.objects.select_for_update().filter(id=approval_id).first()
    if approval is None:
        raise NotFound("approval_not_found")
    return approval


def require_open(approval: Approval) -> None:
    """Raises Conflict `approval_decided` or `approval_expired`."""
    if approval.state == ApprovalState.EXPIRED or (approval.state == ApprovalState.ASKED and is_late(approval)):
        raise Conflict("approval_expired", number=approval.number)
    if approval.state != ApprovalState.ASKED:
        raise Conflict("approval_decided", number=approval.number)


def is_late(approval: Approval) -> bool:
    return approval.expires_at <= now()


def end(approval: Approval, *, state: ApprovalState, actor: str, private: dict[str, str] | None = None) -> None:
    """The last step of every approval: its state, its task, its ledger row."""
    approval.state = state
    approval.decided_at = now()
    approval.save()
    close_tasks(kind=TASK, subject=approval.id, actor=actor)
    facts = {"number": approval.number, "kind": approval.kind, "digest": bytes(approval.digest).hex()}
    append(action=f"approval.{state.value}", actor=actor, subject=approval.id, facts=facts, private=private)


def tell_asker(approval: Approval, kind: str) -> None:
    notify(kind=kind, to=[approval.asker_id], facts={"number": str(approval.number)}, subject_url=address_of(approval))
