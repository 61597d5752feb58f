"""Which cases there are, and one case with everything that was said in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Q, QuerySet

from yidang.holdings.models import Item
from yidang.identity.given import Moment, records
from yidang.identity.models import Role, Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.identity.posts import in_force
from yidang.identity.reach import acting
from yidang.kernel.clock import today
from yidang.ledger.operations import append
from yidang.oversight.cases import deciding, overturning, papers, recovering, steps
from yidang.oversight.cases.models import Case, CaseFile, CaseItem, CaseState, CaseStep, PaperRequest
from yidang.oversight.desk.models import Finding
from yidang.oversight.institutions import name_of
from yidang.oversight.tables import Behaviour, behaviours
from yidang.workflow.models import Approval

PURPOSE = "inspection"
CLOSED = (CaseState.CLOSED,)


@dataclass(frozen=True, slots=True)
class Asked:
    request: PaperRequest
    words: str
    answer: str
    files: Sequence[tuple[CaseFile, str]]

    @property
    def is_late(self) -> bool:
        return self.request.answered_at is None and self.request.answer_by < today()


@dataclass(frozen=True, slots=True)
class Account:
    case: Case
    institution: str
    team: Sequence[Staff]
    findings: Sequence[Finding]
    asked: Sequence[Asked]
    steps: Sequence[tuple[CaseStep, str]]
    items: Sequence[Item]
    filed: Sequence[Item]
    behaviour: Behaviour | None
    decision: str
    recovery: recovering.Recovery
    approval: Approval | None
    falling: Approval | None


def cases(grant: Grant, *, show: str = "open") -> QuerySet[Case]:
    """`show`: open, mine, closed."""
    grant.require(Permission.SEE_OVERSIGHT)
    rows = Case.objects.select_related("opened_by", "signed_by").order_by("-number")
    if show == "closed":
        return rows.filter(state__in=CLOSED)
    rows = rows.exclude(state__in=CLOSED)
    return rows.filter(inspectors__staff=grant.staff_id) if show == "mine" else rows


@transaction.atomic
def account_of(grant: Grant, case_id: UUID) -> Account:
    """Raises NotFound `inspection_not_found`."""
    case = steps.find_case(grant, case_id)
    append(action="inspection.shown", actor=grant.actor, subject=case.id, facts={"number": case.name})
    return Account(
        case=case,
        institution=name_of(case.provider),
        team=[one.staff for one in case.inspectors.select_related("staff")],
        findings=list(case.findings.select_related("case").order_by("number")),
        asked=[_asked(one) for one in case.requests.order_by("number").prefetch_related("files")],
        steps=[(one, steps.words_of(one)) for one in case.steps.select_related("by").order_by("at")],
        items=_visible(grant, Q(pk__in=case.evidence.values_list("item", flat=True))),
        filed=_visible(grant, Q(accession=case.accession)) if case.accession else [],
        behaviour=behaviours().get(case.behaviour),
        decision=deciding.decision_words(case),
        recovery=recovering.recovery_of(case),
        approval=deciding.waiting_approval(case),
        falling=overturning.waiting_approval(case),
    )


def _asked(one: PaperRequest) -> Asked:
    files = [(file, papers.name_of(file)) for file in one.files.all()]
    return Asked(one, papers.asked_words(one), papers.answer_words(one), files)


def _visible(grant: Grant, wanted: Q) -> list[Item]:
    from yidang.holdings.visibility import visible_items

    if grant.staff_id is None:
        return []
    reader = grant_for(Staff.objects.get(pk=grant.staff_id))
    with acting(reader):
        return list(visible_items(reader).filter(wanted).order_by("reference_code"))


def given_to(staff_id: UUID, moment: Moment) -> QuerySet[Any, Any]:
    """Records of open cases: to their inspectors, and to signers while a decision waits."""
    open_cases = Case.objects.exclude(state__in=CLOSED)
    signs = Exists(in_force(moment.today).filter(staff=staff_id, role=Role.DECISION_SIGNER))
    to_sign = open_cases.filter(signs, state=CaseState.PROPOSED)
    own = open_cases.filter(inspectors__staff=staff_id)
    about = Q(case__in=own.values("pk")) | Q(case__in=to_sign.values("pk"))
    return records(CaseItem.objects.filter(about), purpose=PURPOSE)
