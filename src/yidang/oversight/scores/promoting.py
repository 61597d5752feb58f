"""A model is heard by the word of two persons, and only while none of its figures falls, overall or in a group."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.oversight.scores import gate
from yidang.oversight.scores.errors import falls_behind, not_measured, not_on_trial, promotion_awaited
from yidang.oversight.scores.gate import Month
from yidang.oversight.scores.models import ModelState, ScoreModel
from yidang.oversight.scores.registry import any_model, bring_to_desk, retire
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval

KIND, RETIRE = "promote_model", "retire_model"
MONTHS = 2  # the newest, as many as a night scores


def register_kind() -> None:
    """Two words to be heard, and two to be silent."""
    register(
        Kind(
            code=KIND,
            title=gettext_lazy("Let a model be heard"),
            ask=Permission.TUNE_RULES,
            approve=Permission.SIGN_DECISIONS,
            describe=_lines,
            execute=_promote,
            lock=_lock,
        )
    )
    register(
        Kind(
            code=RETIRE,
            title=gettext_lazy("Let a model be silent"),
            ask=Permission.TUNE_RULES,
            approve=Permission.SIGN_DECISIONS,
            describe=_retired_lines,
            execute=_retire,
            lock=_lock,
        )
    )


@transaction.atomic
def propose_promotion(*, grant: Grant, model_id: UUID, reason: str) -> Approval:
    """The first word. Raises as `_weighed`, and Conflict `model_promotion_awaited` while another waits."""
    grant.require(Permission.TUNE_RULES)
    model = any_model(model_id, lock=True)
    if waiting_approval(model) is not None:
        raise promotion_awaited(model.code)
    _weighed(model)
    return ask_approval(grant=grant, kind=KIND, plan={"model": str(model.id)}, reason=reason, subject=model.id)


@transaction.atomic
def propose_retirement(*, grant: Grant, model_id: UUID, reason: str) -> Approval:
    """The first word that a model falls silent. Raises Conflict `model_not_on_trial`, `model_promotion_awaited`."""
    grant.require(Permission.TUNE_RULES)
    model = any_model(model_id, lock=True)
    if waiting_approval(model) is not None:
        raise promotion_awaited(model.code)
    _standing(model)
    return ask_approval(grant=grant, kind=RETIRE, plan={"model": str(model.id)}, reason=reason, subject=model.id)


def _standing(model: ScoreModel) -> None:
    if model.state == ModelState.RETIRED:
        raise not_on_trial(model.code)


def _retired_lines(plan: Plan) -> list[Line]:
    model = any_model(UUID(plan["model"]))
    _standing(model)
    return [Line(_("Model heard"), model.code, _("Retired"))]


def _retire(plan: Plan, approval: Approval) -> None:
    model = any_model(UUID(plan["model"]), lock=True)
    _standing(model)
    retire(model, actor=str(approval.decided_by_id), asked_by=str(approval.asker_id))


def waiting_approval(model: ScoreModel) -> Approval | None:
    """Whether to be heard or to be silent."""
    asked = Approval.objects.filter(
        kind__in=[KIND, RETIRE], subject=model.id, state=ApprovalState.ASKED, expires_at__gt=now()
    )
    return asked.order_by("-number").first()


def heard_now(level: str) -> ScoreModel | None:
    return ScoreModel.objects.filter(level=level, state=ModelState.ACTIVE).first()


def compared(model: ScoreModel) -> tuple[str, Month, Month | None] | None:
    """The month that decides, its figures, and those of who is heard now."""
    heard = heard_now(model.level)
    return gate.next_month(
        model.metrics.get("months", {}), model.window_until, heard.metrics.get("months", {}) if heard else None
    )


def _weighed(model: ScoreModel) -> tuple[str, Month, Month | None]:
    """Raises Conflict `model_not_on_trial`, `model_not_measured`, `model_falls_behind`."""
    if model.state != ModelState.SHADOW:
        raise not_on_trial(model.code)
    found = compared(model)
    if found is None:
        raise not_measured(model.code)
    if behind := gate.falls(found[1], found[2]):
        raise falls_behind(model.code, behind)
    return found


def _lines(plan: Plan) -> list[Line]:
    """Raises as `_weighed`: figures of new verdicts may have stopped it in the meantime."""
    model = any_model(UUID(plan["model"]))
    month, candidate, standing = _weighed(model)
    heard = heard_now(model.level)
    before = standing["overall"] if standing else candidate["baseline"]
    after = candidate["overall"]
    return [
        Line(_("Model heard"), heard.code if heard else "", model.code),
        Line(_("Month compared"), "", month),
        Line(_("Average precision"), f"{before['ap']:.3f}", f"{after['ap']:.3f}"),
        Line(_("Precision at capacity"), f"{before['precision']:.3f}", f"{after['precision']:.3f}"),
        Line(_("Groups compared"), "", "、".join(gate.groups_compared(candidate))),
    ]


def _lock(plan: Plan) -> None:
    any_model(UUID(plan["model"]), lock=True)


def _promote(plan: Plan, approval: Approval) -> None:
    """The second word."""
    model = any_model(UUID(plan["model"]), lock=True)
    month, _figures, _others = _weighed(model)
    heard = heard_now(model.level)
    signer = approval.decided_by
    if heard is not None:
        retire(heard, actor=str(approval.decided_by_id))
    model.state, model.promoted_at = ModelState.ACTIVE, now()
    model.proposed_by_id, model.promoted_by = approval.asker_id, signer
    model.save(update_fields=["state", "promoted_at", "proposed_by", "promoted_by"])
    brought = bring_to_desk(model, MONTHS)
    facts: dict[str, Any] = {
        "model": model.code, "month": month, "instead_of": heard.code if heard else "",
        "asked_by": str(approval.asker_id), "brought": brought,
    }  # fmt: skip
    append(action="model.promoted", actor=str(approval.decided_by_id), subject=model.id, facts=facts)
