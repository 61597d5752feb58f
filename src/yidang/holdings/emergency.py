"""Breaking the glass: one person's records beyond the own reach, at once, and looked at afterwards by somebody else."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from yidang.crypto.fields import open_field, seal_field
from yidang.holdings import identifiers
from yidang.holdings.queries import codes_of
from yidang.holdings.sealing import blind
from yidang.holdings.turning import turn
from yidang.identity import glass
from yidang.identity.models import BrokenGlass
from yidang.identity.policy import Grant, Permission
from yidang.kernel import resident_id
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks, notify, open_task

_TABLE = "identity.brokenglass"
_TOLD = (Permission.MANAGE_ROLES, Permission.SEE_AUDIT, Permission.RELEASE_DATA)  # security, audit, the archive's head
REVIEW = "review_glass"
LONGEST = 400


@transaction.atomic
def break_glass(*, grant: Grant, id_number: str, reason: str) -> BrokenGlass:
    """Opens one person's records to the asker for hours; whether there are any is not said.

    Raises:
        NotAllowed: `not_allowed`. Invalid: `glass_id_number`, `glass_reason_short`. Conflict: `glass_too_often`.
    """
    grant.require(Permission.BREAK_GLASS)
    if grant.staff_id is None:
        raise NotAllowed("not_allowed", permission=str(Permission.BREAK_GLASS))
    limits = glass.rules()
    if not resident_id.is_valid(id_number):
        raise Invalid("glass_id_number")
    if not limits["shortest_reason"] <= len(reason.strip()) <= LONGEST:
        raise Invalid("glass_reason_short", characters=limits["shortest_reason"])
    if glass.broken_today(grant.staff_id) >= limits["most_a_day"]:
        raise Conflict("glass_too_often", times=limits["most_a_day"])
    broken = _write(grant.staff_id, _digest(id_number), reason.strip(), limits["minutes"])
    facts = {"until": broken.until.isoformat()}
    private = {"reason": reason.strip(), "person": broken.person}
    append(action="glass.broken", actor=grant.actor, subject=broken.id, facts=facts, private=private)
    _tell(grant, broken, limits["review_days"])
    return broken


def _digest(id_number: str) -> str:
    one = identifiers.ID_NUMBER, identifiers.normalise(identifiers.ID_NUMBER, id_number)
    turn([one])  # the door is opened by one form, so the person's records have to stand under it now
    ((_, digest),) = blind([one])
    return digest.hex()


def _write(staff_id: UUID, person: str, reason: str, minutes: int) -> BrokenGlass:
    made = uuid4()
    return BrokenGlass.objects.create(
        id=made,
        staff_id=staff_id,
        person=person,
        reason=seal_field(reason.encode(), table=_TABLE, row=str(made), field="reason"),
        broken_at=now(),
        until=now() + timedelta(minutes=minutes),
    )


def _tell(grant: Grant, broken: BrokenGlass, days: int) -> None:
    url = reverse("holdings:glass", args=[broken.id])
    facts = {"number": number_of(broken)}
    for permission in _TOLD:
        notify(kind="glass_broken", subject_url=url, permission=permission, facts=facts, not_for=grant.staff_id)
    open_task(
        grant=grant,
        kind=REVIEW,
        subject_url=url,
        permission=Permission.APPROVE_SECURITY,
        subject=broken.id,
        number=number_of(broken),
        due_on=today() + timedelta(days=days),
        not_for=grant.staff_id,
    )


def number_of(broken: BrokenGlass) -> str:
    return str(broken.id)[:8]


@dataclass(frozen=True)
class Review:
    """What the reviewer sees: who, why, and every showing in that time; nothing of a record itself."""

    glass: BrokenGlass
    number: str
    reason: str
    remark: str
    shown: list[LedgerEntry]
    codes: dict[UUID, str]


_SHOWINGS = ("item.viewed", "page.viewed", "page.read", "recording.played", "item.exported", "search.performed")


def review_of(grant: Grant, glass_id: UUID) -> Review:
    """Raises NotFound `glass_not_found`, also for who may not look at it."""
    broken = BrokenGlass.objects.select_related("staff", "reviewed_by").filter(pk=glass_id).first()
    may_look = any(grant.allows(one) for one in (*_TOLD, Permission.APPROVE_SECURITY))
    if broken is None or not (may_look or broken.staff_id == grant.staff_id):
        raise NotFound("glass_not_found")
    acts = LedgerEntry.objects.filter(actor=str(broken.staff_id), at__range=(broken.broken_at, broken.until))
    shown = [one for one in acts.order_by("at") if one.action in _SHOWINGS or one.action.endswith(".unmasked")]
    codes = codes_of({one.subject for one in shown if one.subject})
    return Review(broken, number_of(broken), _opened(broken, "reason"), _opened(broken, "remark"), shown, codes)


def _opened(broken: BrokenGlass, field: str) -> str:
    sealed = getattr(broken, field)
    return open_field(bytes(sealed), table=_TABLE, row=str(broken.id), field=field).decode() if sealed else ""


@transaction.atomic
def review_glass(*, grant: Grant, glass_id: UUID, is_justified: bool, remark: str) -> BrokenGlass:
    """By somebody else than who broke it; an unjustified one ends at once.

    Raises:
        NotFound: `glass_not_found`. NotAllowed: `glass_own`. Conflict: `glass_reviewed`. Invalid: `reason_missing`.
    """
    grant.require(Permission.APPROVE_SECURITY)
    broken = BrokenGlass.objects.select_for_update().filter(pk=glass_id).first()
    if broken is None:
        raise NotFound("glass_not_found")
    if broken.staff_id == grant.staff_id:
        raise NotAllowed("glass_own")
    if broken.verdict != BrokenGlass.Verdict.OPEN:
        raise Conflict("glass_reviewed")
    if not remark.strip():
        raise Invalid("reason_missing")
    broken.verdict = BrokenGlass.Verdict.JUSTIFIED if is_justified else BrokenGlass.Verdict.UNJUSTIFIED
    broken.until = broken.until if is_justified else min(broken.until, now())
    broken.remark = seal_field(remark.strip()[:LONGEST].encode(), table=_TABLE, row=str(broken.id), field="remark")
    broken.reviewed_by_id, broken.reviewed_at = grant.staff_id, now()
    broken.save()
    facts = {"verdict": str(broken.verdict)}
    append(action="glass.reviewed", actor=grant.actor, subject=broken.id, facts=facts)
    close_tasks(kind=REVIEW, subject=broken.id, actor=grant.actor)
    return broken
