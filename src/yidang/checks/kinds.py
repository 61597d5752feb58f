"""What needs a second person here: another version of a fonds' check scheme."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.checks import schemes
from yidang.checks.catalogue import rows
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval
from yidang.workflow.operations import register_notices

SCHEME = "check_scheme_approved"


def register_all() -> None:
    register_notices("checks_failed")
    register(
        Kind(
            code=SCHEME,
            title=gettext_lazy("Approve a check scheme"),
            ask=Permission.RUN_CHECKS,
            approve=Permission.APPROVE_INSTRUMENT,
            describe=_lines,
            execute=_approve,
        )
    )


def plan_of(fonds: str, choices: dict[tuple[str, str], str]) -> dict[str, object]:
    return {"fonds": fonds, "choices": [[code, stage, choice] for (code, stage), choice in sorted(choices.items())]}


def _choices(plan: Plan) -> dict[tuple[str, str], str]:
    return {(code, stage): choice for code, stage, choice in plan["choices"]}


def _lines(plan: Plan) -> Sequence[Line]:
    """Raises as `schemes.changed`."""
    fonds, now = plan["fonds"], schemes.in_force(plan["fonds"]).rows
    wanted = schemes.changed(fonds, _choices(plan))
    stages = {"filing": _("At filing"), "transfer": _("At transfer"), "keeping": _("In long-term keeping")}
    words = {"off": _("Left out"), "optional": _("Optional"), "mandatory": _("Mandatory")}
    return [
        Line(f"{fonds} {code} {rows()[code].item_zh} · {stages[stage]}", words[now[code][stage]], words[choice])
        for code, some in wanted.items()
        for stage, choice in some.items()
        if choice != now[code][stage]
    ]


def _approve(plan: Plan, approval: Approval) -> None:
    decider: UUID | None = approval.decided_by_id
    if decider is None:
        raise Conflict("approval_decided", number=approval.number)
    wanted = schemes.changed(plan["fonds"], _choices(plan))
    schemes.approve(fonds=plan["fonds"], wanted=wanted, asked_by=approval.asker_id, approved_by=decider)
