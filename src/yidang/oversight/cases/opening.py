"""A case begins: confirmed doubts about one institution, two inspectors, a hold on the records it rests on."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from yidang.claims.models import Evidence
from yidang.holdings.models import Hold, Item
from yidang.identity.models import Staff
from yidang.identity.policy import SYSTEM, Grant, Permission, grant_for
from yidang.identity.reach import acting
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid
from yidang.oversight.cases.models import Case, CaseItem, Inspector
from yidang.oversight.cases.rules import LEAST_INSPECTORS
from yidang.oversight.cases.steps import address_of, note_step
from yidang.oversight.desk.models import Finding, FindingState
from yidang.workflow.operations import notify

ROOM, HOLD = "oversight", "inspection"
NOTICE = "inspection_opened"
_MAY = (FindingState.CONFIRMED, FindingState.NEEDS_PAPERS)


@transaction.atomic
def open_case(*, grant: Grant, findings: Sequence[UUID], inspectors: Sequence[UUID]) -> Case:
    """Whoever opens it is one of its inspectors.

    Raises Invalid `inspection_without_doubt`, `inspectors_too_few`; Conflict `doubts_of_several`, `doubt_in_case`.
    """
    grant.require(Permission.REVIEW_FINDINGS)
    doubts = _doubts(findings)
    team = _team(grant, inspectors)
    case = Case.objects.create(provider=doubts[0].provider, opened_by_id=grant.person, opened_at=now())
    Inspector.objects.bulk_create([Inspector(case=case, staff=one) for one in team])
    Finding.objects.filter(pk__in=[one.pk for one in doubts]).update(case=case)
    held = _hold_evidence(case, doubts)
    facts = {"provider": case.provider, "doubts": [one.name for one in doubts], "held": held}
    note_step(case, "opened", grant, facts=facts)
    others = [one.pk for one in team if one.pk != grant.staff_id]
    notify(kind=NOTICE, to=others, facts={"number": case.name}, subject_url=address_of(case))
    return case


def _doubts(wanted: Sequence[UUID]) -> list[Finding]:
    found = list(Finding.objects.select_for_update(of=("self",)).filter(id__in=wanted).order_by("number"))
    if not found or len(found) != len(set(wanted)):
        raise Invalid("inspection_without_doubt")
    if any(one.case_id or one.state not in _MAY for one in found):
        raise Conflict("doubt_in_case")
    if len({one.provider for one in found}) > 1 or not found[0].provider:
        raise Conflict("doubts_of_several")
    return found


def _team(grant: Grant, wanted: Sequence[UUID]) -> list[Staff]:
    people = Staff.objects.filter(pk__in={*wanted, grant.person}, is_active=True)
    able = [one for one in people if grant_for(one).allows(Permission.REVIEW_FINDINGS)]
    if len(able) < LEAST_INSPECTORS:
        raise Invalid("inspectors_too_few", least=LEAST_INSPECTORS)
    return able


def possible_inspectors() -> list[Staff]:
    people = Staff.objects.filter(is_active=True, duty="records").order_by("display_name")
    return [one for one in people if grant_for(one).allows(Permission.REVIEW_FINDINGS)]


def _hold_evidence(case: Case, doubts: Sequence[Finding]) -> int:
    """What proves the case is neither destroyed nor moved while it is open."""
    claims = [one.claim for one in doubts if one.claim is not None]
    linked = set(Evidence.objects.filter(settlement__in=claims).values_list("item", flat=True))
    items = _hold(case, linked)
    CaseItem.objects.bulk_create([CaseItem(case=case, item=one) for one in items])
    return len(items)


def hold_again(case: Case) -> None:
    """Of a closed case that opens anew; what has been destroyed since is nobody's to hold."""
    _hold(case, set(case.evidence.values_list("item", flat=True)))


def _hold(case: Case, wanted: Collection[UUID]) -> list[UUID]:
    with acting(SYSTEM):
        items = list(Item.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        rows = [Hold(item_id=one, room=ROOM, reason_code=HOLD, placed_at=now(), reference=case.id) for one in items]
        Hold.objects.bulk_create(rows)
    return items


def lift_holds(case: Case) -> None:
    with acting(SYSTEM):
        Hold.objects.filter(room=ROOM, reference=case.id).delete()
