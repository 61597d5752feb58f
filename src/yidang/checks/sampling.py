"""人工抽检: drawing the sample, a person's word on each item, and whether the sample holds."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.checks.catalogue import limits
from yidang.checks.errors import StepOutOfOrder
from yidang.checks.gathering import items_of
from yidang.checks.models import Course, Sample, SampledItem, State
from yidang.checks.rules import INDICATORS, draw, holds, rates, sample_size
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append


@transaction.atomic
def draw_sample(grant: Grant, *, accession: UUID) -> Sample:
    """At least 5 %; drawn once a round. Raises Conflict: `check_step_wrong`. NotFound: `check_course_not_found`."""
    grant.require(Permission.RUN_CHECKS)
    course = Course.objects.select_for_update().filter(pk=accession).first()
    if course is None:
        raise NotFound("check_course_not_found")
    if course.state != State.SCREENED:
        raise StepOutOfOrder(course.state)
    if known := course.samples.filter(round=course.round).first():
        return known
    return _draw(grant, course)


def _draw(grant: Grant, course: Course) -> Sample:
    population, measures = items_of(course.pk), limits()["sample"]
    seed = f"{course.number}/{course.round}"
    chosen = draw(population, sample_size(len(population), measures["share"], measures["least_items"]), seed)
    sample = Sample.objects.create(
        course=course,
        round=course.round,
        seed=seed,
        population=len(population),
        drawn_by_id=grant.person,
        drawn_at=now(),
    )
    SampledItem.objects.bulk_create(
        SampledItem(sample=sample, item=item, ordinal=ordinal) for ordinal, item in enumerate(chosen, start=1)
    )
    facts = {"number": course.number, "seed": seed, "of": len(population), "drawn": len(chosen)}
    append(action="checks.sample_drawn", actor=grant.actor, subject=course.pk, facts=facts)
    return sample


@transaction.atomic
def judge(grant: Grant, *, sampled: UUID, faults: Sequence[str]) -> SampledItem:
    """Raises Conflict: `check_step_wrong`. Invalid: `check_indicator_unknown`. NotFound: `check_result_not_found`."""
    grant.require(Permission.RUN_CHECKS)
    found = (
        SampledItem.objects.select_for_update(of=("self",)).select_related("sample__course").filter(pk=sampled).first()
    )
    if found is None:
        raise NotFound("check_result_not_found")
    course = found.sample.course
    if course.state != State.SCREENED or found.sample.round != course.round:
        raise StepOutOfOrder(course.state)
    if not set(faults) <= set(INDICATORS):
        raise Invalid("check_indicator_unknown")
    found.faults, found.judged_by_id, found.judged_at = sorted(set(faults)), grant.person, now()
    found.save()
    facts = {"number": course.number, "ordinal": found.ordinal, "faults": found.faults}
    append(action="checks.item_judged", actor=grant.actor, subject=found.item, facts=facts)
    return found


def rates_of(sample: Sample) -> dict[str, float]:
    judged = sample.items.exclude(judged_at=None).values_list("faults", flat=True)
    return rates(list(judged))


def sample_holds(sample: Sample) -> bool:
    measures = limits()["sample"]
    return holds(rates_of(sample), linking=measures["linking_rate"], others=measures["other_rate"])
