"""What waits, what was asked, what was told, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import DomainError, NotFound
from yidang.ledger.operations import append
from yidang.workflow import approvals
from yidang.workflow.approvals import Content, Kind, Line
from yidang.workflow.asking import is_late
from yidang.workflow.models import (
    Address,
    Approval,
    ApprovalState,
    Attempt,
    Choice,
    Delivery,
    DeliveryState,
    Notice,
    Task,
)


def open_tasks_for(staff: Staff | UUID) -> QuerySet[Task]:
    """Given to this person by name and still open: their subject's page may be shown to them in clear."""
    return Task.objects.filter(assignee=staff, closed_at__isnull=True)


def tasks_of(grant: Grant) -> QuerySet[Task]:
    """Given to the person, or to everybody who may do what the person may."""
    departments = Q(department__isnull=True)
    if grant.departments is None:
        departments = Q()
    elif grant.departments:
        departments |= Q(department__in=grant.departments)
    shared = Q(assignee__isnull=True, permission__in=[str(one) for one in grant.permissions]) & departments
    mine = Q(assignee=grant.staff_id)
    others = Q(not_for__isnull=True) | ~Q(not_for=grant.staff_id)
    return Task.objects.filter(mine | (shared & others))


def waiting_tasks(grant: Grant) -> QuerySet[Task]:
    return tasks_of(grant).filter(closed_at__isnull=True)


def task_count(grant: Grant) -> int:
    return waiting_tasks(grant).count()


def filtered_tasks(grant: Grant, *, show: str = "open", kind: str = "") -> QuerySet[Task]:
    """`show`: open, mine, late, closed."""
    tasks = tasks_of(grant).select_related("assignee", "department")
    is_open = tasks.filter(closed_at__isnull=True)
    shown = {
        "mine": lambda: is_open.filter(assignee=grant.staff_id),
        "late": lambda: is_open.filter(due_on__lt=today()),
        "closed": lambda: tasks.filter(closed_at__isnull=False),
    }.get(show, lambda: is_open)()
    shown = shown.filter(kind=kind) if kind else shown
    return shown.order_by("-closed_at") if show == "closed" else shown.order_by("due_on", "opened_at")


def task_kinds(grant: Grant) -> Sequence[str]:
    return list(tasks_of(grant).order_by("kind").values_list("kind", flat=True).distinct())


def approvals_of(grant: Grant, *, show: str = "open") -> QuerySet[Approval]:
    """What the person asked for or may decide. `show`: open, asked (by the person), decided."""
    visible = Q(asker=grant.staff_id) | Q(kind__in=approvals.approvable_by(grant))
    found = Approval.objects.filter(visible).select_related("asker", "decided_by").order_by("-asked_at")
    if show == "asked":
        return found.filter(asker=grant.staff_id)
    standing = Q(state=ApprovalState.ASKED, expires_at__gt=now())
    return found.exclude(standing) if show == "decided" else found.filter(standing)


def standing(kind: str, subject: UUID) -> Approval | None:
    """The question about this very thing that nobody has decided yet."""
    asked = Approval.objects.filter(kind=kind, subject=subject, state=ApprovalState.ASKED, expires_at__gt=now())
    return asked.order_by("number").first()


@dataclass(frozen=True, slots=True)
class Shown:
    """An approval as a person sees it. `lines` is what would happen now; once decided, what was asked for."""

    approval: Approval
    kind: Kind
    reason: str
    answer: str
    asked_lines: Sequence[Line]
    lines: Sequence[Line]
    is_changed: bool
    is_open: bool
    is_asker: bool
    is_concerned: bool
    may_decide: bool

    @property
    def state(self) -> str:
        return state_of(self.approval)


def state_of(approval: Approval) -> str:
    """An approval past its date is expired, whether the keeper has come by or not."""
    late = approval.state == ApprovalState.ASKED and is_late(approval)
    return ApprovalState.EXPIRED.value if late else approval.state


@transaction.atomic
def shown_approval(grant: Grant, approval_id: UUID) -> Shown:
    """Opens the seal for its asker or for who may decide, and writes down that it was shown.

    Raises NotFound `approval_not_found`, to everybody else too.
    """
    approval = Approval.objects.select_related("asker", "decided_by").filter(id=approval_id).first()
    if approval is None or not _may_see(grant, approval):
        raise NotFound("approval_not_found")
    append(action="approval.shown", actor=grant.actor, subject=approval.id, facts={"number": approval.number})
    return _shown(grant, approval, approvals.kind_of(approval.kind), approvals.content_of(approval))


def _may_see(grant: Grant, approval: Approval) -> bool:
    return approval.asker_id == grant.staff_id or grant.allows(approvals.kind_of(approval.kind).approve)


def _shown(grant: Grant, approval: Approval, kind: Kind, content: Content) -> Shown:
    is_open = approval.state == ApprovalState.ASKED and not is_late(approval)
    is_changed = is_open and not approvals.is_unchanged(kind, content, approval.digest)
    is_asker = approval.asker_id == grant.staff_id
    is_concerned = grant.staff_id in kind.concerns(content.plan)
    return Shown(
        approval=approval,
        kind=kind,
        reason=content.reason,
        answer=approvals.answer_of(approval),
        asked_lines=content.lines,
        lines=_lines(kind, content) if is_open else content.lines,
        is_changed=is_changed,
        is_open=is_open,
        is_asker=is_asker,
        is_concerned=is_concerned,
        may_decide=is_open and not is_asker and not is_concerned and grant.allows(kind.approve),
    )


def _lines(kind: Kind, content: Content) -> Sequence[Line]:
    """In the reader's language; none when the plan no longer fits the world."""
    try:
        return kind.describe(content.plan)
    except DomainError:
        return ()


def notices_of(grant: Grant, *, only_unread: bool = False) -> QuerySet[Notice]:
    found = Notice.objects.filter(recipient_id=grant.staff_id).order_by("-made_at")
    return found.filter(read_at__isnull=True) if only_unread else found


def unread_count(grant: Grant) -> int:
    return notices_of(grant, only_unread=True).count()


def unwanted(grant: Grant) -> set[tuple[str, str]]:
    """Pairs of kind and channel the person does not want."""
    rows = Choice.objects.filter(staff=grant.staff_id, is_wanted=False)
    return set(rows.values_list("kind", "channel"))


def own_addresses(grant: Grant) -> dict[str, Address]:
    return {one.channel: one for one in Address.objects.filter(staff=grant.staff_id, is_active=True)}


def house_webhooks(grant: Grant) -> QuerySet[Address]:
    grant.require(Permission.SEE_SYSTEM)
    return Address.objects.filter(staff=None, party="", is_active=True)


def outbox(grant: Grant, *, state: str = "") -> QuerySet[Delivery]:
    """Kinds, numbers and outcomes, with what was `tried` in order; no address and no text."""
    grant.require(Permission.SEE_SYSTEM)
    tries = Prefetch("tries", Attempt.objects.order_by("at"), to_attr="tried")
    found = Delivery.objects.select_related("address__staff").prefetch_related(tries).order_by("-made_at")
    return found.filter(state=state) if state in DeliveryState.values else found
