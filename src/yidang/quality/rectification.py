"""Rectification 整改: opened, cure handed in, accepted or returned, closed. Each step is one row of the ledger."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.crypto.fields import open_field, open_json, seal_field, seal_json
from yidang.identity.models import Staff
from yidang.identity.policy import SYSTEM, Grant, Permission, grant_for
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.quality.models import Case, CaseState, CaseStep
from yidang.quality.thresholds import CURE_DAYS, value_of
from yidang.workflow.operations import close_tasks, meet_deadline, notify, open_task, set_deadline

KINDS = ("filing_rate", "error_rate", "finding", "overdue", "other")
DUE = "rectification_due"
TASK = "rectify"
LONGEST = 2000
LARGEST = 4 * 1024 * 1024
_MEDIA = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
_TABLE = "quality_case_step"

# From which states a step leads on.
_FROM = {
    "hand_in": (CaseState.OPENED, CaseState.RETURNED),
    "accept": (CaseState.CURE,),
    "give_back": (CaseState.CURE,),
    "close": (CaseState.ACCEPTED,),
    "reassign": (CaseState.OPENED, CaseState.RETURNED),
}


def usual_deadline() -> date:
    return clock.today() + timedelta(days=int(value_of(CURE_DAYS)))


@transaction.atomic
def open_case(
    *,
    kind: str,
    subject: str,
    owner: UUID,
    deadline: date,
    facts: Mapping[str, Any],
    url: str = "",
    grant: Grant = SYSTEM,
) -> Case:
    """One open case of a kind about one thing: asked for again, it is the one that stands.

    `subject`, `facts` and `url` (the list behind it) stand in clear and name nobody but institutions.
    Raises Invalid: `case_words_missing`, `case_owner_wrong`.
    """
    grant.require(Permission.ACCEPT_CURES)
    if kind not in KINDS or not subject.strip() or deadline < clock.today():
        raise Invalid("case_words_missing")
    standing = Case.objects.select_for_update().filter(kind=kind, subject=subject[:120], closed_at__isnull=True).first()
    if standing is not None:
        return standing
    case = Case.objects.create(
        kind=kind,
        subject=subject[:120],
        facts=dict(facts),
        url=url,
        owner=_owner(owner),
        deadline=deadline,
        opened_by=grant.actor,
        opened_at=clock.now(),
    )
    told = {"kind": kind, "about": case.subject, "deadline": deadline.isoformat(), "owner": str(owner)}
    _step(case, "opened", grant, facts=told | dict(facts))
    _give(case, grant)
    return case


def _owner(owner: UUID) -> Staff:
    found = Staff.objects.filter(pk=owner, is_active=True).first()
    if found is None or not grant_for(found).allows(Permission.RECTIFY):
        raise Invalid("case_owner_wrong")
    return found


def _give(case: Case, grant: Grant) -> None:
    url = _url(case)
    open_task(grant=grant, kind=TASK, subject_url=url, assignee=case.owner_id, subject=case.id, number=case.name)
    set_deadline(
        kind=DUE, due_on=case.deadline, subject_url=url, subject=case.id, number=case.name, assignee=case.owner_id
    )


def _url(case: Case) -> str:
    return f"/quality/cases/{case.id}/"


def _take_back(case: Case, actor: str) -> None:
    close_tasks(kind=TASK, subject=case.id, actor=actor)
    meet_deadline(kind=DUE, subject=case.id)


@transaction.atomic
def reassign(*, grant: Grant, case_id: UUID, owner: UUID, deadline: date) -> Case:
    """Raises Conflict: `case_step_wrong`. Invalid: `case_owner_wrong`, `case_words_missing`."""
    grant.require(Permission.ACCEPT_CURES)
    case = _at(case_id, "reassign")
    if deadline < clock.today():
        raise Invalid("case_words_missing")
    case.owner, case.deadline = _owner(owner), deadline
    case.save()
    _step(case, "reassigned", grant, facts={"owner": str(owner), "deadline": deadline.isoformat()})
    _take_back(case, grant.actor)
    _give(case, grant)
    return case


@transaction.atomic
def hand_in_cure(*, grant: Grant, case_id: UUID, words: str, file: bytes = b"") -> Case:
    """By the owner, with evidence. Raises NotAllowed: `case_of_another`. Conflict: `case_step_wrong`.

    Invalid: `case_words_missing`, `case_file_wrong` (PDF, JPEG or PNG up to 4 MiB).
    """
    grant.require(Permission.RECTIFY)
    case = _at(case_id, "hand_in")
    if case.owner_id != grant.staff_id:
        raise NotAllowed("case_of_another")
    case.state = CaseState.CURE
    case.save()
    _step(case, "cure_handed_in", grant, words=_needed(words), file=file)
    _take_back(case, grant.actor)
    notify(
        kind="cure_handed_in",
        permission=Permission.ACCEPT_CURES,
        facts={"number": case.name},
        subject_url=_url(case),
        not_for=case.owner_id,
    )
    return case


@transaction.atomic
def accept_cure(*, grant: Grant, case_id: UUID, words: str) -> Case:
    """Raises NotAllowed: `case_own_cure`. Conflict: `case_step_wrong`. Invalid: `case_words_missing`."""
    case = _judged(grant, case_id, "accept")
    case.state, case.accepted_by_id = CaseState.ACCEPTED, grant.staff_id
    case.save()
    _step(case, "cure_accepted", grant, words=_needed(words))
    _tell(case, "cure_accepted")
    return case


@transaction.atomic
def give_back(*, grant: Grant, case_id: UUID, words: str, deadline: date) -> Case:
    """Not enough: the owner has it again, until a new day. Raises as `accept_cure`."""
    case = _judged(grant, case_id, "give_back")
    if deadline < clock.today():
        raise Invalid("case_words_missing")
    case.state, case.deadline = CaseState.RETURNED, deadline
    case.save()
    _step(case, "cure_returned", grant, words=_needed(words), facts={"deadline": deadline.isoformat()})
    _tell(case, "cure_returned")
    _give(case, grant)
    return case


@transaction.atomic
def close(*, grant: Grant, case_id: UUID) -> Case:
    """Raises Conflict: `case_step_wrong`."""
    grant.require(Permission.ACCEPT_CURES)
    case = _at(case_id, "close")
    case.state, case.closed_at = CaseState.CLOSED, clock.now()
    case.save()
    _step(case, "closed", grant)
    return case


def _judged(grant: Grant, case_id: UUID, step: str) -> Case:
    grant.require(Permission.ACCEPT_CURES)
    case = _at(case_id, step)
    if grant.staff_id in {None, case.owner_id}:
        raise NotAllowed("case_own_cure")
    return case


def _at(case_id: UUID, step: str) -> Case:
    case = Case.objects.select_for_update().filter(id=case_id).first()
    if case is None:
        raise NotFound("rectification_not_found")
    if case.state not in _FROM[step]:
        raise Conflict("case_step_wrong", state=case.state)
    return case


def _needed(words: str) -> str:
    if not words.strip():
        raise Invalid("case_words_missing")
    return words.strip()[:LONGEST]


def _tell(case: Case, kind: str) -> None:
    notify(kind=kind, to=[case.owner_id], facts={"number": case.name}, subject_url=_url(case))


def _step(
    case: Case, step: str, grant: Grant, *, words: str = "", file: bytes = b"", facts: Mapping[str, Any] | None = None
) -> None:
    made = CaseStep(case=case, step=step, by_id=grant.staff_id, at=clock.now())
    if words:
        made.sealed_words = seal_json(words, table=_TABLE, row=str(made.id), field="words")
    if file:
        made.media_type = _media_type(file)
        made.sealed_file = seal_field(file, table=_TABLE, row=str(made.id), field="file")
    made.save()
    private = {"words": words} if words else None
    append(
        action=f"rectification.{step}",
        actor=grant.actor,
        subject=case.id,
        facts={"number": case.name, **(facts or {}), **({"file": made.media_type} if file else {})},
        private=private,
    )


def _media_type(file: bytes) -> str:
    found = next((media for magic, media in _MEDIA.items() if file.startswith(magic)), "")
    if not found or len(file) > LARGEST:
        raise Invalid("case_file_wrong")
    return found


def words_of(step: CaseStep) -> str:
    if step.sealed_words is None:
        return ""
    return str(open_json(bytes(step.sealed_words), table=_TABLE, row=str(step.id), field="words"))


@transaction.atomic
def file_of(grant: Grant, case_id: UUID, step_id: UUID) -> tuple[bytes, str]:
    """Raises NotFound: `rectification_not_found`."""
    grant.require(Permission.SEE_QUALITY)
    step = CaseStep.objects.select_related("case").filter(pk=step_id, case__id=case_id).first()
    if step is None or step.sealed_file is None:
        raise NotFound("rectification_not_found")
    append(action="rectification.evidence_shown", actor=grant.actor, subject=case_id, facts={"number": step.case.name})
    return open_field(bytes(step.sealed_file), table=_TABLE, row=str(step.id), field="file"), step.media_type


def cases(grant: Grant, *, show: str = "open") -> QuerySet[Case]:
    """`show`: open, mine, late, closed. What comes due first stands first."""
    grant.require(Permission.SEE_QUALITY)
    found = Case.objects.select_related("owner", "accepted_by").order_by("deadline", "number")
    if show == "closed":
        return found.filter(closed_at__isnull=False).order_by("-closed_at")
    standing = found.filter(closed_at__isnull=True)
    if show == "mine":
        return standing.filter(owner=grant.staff_id)
    return standing.filter(deadline__lt=clock.today()) if show == "late" else standing


def find_case(grant: Grant, case_id: UUID) -> Case:
    """Raises NotFound: `rectification_not_found`."""
    grant.require(Permission.SEE_QUALITY)
    found = Case.objects.select_related("owner", "accepted_by").filter(id=case_id).first()
    if found is None:
        raise NotFound("rectification_not_found")
    return found


def is_late(case: Case) -> bool:
    return case.closed_at is None and case.state != CaseState.ACCEPTED and case.deadline < clock.today()


def possible_owners() -> list[Staff]:
    staff = Staff.objects.filter(is_active=True, duty="records").order_by("display_name")
    return [one for one in staff if grant_for(one).allows(Permission.RECTIFY)]


def owner_for(department: str | None) -> UUID:
    """Who answers for a section: its head, else an archivist, by name. Raises Conflict: `case_nobody`."""
    known = possible_owners()
    grants = {one.pk: grant_for(one) for one in known}
    heads = [one for one in known if department and department in (grants[one.pk].departments or ())]
    archivists = [one for one in known if grants[one.pk].departments is None]
    for one in (*heads, *archivists, *known):
        return one.pk
    raise Conflict("case_nobody")
