"""The head's approval of a transfer."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.disposition.transfers import proposing
from yidang.disposition.transfers.models import Transfer
from yidang.disposition.transfers.queries import amount
from yidang.disposition.transfers.states import state_of
from yidang.identity.models import Staff
from yidang.identity.policy import Permission, grant_for
from yidang.kernel.errors import Conflict
from yidang.kernel.texts import say
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

TRANSFER = "transfer_approved"


def register_all() -> None:
    register(
        Kind(
            code=TRANSFER,
            title=gettext_lazy("Approve a transfer"),
            ask=Permission.TRANSFER_RECORDS,
            approve=Permission.APPROVE_TRANSFER,
            describe=_lines,
            execute=_approve,
            lock=_lock,
            concerns=_people,
        )
    )


def _lock(plan: Plan) -> None:
    proposing.locked(UUID(plan["transfer"]))


def _lines(plan: Plan) -> list[Line]:
    """Raises Conflict: `transfer_step_wrong`."""
    found = Transfer.objects.filter(id=plan["transfer"]).first()
    if found is None or state_of(found).step != "approve":
        raise Conflict("transfer_step_wrong", state=found.state if found else "")
    told = amount(found)
    years = list(found.lines.values_list("year", flat=True))
    return [
        Line(_("Transfer %(number)s") % {"number": found.name}, "", found.receiver),
        Line(_("Archive records"), "", f"{told.items} · {min(years)}–{max(years)}"),
        Line(_("Form of the packages"), "", found.form.upper()),
        Line(_("Own records after the receipt"), "", say(f"transfer_keeping_{found.keeping}")),
    ]


def _people(plan: Plan) -> frozenset[UUID]:
    """Who proposed it cannot approve it."""
    return frozenset({Transfer.objects.get(id=plan["transfer"]).proposed_by_id})


def _approve(plan: Plan, approval: Approval) -> None:
    if approval.decided_by_id is None:
        raise Conflict("approval_decided", number=approval.number)
    grant = grant_for(Staff.objects.get(pk=approval.decided_by_id))
    proposing.approve(transfer_id=UUID(plan["transfer"]), approved_by=approval.decided_by_id, grant=grant)
