"""Hearing the party, and a decision that one inspector proposes and another person signs.

条例 31: before a decision the party is told, its statement and defence are heard. An institution that was asked in
time and stayed silent has been heard as far as the law asks it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.claims.recovering import Changed, take_back
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.kernel.clock import CHINA, now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.kernel.money import format_yuan
from yidang.oversight.cases import rules
from yidang.oversight.cases.models import Case, CaseState
from yidang.oversight.cases.papers import stop_awaiting
from yidang.oversight.cases.steps import any_case, carried, checked, note_step, require_step
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.findings import count_money
from yidang.oversight.institutions import name_of
from yidang.oversight.ports import Decided, scoring
from yidang.oversight.tables import behaviour
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval

KIND = "inspection_decision"
_TABLE = "oversight_case"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`upheld`: ids of the doubts that stand; `staff`: codes of those whom the decision names to the credit archive."""

    outcome: str
    words: str
    behaviour: str = ""
    ratio: Decimal = Decimal(0)
    upheld: Sequence[UUID] = ()
    staff: Sequence[str] = ()

    def plan(self, case: Case) -> dict[str, Any]:
        return {
            "case": str(case.id),
            "outcome": self.outcome,
            "behaviour": self.behaviour,
            "ratio": str(self.ratio),
            "upheld": sorted(str(one) for one in self.upheld),
            "staff": sorted(set(self.staff)),
            "words": checked(self.words),
        }


def register_kind() -> None:
    register(
        Kind(
            code=KIND,
            title=gettext_lazy("Sign a decision of inspection"),
            ask=Permission.REVIEW_FINDINGS,
            approve=Permission.SIGN_DECISIONS,
            describe=_lines,
            execute=_decide,
            lock=_lock,
        )
    )


@transaction.atomic
def hear(*, grant: Grant, case_id: UUID, words: str, came: bool) -> Case:
    """The note of the hearing; without the party, only after a request's day has passed in silence.

    Raises Conflict `hearing_too_early`; Invalid `inspection_words_missing`.
    """
    case = carried(grant, case_id, "hear")
    said = checked(words)
    if not came and not _was_silent(case):
        raise Conflict("hearing_too_early", number=case.name)
    case.state, case.heard_at = CaseState.HEARD, now() if came else case.heard_at
    case.hearing_waived = not came
    case.save(update_fields=["state", "heard_at", "hearing_waived"])
    note_step(case, "heard", grant, words=said, facts={"came": came})
    return case


def _was_silent(case: Case) -> bool:
    return case.requests.filter(answered_at__isnull=True, answer_by__lt=today()).exists()


@transaction.atomic
def propose(*, grant: Grant, case_id: UUID, proposal: Proposal) -> Approval:
    """The first signature. Raises as `_checked_plan`, and Conflict `decision_awaited` while another one waits."""
    case = carried(grant, case_id, "propose")
    if waiting_approval(case) is not None:
        raise Conflict("decision_awaited", number=case.name)
    plan = proposal.plan(case)
    _checked_plan(case, plan)
    case.state, case.proposed_by_id, case.proposed_at = CaseState.PROPOSED, grant.person, now()
    case.save(update_fields=["state", "proposed_by", "proposed_at"])
    note_step(case, "proposed", grant, words=plan["words"], facts={"outcome": plan["outcome"]})
    return ask_approval(grant=grant, kind=KIND, plan=plan, reason=plan["words"], subject=case.id)


def waiting_approval(case: Case) -> Approval | None:
    standing = Approval.objects.filter(kind=KIND, subject=case.id, state=ApprovalState.ASKED, expires_at__gt=now())
    return standing.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class _Weighed:
    doubts: Sequence[Finding]
    loss_fen: int
    fine_fen: int


def _checked_plan(case: Case, plan: Plan) -> _Weighed:
    """What the plan comes to.

    Raises Invalid `decision_outcome_unknown`, `behaviour_unknown`, `behaviour_unverified`, `decision_ratio_wrong`,
    `decision_without_doubt`; Conflict `decision_unheard`.
    """
    if plan["outcome"] not in Case.Outcome.values:
        raise Invalid("decision_outcome_unknown")
    if plan["outcome"] == Case.Outcome.FOR:
        return _Weighed((), 0, 0)
    if case.heard_at is None and not case.hearing_waived:
        raise Conflict("decision_unheard", number=case.name)
    row, ratio = behaviour(plan["behaviour"]), Decimal(plan["ratio"])
    if not row.is_verified:
        raise Invalid("behaviour_unverified", behaviour=row.code)
    if not rules.fits(ratio, row.band):
        low, high = row.band or (0, 0)
        raise Invalid("decision_ratio_wrong", behaviour=row.title, low=str(low), high=str(high))
    doubts = list(case.findings.filter(id__in=plan["upheld"]).order_by("number"))
    if not doubts or len(doubts) != len(plan["upheld"]):
        raise Invalid("decision_without_doubt")
    loss = sum(one.counted_fen for one in doubts)
    return _Weighed(doubts, loss, rules.fine_fen(loss, ratio))


def _lines(plan: Plan) -> list[Line]:
    """Raises as `_checked_plan`; Conflict `inspection_step_wrong`."""
    case = any_case(UUID(plan["case"]))
    if case.state not in {CaseState.HEARD, CaseState.PROPOSED}:
        raise Conflict("inspection_step_wrong", state=case.state, number=case.name)
    found = _checked_plan(case, plan)
    head = [
        Line(_("Institution"), "", f"{name_of(case.provider)} {case.provider}".strip()),
        Line(_("Case %(number)s") % {"number": case.name}, "", _outcome(plan["outcome"])),
    ]
    if plan["outcome"] == Case.Outcome.FOR:
        return [*head, Line(_("Grounds"), "", plan["words"])]
    row = behaviour(plan["behaviour"])
    return [
        *head,
        Line(_("Behaviour"), "", f"{row.title}（{row.article}）"),
        Line(_("Doubts upheld"), "", f"{len(found.doubts)} / {case.findings.count()}"),
        Line(_("Loss to be paid back"), "", format_yuan(found.loss_fen)),
        Line(_("Fine proposed"), "", f"{format_yuan(found.fine_fen)}（{plan['ratio']}×）"),
        Line(_("Grounds"), "", plan["words"]),
    ]


def _outcome(outcome: str) -> str:
    return _("Against the institution") if outcome == Case.Outcome.AGAINST else _("For the institution")


def _lock(plan: Plan) -> None:
    any_case(UUID(plan["case"]), lock=True)


def _decide(plan: Plan, approval: Approval) -> None:
    """The second signature. Raises NotAllowed `decision_by_its_inspector`."""
    case = any_case(UUID(plan["case"]), lock=True)
    require_step(case, "decide")
    signer = approval.decided_by
    if signer is None or case.inspectors.filter(staff=signer).exists():
        raise NotAllowed("decision_by_its_inspector")
    found = _checked_plan(case, plan)
    _write(case, plan, found, approval, signer)
    _settle_findings(case, found.doubts, signer)
    taken = _take_back(case, found.doubts, approval)
    facts = {
        "outcome": case.outcome,
        "loss_fen": case.loss_fen,
        "fine_fen": case.fine_fen,
        "asked_by": str(approval.asker_id),
        "settlements": len(taken),
        "taken_back_fen": sum(one.fen for one in taken),
    }
    note_step(case, "decided", grant_for(signer), facts=facts)
    stop_awaiting(case, grant_for(signer))
    if case.outcome == Case.Outcome.AGAINST:
        scoring().offer(told_to_credit(case, plan["staff"]))


def _write(case: Case, plan: Plan, found: _Weighed, approval: Approval, signer: Staff) -> None:
    is_against = plan["outcome"] == Case.Outcome.AGAINST
    case.outcome, case.behaviour = plan["outcome"], plan["behaviour"] if is_against else ""
    case.state = CaseState.DECIDED if is_against else CaseState.DISMISSED
    case.ratio = Decimal(plan["ratio"]) if is_against else None
    case.loss_fen, case.fine_fen = found.loss_fen, found.fine_fen
    case.proposed_by_id, case.signed_by, case.signed_at = approval.asker_id, signer, now()
    case.sealed_decision = seal_json(
        {"words": plan["words"], "staff": plan["staff"]}, table=_TABLE, row=str(case.id), field="decision"
    )
    case.save()


def _settle_findings(case: Case, upheld: Sequence[Finding], signer: Staff) -> None:
    stands = {one.pk for one in upheld}
    for one in case.findings.select_for_update():
        one.state = FindingState.UPHELD if one.pk in stands else FindingState.CLEARED
        one.upheld_fen = one.counted_fen if one.pk in stands else 0
        one.decided_by, one.decided_at = signer, now()
        one.save(update_fields=["state", "upheld_fen", "decided_by", "decided_at"])
    count_money(case.findings.values_list("lines__line", flat=True).filter(lines__isnull=False))


def _take_back(case: Case, upheld: Sequence[Finding], approval: Approval) -> list[Changed]:
    amounts: Counter[int] = Counter()
    for one in upheld:
        if one.claim is not None and one.counted_fen:
            amounts[one.claim] += one.counted_fen
    return take_back(approval=approval, amounts=amounts, decision=case.name)


def told_to_credit(case: Case, staff: Sequence[str]) -> Decided:
    row = behaviour(case.behaviour)
    return Decided(
        case=case.name,
        case_id=case.id,
        provider=case.provider,
        behaviour=row.code,
        article=row.article,
        staff=tuple(staff),
        decided_on=(case.signed_at or now()).astimezone(CHINA).date(),
    )


def staff_of(case: Case) -> list[str]:
    """Whom the decision named to the credit archive."""
    return list(_decision(case).get("staff", ()))


def decision_words(case: Case) -> str:
    return str(_decision(case).get("words", ""))


def _decision(case: Case) -> dict[str, Any]:
    if case.sealed_decision is None:
        return {}
    opened: dict[str, Any] = open_json(bytes(case.sealed_decision), table=_TABLE, row=str(case.id), field="decision")
    return opened


def doctors_of(case: Case) -> list[str]:
    """Codes of doctors whom the doubts name."""
    return sorted(set(case.findings.exclude(doctor="").values_list("doctor", flat=True)))


def loss_of(case: Case) -> int:
    return int(case.findings.aggregate(fen=Sum("counted_fen"))["fen"] or 0)
