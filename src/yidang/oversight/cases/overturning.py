"""A decision falls, in whole or in part: on review, in court, or by the bureau's own correction.

One asks and another signs, as for the decision itself. What the fund was given back goes to the settlements again, what
the institution paid too much is owed to it, and the credit archive hears whether anything of the decision stands.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.claims.recovering import Changed, give_back
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.kernel.money import format_yuan
from yidang.oversight.cases import rules
from yidang.oversight.cases.deciding import staff_of, told_to_credit
from yidang.oversight.cases.models import Case, CaseState
from yidang.oversight.cases.opening import hold_again
from yidang.oversight.cases.recovering import DUE
from yidang.oversight.cases.steps import any_case, checked, find_case, note_step, require_step
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.findings import count_money
from yidang.oversight.institutions import name_of
from yidang.oversight.ports import scoring
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval, meet_deadline

KIND = "inspection_overturned"


@dataclass(frozen=True, slots=True)
class Fall:
    """`fallen`: ids of the upheld doubts that stand no longer; `ground` of `Case.Ground`."""

    ground: str
    words: str
    fallen: Sequence[UUID]

    def plan(self, case: Case) -> dict[str, Any]:
        return {
            "case": str(case.id),
            "ground": self.ground,
            "fallen": sorted(str(one) for one in self.fallen),
            "words": checked(self.words),
        }


def register_kind() -> None:
    register(
        Kind(
            code=KIND,
            title=gettext_lazy("Take back a decision of inspection"),
            ask=Permission.REVIEW_FINDINGS,
            approve=Permission.SIGN_DECISIONS,
            describe=_lines,
            execute=_overturn,
            lock=_lock,
        )
    )


@transaction.atomic
def ask_to_overturn(*, grant: Grant, case_id: UUID, fall: Fall) -> Approval:
    """The first of two words, by any inspector. Raises as `_weighed`; Conflict `decision_awaited`."""
    grant.require(Permission.REVIEW_FINDINGS)
    case = find_case(grant, case_id, lock=True)
    if waiting_approval(case) is not None:
        raise Conflict("decision_awaited", number=case.name)
    plan = fall.plan(case)
    _weighed(case, plan)
    note_step(case, "overturn_asked", grant, words=plan["words"], facts={"ground": plan["ground"]})
    return ask_approval(grant=grant, kind=KIND, plan=plan, reason=plan["words"], subject=case.id)


def waiting_approval(case: Case) -> Approval | None:
    standing = Approval.objects.filter(kind=KIND, subject=case.id, state=ApprovalState.ASKED, expires_at__gt=now())
    return standing.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What falls, and what of the decision stands after it."""

    fallen: Sequence[Finding]
    left: Sequence[Finding]
    loss_fen: int
    fine_fen: int


def _weighed(case: Case, plan: Plan) -> _Weighed:
    """Raises Conflict `inspection_step_wrong`; Invalid `overturn_ground_unknown`, `overturn_without_doubt`."""
    require_step(case, "overturn")
    if case.outcome != Case.Outcome.AGAINST:
        raise Conflict("inspection_step_wrong", state=case.state, number=case.name)
    if plan["ground"] not in Case.Ground.values:
        raise Invalid("overturn_ground_unknown")
    upheld = list(case.findings.filter(state=FindingState.UPHELD).order_by("number"))
    fallen = [one for one in upheld if str(one.id) in plan["fallen"]]
    if not fallen or len(fallen) != len(plan["fallen"]):
        raise Invalid("overturn_without_doubt")
    left = [one for one in upheld if one not in fallen]
    loss = sum(one.upheld_fen for one in left)
    return _Weighed(fallen, left, loss, rules.fine_fen(loss, case.ratio) if case.ratio else 0)


def _lines(plan: Plan) -> list[Line]:
    """Raises as `_weighed`."""
    case = any_case(UUID(plan["case"]))
    found = _weighed(case, plan)
    falls = _("Part of the decision was taken back") if found.left else _("The decision was taken back")
    return [
        Line(_("Institution"), "", f"{name_of(case.provider)} {case.provider}".strip()),
        Line(_("Case %(number)s") % {"number": case.name}, _("Against the institution"), falls),
        Line(_("On which ground"), "", _ground(plan["ground"])),
        Line(_("Doubts that stand no longer"), "", "、".join(one.name for one in found.fallen)),
        Line(_("Doubts upheld"), str(len(found.fallen) + len(found.left)), str(len(found.left))),
        Line(_("Loss to be paid back"), format_yuan(case.loss_fen - case.fallen_loss_fen), format_yuan(found.loss_fen)),
        Line(_("Fine (yuan)"), format_yuan(case.fine_fen - case.fallen_fine_fen), format_yuan(found.fine_fen)),
        Line(_("Number of the ruling, and reason"), "", plan["words"]),
    ]


def _ground(code: str) -> str:
    return {
        Case.Ground.REVIEW: _("On administrative review"),
        Case.Ground.SUIT: _("By judgment of a court"),
        Case.Ground.OWN: _("By the bureau's own correction"),
    }[Case.Ground(code)]


def _lock(plan: Plan) -> None:
    any_case(UUID(plan["case"]), lock=True)


def _overturn(plan: Plan, approval: Approval) -> None:
    """The second word. Raises NotAllowed `decision_by_its_inspector`."""
    case = any_case(UUID(plan["case"]), lock=True)
    signer = approval.decided_by
    if signer is None or case.inspectors.filter(staff=signer).exists():
        raise NotAllowed("decision_by_its_inspector")
    found = _weighed(case, plan)
    given = _give_back(case, found.left, approval)
    _write(case, plan, found, approval)
    _clear(case, found.fallen, plan["ground"], signer)
    facts = {
        "ground": plan["ground"],
        "fallen": [one.name for one in found.fallen],
        "fallen_loss_fen": case.fallen_loss_fen,
        "fallen_fine_fen": case.fallen_fine_fen,
        "asked_by": str(approval.asker_id),
        "settlements": len(given),
        "given_back_fen": sum(one.fen for one in given),
    }
    note_step(case, "overturned", grant_for(signer), facts=facts)
    scoring().fallen(told_to_credit(case, staff_of(case)), in_part=bool(found.left))


def _give_back(case: Case, left: Sequence[Finding], approval: Approval) -> list[Changed]:
    keeps: Counter[int] = Counter()
    for one in left:
        if one.claim is not None:
            keeps[one.claim] += one.upheld_fen
    return give_back(approval=approval, keeps=keeps, decision=case.name)


def _write(case: Case, plan: Plan, found: _Weighed, approval: Approval) -> None:
    """A case that was closed opens again: what was paid is settled, and its papers are filed anew."""
    if case.state == CaseState.CLOSED:
        hold_again(case)
        case.closed_at, case.state = None, CaseState.RECOVERING
    if not found.left:
        case.state = CaseState.OVERTURNED
    case.fallen_loss_fen = case.loss_fen - found.loss_fen
    case.fallen_fine_fen = case.fine_fen - found.fine_fen
    case.overturned_at = case.overturned_at or now()
    case.overturned_ground = plan["ground"]
    case.overturn_asked_by_id, case.overturn_signed_by = approval.asker_id, approval.decided_by
    case.instalments.all().delete()  # they made up what was due; the rest is arranged anew
    meet_deadline(kind=DUE, subject=case.id)
    case.save()


def _clear(case: Case, fallen: Sequence[Finding], ground: str, signer: Staff) -> None:
    for one in fallen:
        one.state, one.fallen_fen, one.upheld_fen = FindingState.CLEARED, one.upheld_fen, 0
        one.fallen_ground, one.decided_by, one.decided_at = ground, signer, now()
        one.save(update_fields=["state", "fallen_fen", "fallen_ground", "upheld_fen", "decided_by", "decided_at"])
    count_money(case.findings.values_list("lines__line", flat=True).filter(lines__isnull=False))
