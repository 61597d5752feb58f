"""What came in meets what was owed: by itself through institution, series and period, or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from yidang.collection.letters import answer_for
from yidang.collection.models import ChangesSeen, Obligation, Receipt
from yidang.collection.obligations import WAITING, lock_waiting
from yidang.holdings.changes import changes_since
from yidang.holdings.models import Item, ItemState
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import Accession
from yidang.kernel.clock import CHINA, now
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append

ACTOR = "system:collection"
_ROUNDS = 20


def match_changes() -> int:
    """Looks at every record filed since the last time; how many receipts were written or grew."""
    return sum(_match_round() for _ in range(_ROUNDS))


@transaction.atomic
def _match_round() -> int:
    ChangesSeen.objects.get_or_create(pk=1)
    seen = ChangesSeen.objects.select_for_update().get(pk=1)
    changed = changes_since(seen.watermark)
    if changed.watermark == seen.watermark:
        return 0
    count = match(changed.items)
    seen.watermark = changed.watermark
    seen.save()
    return count


@dataclass(frozen=True)
class _Came:
    obligation: UUID
    accession: UUID


def match(items: Sequence[UUID]) -> int:
    """The records under the same accession are counted together, so the same record never counts twice."""
    filed = Item.objects.filter(pk__in=items, state=ItemState.FILED, accession__isnull=False, formed_on__isnull=False)
    found: set[_Came] = set()
    for item in filed.select_related("series"):
        for obligation in _answered_by(item):
            assert item.accession is not None  # noqa: S101 - filtered above
            found.add(_Came(obligation, item.accession))
    return sum(_settle(one) for one in sorted(found, key=str))


def _answered_by(item: Item) -> Sequence[UUID]:
    owers = Q(institution__isnull=True, section=item.series.department_id)
    if item.institution:
        owers |= Q(institution=item.institution)
    owed = Obligation.objects.filter(
        owers,
        requirement__series=item.series_id,
        first_day__lte=item.formed_on,
        last_day__gte=item.formed_on,
        state__in=WAITING,
    )
    return list(owed.values_list("pk", flat=True))


def _settle(came: _Came) -> bool:
    obligation = (
        Obligation.objects.select_for_update(of=("self",)).select_related("requirement").get(pk=came.obligation)
    )
    accession = Accession.objects.get(pk=came.accession)
    records = _records(obligation, accession)
    known = Receipt.objects.filter(obligation=obligation, accession=accession).first()
    if known is not None and (known.records >= records or not known.is_automatic):
        return False
    is_whole = _is_whole(obligation, accession, records)
    _write(obligation, accession, records=records, is_whole=is_whole, is_automatic=True, actor=ACTOR)
    return True


def _records(obligation: Obligation, accession: Accession) -> int:
    found = Item.objects.filter(
        accession=accession.pk,
        state=ItemState.FILED,
        series=obligation.requirement.series_id,
        formed_on__range=(obligation.first_day, obligation.last_day),
    )
    if obligation.institution_id:
        found = found.filter(institution=obligation.institution_id)
    return found.count()


def _is_whole(obligation: Obligation, accession: Accession, records: int) -> bool:
    """All that were expected; where no number is, what comes once the period has ended."""
    expected = obligation.requirement.expected
    if expected is None:
        closed = (accession.closed_at or accession.opened_at).astimezone(CHINA).date()
        return closed >= obligation.last_day
    others = obligation.receipts.exclude(accession=accession).aggregate(n=Sum("records"))["n"] or 0
    return others + records >= expected


@transaction.atomic
def receive_by_hand(grant: Grant, *, obligation_id: UUID, accession_number: str, is_whole: bool) -> Receipt:
    """A person says which accession it came under.

    Raises:
        NotFound: `obligation_not_found`, `accession_not_found`. Conflict: `obligation_settled`, `accession_open`.
    """
    grant.require(Permission.COLLECT)
    obligation = lock_waiting(obligation_id)
    accession = Accession.objects.filter(number=accession_number.strip()[:24]).first()
    if accession is None:
        raise NotFound("accession_not_found")
    if accession.closed_at is None:
        raise Conflict("accession_open", number=accession.number)
    records = Item.objects.filter(accession=accession.pk, series=obligation.requirement.series_id).count()
    return _write(obligation, accession, records=records, is_whole=is_whole, is_automatic=False, actor=grant.actor)


def _write(
    obligation: Obligation, accession: Accession, *, records: int, is_whole: bool, is_automatic: bool, actor: str
) -> Receipt:
    receipt, _ = Receipt.objects.update_or_create(
        obligation=obligation,
        accession=accession,
        defaults={
            "records": records,
            "is_whole": is_whole,
            "is_automatic": is_automatic,
            "actor": actor,
            "at": now(),
        },
    )
    settle(obligation, is_met=is_whole)
    append(
        action="obligation.met" if is_whole else "obligation.partly_met",
        actor=actor,
        subject=obligation.pk,
        facts={"period": obligation.period, "accession": accession.number, "records": records},
    )
    return receipt


def settle(obligation: Obligation, *, is_met: bool) -> None:
    obligation.state = Obligation.State.MET if is_met else Obligation.State.PARTIAL
    if is_met:
        obligation.settled_at, obligation.next_reminder_on = now(), None
    obligation.save()
    if is_met:
        answer_for(obligation)
