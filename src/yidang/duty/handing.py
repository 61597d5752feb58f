"""What a person leaves behind: drawn up from what is open in their name, signed by giver and taker."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yidang.disposition.models import Appraisal, DestructionList, HoldOrder, ListState
from yidang.duty.models import HandOver, Incident, Responsibility
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import Accession
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.models import Approval, ApprovalState, Task
from yidang.workflow.operations import notify

Line = tuple[str, str, str]  # kind, number people know it by, id
Source = Callable[[Staff], Iterable[Line]]
NOTICE = "hand_over"
_ENDED = (ListState.DESTROYED, ListState.WITHDRAWN)


def open_work(staff: Staff) -> list[dict[str, str]]:
    """Everything that waits for this person or stands in their name."""
    lines = (line for source in SOURCES for line in source(staff))
    return [{"kind": kind, "number": number, "subject": subject} for kind, number, subject in lines]


def _tasks(staff: Staff) -> Iterator[Line]:
    for task in Task.objects.filter(assignee=staff, closed_at__isnull=True).order_by("opened_at"):
        yield "task", task.number, str(task.id)


def _approvals(staff: Staff) -> Iterator[Line]:
    for one in Approval.objects.filter(asker=staff, state=ApprovalState.ASKED).order_by("number"):
        yield "approval", str(one.number), str(one.id)


def _accessions(staff: Staff) -> Iterator[Line]:
    unfinished = Accession.objects.filter(actor=str(staff.id)).exclude(state="done").order_by("opened_at")
    for one in unfinished:
        yield "accession", one.number, str(one.id)


def _appraisals(staff: Staff) -> Iterator[Line]:
    for one in Appraisal.objects.filter(opened_by=staff, state=Appraisal.State.OPEN):
        yield "appraisal", one.name, str(one.id)
    for drawn in DestructionList.objects.filter(drawn_by=staff).exclude(state__in=_ENDED):
        yield "destruction_list", drawn.name, str(drawn.id)


def _holds(staff: Staff) -> Iterator[Line]:
    for one in HoldOrder.objects.filter(placed_by=staff, lifted_at__isnull=True):
        yield "hold", one.name, str(one.id)


def _duties(staff: Staff) -> Iterator[Line]:
    for one in Responsibility.objects.filter(staff=staff, until__isnull=True):
        yield "duty", one.duty, str(one.id)


def _incidents(staff: Staff) -> Iterator[Line]:
    for one in Incident.objects.filter(reported_by=staff, closed_at__isnull=True):
        yield "incident", one.name, str(one.id)


SOURCES: tuple[Source, ...] = (_tasks, _approvals, _accessions, _appraisals, _holds, _duties, _incidents)


@transaction.atomic
def draw(*, grant: Grant, giver_id: UUID, taker_id: UUID) -> HandOver:
    """The list as it stands now. Raises NotFound `staff_not_found`, Invalid `hand_over_to_oneself`."""
    grant.require(Permission.KEEP_DUTIES)
    if giver_id == taker_id:
        raise Invalid("hand_over_to_oneself")
    giver, taker = _person(giver_id), _person(taker_id)
    made = HandOver.objects.create(
        giver=giver, taker=taker, lines=open_work(giver), drawn_by_id=grant.person, drawn_at=now()
    )
    facts = {"number": made.name, "to": str(taker.id), "lines": len(made.lines)}
    append(action="hand_over.drawn", actor=grant.actor, subject=giver.id, facts=facts)
    address = f"/duty/hand-overs/{made.id}/"
    notify(to=[giver.id, taker.id], kind=NOTICE, subject_url=address, facts={"number": made.name})
    return made


@transaction.atomic
def sign(*, grant: Grant, hand_over_id: UUID) -> HandOver:
    """By giver or taker, each for oneself.

    Raises NotFound `hand_over_not_found`, NotAllowed `hand_over_of_others`, Conflict `hand_over_signed`.
    """
    found = HandOver.objects.select_for_update().filter(id=hand_over_id).first()
    if found is None:
        raise NotFound("hand_over_not_found")
    part = {found.giver_id: "given_at", found.taker_id: "taken_at"}.get(grant.person)
    if part is None:
        raise NotAllowed("hand_over_of_others")
    if getattr(found, part) is not None:
        raise Conflict("hand_over_signed")
    setattr(found, part, now())
    found.save(update_fields=[part])
    facts = {"number": found.name, "as": "giver" if part == "given_at" else "taker"}
    append(action="hand_over.signed", actor=grant.actor, subject=found.giver_id, facts=facts)
    return found


def hand_overs(grant: Grant) -> QuerySet[HandOver]:
    """All for who keeps duties; else one's own."""
    found = HandOver.objects.select_related("giver", "taker").order_by("-number")
    if grant.allows(Permission.KEEP_DUTIES):
        return found
    return found.filter(Q(giver=grant.staff_id) | Q(taker=grant.staff_id))


def hand_over_for(grant: Grant, hand_over_id: UUID) -> HandOver:
    """Raises NotFound `hand_over_not_found`."""
    found = hand_overs(grant).filter(id=hand_over_id).first()
    if found is None:
        raise NotFound("hand_over_not_found")
    return found


def _person(staff_id: UUID) -> Staff:
    found = Staff.objects.filter(pk=staff_id).first()
    if found is None:
        raise NotFound("staff_not_found")
    return found
