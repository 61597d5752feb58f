"""Counts what was owed and filed, keeps the figures, and raises a case where too little is filed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncQuarter

from yidang.crypto.fields import open_json, seal_json
from yidang.holdings.models import Item, ItemState, Series
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.quality import rectification
from yidang.quality.filing.rules import Line, Quarter, is_under, merged, percent, rate_of
from yidang.quality.models import DeclaredMissing, Rate
from yidang.quality.ports import calendar
from yidang.quality.thresholds import FILING, value_of

_TABLE = "quality_declared_missing"
_MOST = 1_000_000
_LONGEST = 400
_EVERY = timedelta(hours=1)
QUARTERS = 8  # of the trend


def items_of(items: QuerySet[Item], quarter: Quarter) -> QuerySet[Item]:
    """What belongs to a quarter: formed in it, or, where no date was read, received in it."""
    days = (quarter.first_day, quarter.last_day)
    return items.filter(Q(formed_on__range=days) | Q(formed_on__isnull=True, created_at__date__range=days))


def received_in(first: Quarter, last: Quarter) -> dict[Quarter, list[Line]]:
    """All quarters of a span in one look at the catalogue."""
    day = Coalesce("formed_on", TruncDate("created_at", tzinfo=clock.CHINA))
    rows = (
        Item.objects.annotate(day=day)
        .filter(day__range=(first.first_day, last.last_day))
        .annotate(quarter=TruncQuarter("day", output_field=DateField()))
        .values_list("quarter", "institution", "series__process")
        .annotate(received=Count("pk"), filed=Count("pk", filter=Q(state=ItemState.FILED)))
        .order_by("quarter", "institution", "series__process")
    )
    found: dict[Quarter, list[Line]] = {}
    for begins, institution, process, received, filed in rows:
        found.setdefault(Quarter.of(begins), []).append(Line(institution, process, received, filed))
    return found


def lines_of(quarter: Quarter, received: Sequence[Line]) -> list[Line]:
    expected = [(one.institution, one.process, one.owed) for one in calendar().expected(quarter)]
    declared = DeclaredMissing.objects.filter(quarter=str(quarter), taken_back_at__isnull=True)
    return merged(received, expected, declared.values_list("institution", "process", "count"))


@transaction.atomic
def count(first: Quarter, last: Quarter | None = None) -> None:
    """Counts a quarter anew, or all from the first to the last."""
    at, last = clock.now(), last or first
    received, quarter = received_in(first, last), first
    while quarter <= last:
        lines = lines_of(quarter, received.get(quarter, []))
        Rate.objects.filter(quarter=str(quarter)).delete()
        Rate.objects.bulk_create([_kept(quarter, line, at) for line in lines], batch_size=2000)
        quarter = quarter.next


def _kept(quarter: Quarter, line: Line, at: datetime) -> Rate:
    return Rate(
        quarter=str(quarter),
        institution=line.institution,
        process=line.process,
        received=line.received,
        filed=line.filed,
        missing=line.missing,
        expected=line.expected,
        owed=line.owed,
        counted_at=at,
    )


def raise_cases(quarter: Quarter) -> int:
    """One case for each line under the threshold, when its quarter is over; how many stand."""
    if quarter.last_day >= clock.today():
        return 0
    threshold = value_of(FILING)
    under = [
        one for one in Rate.objects.filter(quarter=str(quarter)) if is_under(rate_of(one.filed, one.owed), threshold)
    ]
    for one in under:
        _raise_case(one, threshold)
    return len(under)


def _raise_case(row: Rate, threshold: Fraction) -> None:
    rate = rate_of(row.filed, row.owed)
    rectification.open_case(
        kind="filing_rate",
        subject=f"{row.quarter} · {row.institution or '–'} · {row.process}",
        owner=rectification.owner_for(_department(row.process)),
        deadline=rectification.usual_deadline(),
        facts={"filed": row.filed, "owed": row.owed, "rate": percent(rate), "threshold": percent(threshold)},
        url=f"/quality/rates/{row.quarter}/?institution={row.institution}&process={row.process}",
    )


def _department(process: str) -> str | None:
    return Series.objects.filter(process=process, department__isnull=False).values_list("department", flat=True).first()


def count_recent() -> None:
    """The quarters of the trend; cases only for the one that has just ended: what is older was never owed to us."""
    current = first = Quarter.of(clock.today())
    for _ in range(QUARTERS - 1):
        first = first.previous
    count(first, current)
    raise_cases(current.previous)


def is_count_due() -> bool:
    """Once an hour, and at once where nothing was ever counted and something is there to count."""
    last = Rate.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
    return Item.objects.exists() if last is None else clock.now() - last > _EVERY


def rates(grant: Grant, quarter: Quarter) -> Sequence[Rate]:
    grant.require(Permission.SEE_QUALITY)
    return list(Rate.objects.filter(quarter=str(quarter)).order_by("process", "institution"))


def trend(grant: Grant, last: Quarter, quarters: int = QUARTERS) -> list[tuple[Quarter, int, int]]:
    """Filed and owed of each quarter, the oldest first."""
    grant.require(Permission.SEE_QUALITY)
    sums = Rate.objects.values_list("quarter").annotate(f=Sum("filed"), o=Sum("owed"))
    known = {quarter: (filed, owed) for quarter, filed, owed in sums}
    found, quarter = [], last
    for _ in range(quarters):
        found.append((quarter, *known.get(str(quarter), (0, 0))))
        quarter = quarter.previous
    return found[::-1]


def behind(
    grant: Grant, quarter: Quarter, *, institution: str | None, process: str, is_filed: bool | None = None
) -> QuerySet[Item]:
    """The records a figure counts, as far as the asker's reach goes."""
    grant.require(Permission.SEE_QUALITY)
    found = items_of(visible_items(grant), quarter).select_related("series")
    if institution is not None:
        found = found.filter(institution=institution)
    if process:
        found = found.filter(series__process=process)
    if is_filed is not None:
        found = found.filter(state=ItemState.FILED) if is_filed else found.exclude(state=ItemState.FILED)
    return found.order_by("state", "created_at")


@transaction.atomic
def declare_missing(
    *, grant: Grant, quarter: str, institution: str, process: str, count: int, reason: str
) -> DeclaredMissing:
    """Owed and never came. Raises Invalid: `missing_wrong`."""
    grant.require(Permission.DECIDE_FINDINGS)
    known = Series.objects.filter(process=process).exists()
    if Quarter.parse(quarter) is None or not known or not 0 < count <= _MOST or not reason.strip():
        raise Invalid("missing_wrong")
    made = DeclaredMissing(quarter=quarter, institution=institution.strip()[:20], process=process, count=count)
    words = reason.strip()[:_LONGEST]
    made.sealed_reason = seal_json(words, table=_TABLE, row=str(made.id), field="reason")
    made.by_id, made.at = grant.person, clock.now()
    made.save()
    facts = {"quarter": quarter, "institution": made.institution, "process": process, "count": count}
    append(
        action="quality.missing_declared", actor=grant.actor, subject=made.id, facts=facts, private={"reason": words}
    )
    return made


def declared(grant: Grant, quarter: Quarter) -> list[tuple[DeclaredMissing, str]]:
    grant.require(Permission.SEE_QUALITY)
    rows = DeclaredMissing.objects.filter(quarter=str(quarter), taken_back_at__isnull=True).select_related("by")
    return [
        (one, str(open_json(bytes(one.sealed_reason), table=_TABLE, row=str(one.id), field="reason")))
        for one in rows.order_by("at")
    ]


@transaction.atomic
def take_back(*, grant: Grant, missing_id: UUID) -> DeclaredMissing:
    """It came after all, or was never owed. Raises NotFound: `missing_not_found`. Conflict: `missing_taken_back`."""
    grant.require(Permission.DECIDE_FINDINGS)
    found = DeclaredMissing.objects.select_for_update().filter(pk=missing_id).first()
    if found is None:
        raise NotFound("missing_not_found")
    if found.taken_back_at:
        raise Conflict("missing_taken_back")
    found.taken_back_at = clock.now()
    found.save()
    facts = {"quarter": found.quarter, "institution": found.institution, "process": found.process}
    append(action="quality.missing_taken_back", actor=grant.actor, subject=found.id, facts=facts)
    return found
