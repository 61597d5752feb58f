"""销毁清册: drawn, put on record with the department, approved by the head, witnessed by two, or withdrawn."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.disposition import rules
from yidang.disposition.blockers import blockers
from yidang.disposition.models import Appraisal, Candidate, Choice, DestructionList, ListItem, ListState, Witness
from yidang.disposition.people import are_able
from yidang.disposition.states import state_of
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import lock_for_end
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, open_task

TASK = "witness_destruction"
_SEES_ALL = (Permission.LIST_DESTRUCTION, Permission.APPROVE_DESTRUCTION)


@transaction.atomic
def draw(grant: Grant, *, appraisal_id: UUID, witnesses: Sequence[UUID], wait_days: int) -> DestructionList:
    """A list of what the group found to be destroyed and nothing stands against.

    Raises:
        Conflict: `appraisal_not_reported`, `list_nothing_to_destroy`.
        Invalid: `list_witnesses_wrong`, `list_wait_wrong`.
    """
    grant.require(Permission.LIST_DESTRUCTION)
    drawer = grant.person
    _check(witnesses, drawer, wait_days)
    appraisal = Appraisal.objects.select_for_update().filter(id=appraisal_id).first()
    if appraisal is None:
        raise NotFound("appraisal_not_found")
    if appraisal.state != Appraisal.State.REPORTED:
        raise Conflict("appraisal_not_reported", number=appraisal.name)
    rows = _destroyable(appraisal)
    if not rows:
        raise Conflict("list_nothing_to_destroy", number=appraisal.name)
    made = DestructionList.objects.create(
        appraisal=appraisal, drawn_by_id=drawer, drawn_at=clock.now(), wait_days=wait_days
    )
    lines = [ListItem(list=made, candidate=row, ordinal=ordinal) for ordinal, row in enumerate(rows, start=1)]
    ListItem.objects.bulk_create(lines, batch_size=1000)
    Witness.objects.bulk_create([Witness(list=made, staff_id=one) for one in witnesses])
    facts = {"number": made.name, "appraisal": appraisal.name, "codes": [row.reference_code for row in rows]}
    append(action="destruction.listed", actor=grant.actor, subject=made.id, facts=facts)
    return made


def _check(witnesses: Sequence[UUID], drawer: UUID, wait_days: int) -> None:
    named = set(witnesses)
    if len(named) < rules.LEAST_WITNESSES or drawer in named or not are_able(named, Permission.WITNESS_DESTRUCTION):
        raise Invalid("list_witnesses_wrong")
    if not rules.SHORTEST_WAIT <= wait_days <= rules.LONGEST_WAIT:
        raise Invalid("list_wait_wrong", shortest=rules.SHORTEST_WAIT, longest=rules.LONGEST_WAIT)


def _destroyable(appraisal: Appraisal) -> list[Candidate]:
    """What a blocker stands against stays with the group: once it is gone, another list takes it up."""
    rows = list(unlisted(appraisal))
    locked = lock_for_end([row.item for row in rows])
    against = blockers(locked)
    free = {item.pk for item in locked} - against.keys()
    return [row for row in rows if row.item in free]


def unlisted(appraisal: Appraisal) -> QuerySet[Candidate]:
    """What is to be destroyed and stands on no list that is still valid."""
    listed = ListItem.objects.exclude(list__state=ListState.WITHDRAWN).values("candidate")
    return appraisal.candidates.filter(outcome=Choice.DESTROY, is_open=True).exclude(pk__in=listed)


def against(appraisal: Appraisal) -> list[tuple[Candidate, str]]:
    """Those the group wants destroyed, and what stands against it at this moment: told, so nothing is locked."""
    rows = list(appraisal.candidates.filter(outcome=Choice.DESTROY, is_open=True))
    standing = Item.objects.filter(pk__in=[row.item for row in rows], state=ItemState.FILED).select_related("series")
    found = blockers(list(standing))
    return [(row, found[row.item]) for row in rows if row.item in found]


def lists_of(grant: Grant) -> QuerySet[DestructionList]:
    """All, to who draws or approves them; to a witness those that name the person."""
    found = DestructionList.objects.select_related("appraisal", "drawn_by", "approved_by").order_by("-number")
    if any(grant.allows(one) for one in _SEES_ALL):
        return found
    return found.filter(witnesses__staff=grant.staff_id)


def find(grant: Grant, list_id: UUID) -> DestructionList:
    """Raises NotFound: `list_not_found`."""
    found = lists_of(grant).filter(id=list_id).first()
    if found is None:
        raise NotFound("list_not_found")
    return found


def locked(list_id: UUID) -> DestructionList:
    """Raises NotFound: `list_not_found`."""
    found = DestructionList.objects.select_for_update().filter(id=list_id).first()
    if found is None:
        raise NotFound("list_not_found")
    return found


@transaction.atomic
def put_on_record(grant: Grant, *, list_id: UUID, office: str, number: str, on: date) -> None:
    """备案 with the administrative department of the same level. Raises Invalid: `filing_words_missing`."""
    found = locked(list_id)
    state_of(found).require("put_on_record", grant)
    if not office.strip() or not number.strip() or on > clock.today():
        raise Invalid("filing_words_missing")
    found.filed_with, found.filing_number, found.filed_on = office.strip()[:80], number.strip()[:80], on
    found.filed_by_id, found.state = grant.person, ListState.ON_RECORD
    found.save()
    facts = {"number": found.name, "filing": found.filing_number, "on": on.isoformat()}
    append(action="destruction.filed", actor=grant.actor, subject=found.id, facts=facts)


@transaction.atomic
def approve(*, list_id: UUID, approved_by: UUID, grant: Grant) -> None:
    """Carried out by the approval of the head; the waiting period begins. Raises Conflict: `list_step_wrong`."""
    found = locked(list_id)
    state_of(found).require("approve", grant)
    found.state, found.approved_by_id, found.approved_at = ListState.WAITING, approved_by, clock.now()
    found.not_before = clock.today() + timedelta(days=found.wait_days)
    found.save()
    facts = {"number": found.name, "not_before": found.not_before.isoformat()}
    append(action="destruction.approved", actor=str(approved_by), subject=found.id, facts=facts)
    for witness in found.witnesses.all():
        open_task(
            grant=grant,
            kind=TASK,
            assignee=witness.staff_id,
            subject=found.id,
            subject_url=f"/disposition/lists/{found.id}/",
            number=found.name,
            due_on=found.not_before,
        )


@transaction.atomic
def witness(grant: Grant, *, list_id: UUID, second_factor_fresh: bool) -> None:
    """A witness is there and signs; with the last signature the list may be carried out.

    Raises:
        NotAllowed: `not_a_witness`, `second_factor_needed`.
        Conflict: `list_step_wrong`, `list_waits`, `already_signed`.
    """
    found = locked(list_id)
    state_of(found).require("witness", grant)
    row = found.witnesses.filter(staff=grant.staff_id).first()
    if row is None:
        raise NotAllowed("not_a_witness")
    if row.signed_at:
        raise Conflict("already_signed", number=found.name)
    require_waited(found)
    if not second_factor_fresh:
        raise NotAllowed("second_factor_needed")
    row.signed_at = clock.now()
    row.save()
    append(action="destruction.witnessed", actor=grant.actor, subject=found.id, facts={"number": found.name})
    if not found.witnesses.filter(signed_at__isnull=True).exists():
        found.state = ListState.WITNESSED
        found.save()
        close_tasks(kind=TASK, subject=found.id, actor=grant.actor)


def require_waited(found: DestructionList) -> None:
    """Raises Conflict: `list_waits`."""
    if found.not_before is None or clock.today() < found.not_before:
        raise Conflict("list_waits", until=str(found.not_before))


@transaction.atomic
def withdraw(grant: Grant, *, list_id: UUID) -> None:
    """Nothing is destroyed; its items may stand on another list. Raises Conflict: `list_step_wrong`."""
    grant.require(Permission.LIST_DESTRUCTION)
    found = locked(list_id)
    if not state_of(found).can_be_withdrawn:
        raise Conflict("list_step_wrong", state=found.state)
    found.state = ListState.WITHDRAWN
    found.save()
    close_tasks(kind=TASK, subject=found.id, actor=grant.actor)
    append(action="destruction.withdrawn", actor=grant.actor, subject=found.id, facts={"number": found.name})
