"""Samples: drawn by a seed that is kept, compared record by record, widened when too much is wrong."""

import secrets
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from yidang.holdings.models import Item, ItemState, Series
from yidang.identity.policy import SYSTEM, Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.quality import rectification
from yidang.quality.accuracy import rules
from yidang.quality.accuracy.rules import Result
from yidang.quality.filing.rules import Quarter, percent
from yidang.quality.models import Sample, SampleItem, SampleState
from yidang.quality.tables import PLAN, plan
from yidang.quality.thresholds import ERROR, value_of
from yidang.workflow.operations import close_tasks, open_task

TASK = "compare_sample"
_UUID = 16


def frame_of(quarter: Quarter, series: str) -> list[UUID]:
    """What was filed in these three months."""
    days = (quarter.first_day, quarter.last_day)
    found = Item.objects.filter(series=series, state=ItemState.FILED, filed_at__date__range=days, is_paper_only=False)
    return list(found.order_by("pk").values_list("pk", flat=True))


def lots(quarter: Quarter) -> list[tuple[Series, int, Sample | None]]:
    """Every series in which something was filed in a quarter, with its sample where one was drawn."""
    days = (quarter.first_day, quarter.last_day)
    filed = Item.objects.filter(state=ItemState.FILED, filed_at__date__range=days, is_paper_only=False)
    counted = dict(filed.order_by().values_list("series").annotate(n=Count("pk")))
    drawn = {one.series_id: one for one in Sample.objects.filter(quarter=str(quarter))}
    known = Series.objects.filter(pk__in=[*counted, *drawn]).order_by("code")
    return [(one, counted.get(one.pk, 0), drawn.get(one.pk)) for one in known]


@transaction.atomic
def draw(*, grant: Grant, quarter: Quarter, series: str, seed: str = "") -> Sample:
    """Raises Invalid: `sample_empty`. Conflict: `sample_drawn`."""
    grant.require(Permission.REVIEW_SAMPLES)
    frame = frame_of(quarter, series)
    if not frame:
        raise Invalid("sample_empty")
    sample = Sample(
        quarter=str(quarter),
        series_id=series,
        plan=PLAN,
        seed=seed or secrets.token_hex(16),
        frame=b"".join(one.bytes for one in frame),
        frame_digest=rules.frame_digest(frame),
        lot=len(frame),
        size=rules.size_for(len(frame), plan()),
        threshold=_decimal(value_of(ERROR)),
        drawn_by_id=grant.staff_id,
        drawn_at=clock.now(),
    )
    try:
        with transaction.atomic():
            sample.save(force_insert=True)
    except IntegrityError:
        raise Conflict("sample_drawn") from None
    _add_rows(sample, turn=1)
    facts = {"number": sample.name, "quarter": sample.quarter, "series": series, "seed": sample.seed, "lot": sample.lot}
    facts |= {"size": sample.size, "frame": sample.frame_digest, "plan": sample.plan}
    append(action="sample.drawn", actor=grant.actor, subject=sample.id, facts=facts)
    url = f"/quality/samples/{sample.id}/"
    permission = Permission.REVIEW_SAMPLES
    open_task(grant=grant, kind=TASK, subject_url=url, permission=permission, subject=sample.id, number=sample.name)
    return sample


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def frame_in(sample: Sample) -> list[UUID]:
    data = bytes(sample.frame)
    return [UUID(bytes=data[place : place + _UUID]) for place in range(0, len(data), _UUID)]


def drawn_again(sample: Sample) -> bool:
    """Whether seed and frame give the very records of the sample."""
    frame = frame_in(sample)
    again = rules.draw(frame, sample.seed, sample.size)
    rows = list(sample.rows.order_by("ordinal").values_list("item", flat=True))
    return rules.frame_digest(frame) == sample.frame_digest and again == rows


def _add_rows(sample: Sample, *, turn: int) -> None:
    chosen = rules.draw(frame_in(sample), sample.seed, sample.size)
    known = sample.rows.count()
    codes = dict(Item.objects.filter(pk__in=chosen).values_list("pk", "reference_code"))
    rows = [
        SampleItem(sample=sample, ordinal=ordinal, item=item, reference_code=codes.get(item) or "", round=turn)
        for ordinal, item in enumerate(chosen, 1)
        if ordinal > known
    ]
    SampleItem.objects.bulk_create(rows, batch_size=1000)


def draw_due() -> int:
    """For the keeper: the samples of the quarter that is over, drawn by nobody in particular."""
    over = Quarter.of(clock.today()).previous
    missing = [series for series, lot, sample in lots(over) if lot and sample is None]
    for series in missing:
        draw(grant=SYSTEM, quarter=over, series=series.pk)
    return len(missing)


def samples(grant: Grant, quarter: str = "") -> QuerySet[Sample]:
    grant.require(Permission.SEE_QUALITY)
    found = Sample.objects.select_related("series", "drawn_by").order_by("-number")
    return found.filter(quarter=quarter) if quarter else found


def find_sample(grant: Grant, sample_id: UUID) -> Sample:
    """Raises NotFound: `sample_not_found`."""
    found = samples(grant).filter(id=sample_id).first()
    if found is None:
        raise NotFound("sample_not_found")
    return found


def result_of(sample: Sample) -> Result:
    return _result(sample.rows.all())


def _result(rows: QuerySet[SampleItem]) -> Result:
    done = rows.filter(compared_at__isnull=False)
    sums = done.aggregate(compared=Sum("compared"), wrong=Sum("wrong"))
    return Result(done.count(), sums["compared"] or 0, sums["wrong"] or 0, done.filter(wrong__gt=0).count())


def finish_if_done(sample: Sample) -> None:
    """With the last record compared: too much wrong opens rectification and widens the sample, once."""
    if sample.rows.filter(compared_at__isnull=True).exists():
        return
    result = result_of(sample)
    is_over = rules.is_over(result, Fraction(sample.threshold))
    if is_over:
        _open_case(sample, result)
    widened = rules.size_for(sample.lot, plan(sample.plan), is_widened=True)
    if is_over and sample.state == SampleState.COMPARING and widened > sample.size:
        _widen(sample, widened)
    else:
        _close(sample, result)


def _open_case(sample: Sample, result: Result) -> None:
    rectification.open_case(
        kind="error_rate",
        subject=f"{sample.quarter} · {sample.series_id}",
        owner=rectification.owner_for(sample.series.department_id),
        deadline=rectification.usual_deadline(),
        facts={
            "sample": sample.name,
            "wrong": result.wrong,
            "compared": result.compared,
            "rate": percent(result.rate),
            "threshold": percent(Fraction(sample.threshold)),
        },
        url=f"/quality/samples/{sample.id}/",
    )


def _widen(sample: Sample, size: int) -> None:
    facts = {"number": sample.name, "from": sample.size, "to": size}
    sample.state, sample.size = SampleState.WIDENED, size
    sample.save()
    _add_rows(sample, turn=2)
    append(action="sample.widened", actor=SYSTEM.actor, subject=sample.id, facts=facts)


def _close(sample: Sample, result: Result) -> None:
    sample.state, sample.compared_at = SampleState.COMPARED, clock.now()
    sample.save()
    facts = {"number": sample.name, "compared": result.compared, "wrong": result.wrong, "rate": percent(result.rate)}
    append(action="sample.finished", actor=SYSTEM.actor, subject=sample.id, facts=facts)
    close_tasks(kind=TASK, subject=sample.id, actor=SYSTEM.actor)


def error_rates(grant: Grant, last: Quarter, quarters: int = 8) -> Sequence[tuple[Quarter, Result]]:
    """All samples of a quarter together, the oldest first."""
    grant.require(Permission.SEE_QUALITY)
    return list(_error_rates(last, quarters))[::-1]


def _error_rates(last: Quarter, quarters: int) -> Iterator[tuple[Quarter, Result]]:
    quarter = last
    for _ in range(quarters):
        yield quarter, _result(SampleItem.objects.filter(sample__quarter=str(quarter)))
        quarter = quarter.previous
