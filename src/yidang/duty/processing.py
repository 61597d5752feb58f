"""Firms under contract: what they do here, until when, and what their people touched."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils.timezone import make_aware

from yidang.duty.models import Processor
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append


@dataclass(frozen=True)
class Touched:
    """How often one of the firm's people did a thing, and when last."""

    person: Staff
    action: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Contract:
    processor: Processor
    people: list[Staff]
    days_left: int

    @property
    def is_over(self) -> bool:
        return self.days_left <= 0


@transaction.atomic
def keep(
    *, grant: Grant, name: str, contract: str, work: str, since: date, until: date, usernames: list[str]
) -> Processor:
    """Raises Invalid `processor_words_missing`, `duty_dates`; NotFound `staff_not_found`."""
    grant.require(Permission.KEEP_DUTIES)
    if not (name.strip() and contract.strip() and work.strip()):
        raise Invalid("processor_words_missing")
    if until <= since:
        raise Invalid("duty_dates")
    people = list(Staff.objects.filter(username__in=usernames))
    if len(people) != len(set(usernames)):
        raise NotFound("staff_not_found")
    made = Processor.objects.create(
        name=name.strip()[:120], contract=contract.strip()[:80], work=work.strip()[:200], since=since, until=until
    )
    made.accounts.set(people)
    facts = {"contract": made.contract, "until": until.isoformat(), "accounts": sorted(str(one.id) for one in people)}
    append(action="processor.kept", actor=grant.actor, subject=made.id, facts=facts)
    return made


def contracts() -> list[Contract]:
    """Those that run first, the nearest end first."""
    found = Processor.objects.prefetch_related("accounts").order_by("-until")
    made = [Contract(one, list(one.accounts.all()), (one.until - today()).days) for one in found]
    return sorted(made, key=lambda one: (one.is_over, abs(one.days_left)))


def touched(grant: Grant, processor_id: UUID) -> tuple[Processor, list[Touched]]:
    """From the ledger, by person and action, within the contract's term. Raises NotFound `processor_not_found`."""
    grant.require(Permission.KEEP_DUTIES)
    found = Processor.objects.filter(pk=processor_id).first()
    if found is None:
        raise NotFound("processor_not_found")
    people = {str(one.id): one for one in found.accounts.all()}
    term = {"at__gte": _start(found.since), "at__lt": _start(found.until)}
    rows = (
        LedgerEntry.objects.filter(actor__in=people, **term)
        .values("actor", "action")
        .annotate(times=Count("id"), last_at=Max("at"))
        .order_by("actor", "-times")
    )
    return found, [Touched(people[row["actor"]], row["action"], row["times"], row["last_at"]) for row in rows]


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
