"""What all steps of a case share: finding it, its state, its chronicle, who carries it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.models import Role, Staff
from yidang.identity.policy import Grant, Permission
from yidang.identity.posts import in_force
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.oversight.cases import rules
from yidang.oversight.cases.models import Case, CaseStep

LONGEST = 4000


def find_case(grant: Grant, case_id: UUID, *, lock: bool = False) -> Case:
    """Raises NotFound `inspection_not_found`."""
    grant.require(Permission.SEE_OVERSIGHT)
    return any_case(case_id, lock=lock)


def any_case(case_id: UUID, *, lock: bool = False) -> Case:
    rows = Case.objects.select_for_update(of=("self",)) if lock else Case.objects
    found = rows.select_related("opened_by", "proposed_by", "signed_by").filter(id=case_id).first()
    if found is None:
        raise NotFound("inspection_not_found")
    return found


def carried(grant: Grant, case_id: UUID, step: str) -> Case:
    """Locked, for one of its inspectors, at that step.

    Raises NotAllowed `inspection_of_others`; Conflict `inspection_step_wrong`.
    """
    grant.require(Permission.REVIEW_FINDINGS)
    case = find_case(grant, case_id, lock=True)
    if not case.inspectors.filter(staff=grant.person).exists():
        raise NotAllowed("inspection_of_others")
    require_step(case, step)
    return case


def require_step(case: Case, step: str) -> None:
    if not rules.allows(step, case.state):
        raise Conflict("inspection_step_wrong", state=case.state, number=case.name)


def note_step(
    case: Case, step: str, grant: Grant, *, words: str = "", facts: Mapping[str, Any] | None = None
) -> CaseStep:
    """In the chronicle and in the ledger."""
    made = CaseStep(case=case, step=step, by_id=grant.staff_id, at=now())
    if words.strip():
        made.sealed_words = seal_json(checked(words), table="oversight_case_step", row=str(made.id), field="words")
    made.save()
    append(
        action=f"inspection.{step}",
        actor=grant.actor,
        subject=case.id,
        facts={"number": case.name, **(facts or {})},
        private={"words": checked(words)} if words.strip() else None,
    )
    return made


def words_of(step: CaseStep) -> str:
    if step.sealed_words is None:
        return ""
    return str(open_json(bytes(step.sealed_words), table="oversight_case_step", row=str(step.id), field="words"))


def checked(words: str) -> str:
    """Raises Invalid `inspection_words_missing`."""
    if not words.strip():
        raise Invalid("inspection_words_missing")
    return words.strip()[:LONGEST]


def clerks_of(provider: str) -> list[Staff]:
    """Who answers for the institution."""
    posts = in_force().filter(role=Role.INSTITUTION_CLERK, department=provider).values("staff")
    return list(Staff.objects.filter(pk__in=posts, is_active=True))


def address_of(case: Case) -> str:
    return f"/oversight/cases/{case.id}/"
