"""Open sessions: how many one person may have, when they end by themselves, and who ends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yidang.crypto.fields import blind_index, open_json, seal_json
from yidang.identity.appointing import locked_staff
from yidang.identity.models import Staff, Visit
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append

_TOUCH_EVERY = timedelta(minutes=1)
_AGENT_LENGTH = 300
# A session seen later than now: the clock was set back, and nobody knows any more how long it has been idle.
CLOCK_DRIFT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Device:
    agent: str
    address: str

    @property
    def key(self) -> bytes:
        return blind_index("visit_device", f"{self.address}\n{self.agent}")


@transaction.atomic
def begin(*, staff: Staff, device: Device, means: str) -> Visit:
    """The person is in; the oldest session gives way when there are too many."""
    locked_staff(staff.id)
    moment = now()
    visit_id = uuid4()
    seen = {"agent": device.agent[:_AGENT_LENGTH], "address": device.address}
    visit = Visit.objects.create(
        id=visit_id,
        staff=staff,
        device=device.key,
        sealed=seal_json(seen, table="identity_visit", row=str(visit_id), field="sealed"),
        means=means,
        began_at=moment,
        seen_at=moment,
    )
    append(
        action="staff.signed_in", actor=str(staff.id), subject=staff.id, facts={"means": means, "visit": str(visit.id)}
    )
    limit = settings.YIDANG.sessions_per_person
    if limit:
        for older in open_visits(staff.id)[limit:]:
            _end(older, "crowded", str(staff.id))
    return visit


def open_visits(staff_id: UUID) -> QuerySet[Visit]:
    """The newest first."""
    moment = now()
    seen, began = (moment - _idle(), moment + CLOCK_DRIFT), (moment - _longest(), moment + CLOCK_DRIFT)
    visits = Visit.objects.filter(staff=staff_id, ended_at=None, seen_at__range=seen, began_at__range=began)
    return visits.order_by("-began_at")


def elsewhere(visit: Visit) -> list[Visit]:
    """Open sessions of the same person at another device: one of the two may not be the person."""
    return [other for other in open_visits(visit.staff_id) if bytes(other.device) != bytes(visit.device)]


def last_before(visit: Visit) -> Visit | None:
    return Visit.objects.filter(staff=visit.staff_id, began_at__lt=visit.began_at).order_by("-began_at").first()


def device_of(visit: Visit) -> Device:
    seen: Mapping[str, str] = open_json(bytes(visit.sealed), table="identity_visit", row=str(visit.id), field="sealed")
    return Device(**seen)


def still_open(visit_id: UUID, staff_id: UUID, *, is_activity: bool) -> Visit | None:
    """None when the session was ended by a person or has run out; then the ledger says which."""
    visit = Visit.objects.filter(pk=visit_id, staff=staff_id).first()
    if visit is None or visit.ended_at is not None:
        return None
    if reason := _run_out(visit, now()):
        with transaction.atomic():
            _end(visit, reason, "system:visits")
        return None
    if is_activity and now() - visit.seen_at > _TOUCH_EVERY:
        Visit.objects.filter(pk=visit.pk).update(seen_at=now())
    return visit


@transaction.atomic
def end_own(*, staff: Staff, visit_id: UUID) -> None:
    """Raises NotFound `visit_not_found`; another's session is not found either."""
    visit = Visit.objects.select_for_update().filter(pk=visit_id, staff=staff, ended_at=None).first()
    if visit is None:
        raise NotFound("visit_not_found")
    _end(visit, "ended", str(staff.id))


@transaction.atomic
def end_others(*, staff: Staff, but: UUID | None = None, actor: str = "", ending: str = "ended") -> int:
    """All open sessions of the person except `but`; how many they were."""
    visits = [visit for visit in open_visits(staff.id) if visit.pk != but]
    for visit in visits:
        _end(visit, ending, actor or str(staff.id))
    return len(visits)


@transaction.atomic
def end_all_of(*, grant: Grant, staff_id: UUID) -> int:
    grant.require(Permission.MANAGE_STAFF)
    return end_others(staff=locked_staff(staff_id), actor=grant.actor)


@transaction.atomic
def leave(*, staff: Staff, visit_id: UUID | None) -> None:
    visit = Visit.objects.filter(pk=visit_id, ended_at=None).first() if visit_id else None
    if visit:
        Visit.objects.filter(pk=visit.pk).update(ended_at=now(), ending="left")
    append(action="staff.signed_out", actor=str(staff.id), subject=staff.id)


def _run_out(visit: Visit, moment: datetime) -> str:
    if moment - visit.began_at > _longest() or max(visit.began_at, visit.seen_at) - moment > CLOCK_DRIFT:
        return "over"
    return "idle" if moment - visit.seen_at > _idle() else ""


def _end(visit: Visit, ending: str, actor: str) -> None:
    Visit.objects.filter(pk=visit.pk).update(ended_at=now(), ending=ending)
    facts = {"visit": str(visit.pk), "ending": ending}
    append(action="staff.visit_ended", actor=actor, subject=visit.staff_id, facts=facts)


def _idle() -> timedelta:
    return timedelta(minutes=settings.YIDANG.session_idle_minutes)


def _longest() -> timedelta:
    return timedelta(hours=settings.YIDANG.session_hours)
