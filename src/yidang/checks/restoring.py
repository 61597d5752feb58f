"""Check reports and the way of accessions after a lost database, from what the ledger was told of them."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yidang.checks.course import DAYS_TO_ACCEPT
from yidang.checks.gathering import items_of
from yidang.checks.models import Course, Failure, Outcome, Result, Run, Sample, SampledItem, State, Step
from yidang.checks.reach import hand_items
from yidang.checks.reports import seal_report, unpacked
from yidang.checks.rules import draw
from yidang.crypto.fields import seal_field
from yidang.ledger.events import read_time
from yidang.ledger.queries import Event, events_of

_MODELS = (Run, Result, Failure, Course, Step, Sample, SampledItem)
RESTORED = tuple(f"checks_{model.__name__.lower()}" for model in _MODELS)
_NO_REASON = b""  # the reason itself was sealed in the lost database; that one was given stays known


@transaction.atomic
def restore() -> dict[str, int]:
    """Into empty tables. Answers how many of each came back, by table."""
    if Run.objects.exists() or Course.objects.exists():
        return {}
    for told in events_of(*_STEPS):
        _STEPS[told.action](told)
    newest = Run.objects.order_by("-number").values_list("number", flat=True).first()
    if newest:
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('checks_run', 'number'), %s)", [newest])
    return {table: model._default_manager.count() for table, model in zip(RESTORED, _MODELS, strict=True)}  # noqa: SLF001 - Django's documented API


def _run(told: Event) -> None:
    """An entry from before reports were entered holds a digest alone."""
    if "report" not in told.facts:
        return
    kept = unpacked(told.facts["report"])
    report, item = kept["report"], told.facts["item"]
    run = Run(
        number=int(told.facts["number"].rpartition("-")[2]),
        id=UUID(told.facts["run"]),
        accession=UUID(report["accession"]) if report["accession"] else None,
        item=UUID(item) if item else None,
        stage=report["stage"],
        scheme=report["scheme"],
        actor=report["by"],
        began_at=read_time(report["began_at"]),
        ended_at=read_time(report["ended_at"]),
        items=report["items"],
    )
    seal_report(run, report)
    run.save(force_insert=True)
    results = [_result(run, n, one, kept["why"]) for n, one in enumerate(report["results"], start=1)]
    Result.objects.bulk_create(results)
    _failures(run, results)


def _result(run: Run, ordinal: int, one: dict[str, Any], why: dict[str, str]) -> Result:
    evidence = dict(one["evidence"])
    return Result(
        run=run,
        ordinal=ordinal,
        code=one["code"],
        mode=one["mode"],
        is_mandatory=one["mandatory"],
        outcome=one["result"],
        why=why.get(one["code"], ""),
        looked_at=evidence.pop("looked_at"),
        flaws=evidence.pop("found"),
        evidence=evidence,
    )


def _failures(run: Run, results: list[Result]) -> None:
    """As after the run itself, of the records the report names; where there were more, the next run finds them."""
    items = items_of(run.accession) if run.accession else [run.item] if run.item else []
    looked_at = [one.code for one in results if one.outcome != Outcome.NOT_RUN]
    Failure.objects.filter(item__in=items, code__in=looked_at).delete()
    for one in results:
        named = {flaw["item"] for flaw in one.evidence.get("flaws", []) if flaw["item"]}
        if one.is_mandatory:
            found = [Failure(item=UUID(item), code=one.code, run=run) for item in named]
            Failure.objects.bulk_create(found, ignore_conflicts=True)


def _attested(told: Event) -> None:
    number = int(told.facts["number"].rpartition("-")[2])
    found = Result.objects.filter(run__number=number, code=told.facts["check"]).first()
    if found is None:
        return
    found.attested, found.attested_by_id, found.attested_at = told.facts["verdict"], UUID(told.actor), told.at
    found.sealed_reason = seal_field(_NO_REASON, table="checks_result", row=str(found.id), field="reason")
    found.save()


def _step(told: Event) -> None:
    facts = told.facts
    if "series" in facts:
        values = {"number": facts["number"], "series_id": facts["series"], "year": int(facts["year"])}
        Course.objects.create(accession=_subject(told), opened_at=told.at, **values)
    course = Course.objects.filter(pk=_subject(told)).first()
    if course is None:
        return
    course.state, course.round = facts["state"], facts["round"]
    if course.state == State.HANDED:
        course.acceptor_id, course.until = UUID(facts["acceptor"]), told.at.date() + DAYS_TO_ACCEPT
        hand_items(course)
    if course.state == State.LINKED:
        course.acceptor_id = course.until = None
    course.save()
    Step.objects.create(course=course, state=course.state, round=course.round, actor=told.actor, at=told.at)


def _sample_drawn(told: Event) -> None:
    """The same seed draws the same records, as long as the accession holds as many as then."""
    course, facts = Course.objects.filter(pk=_subject(told)).first(), told.facts
    population = items_of(course.pk) if course else []
    if course is None or len(population) != facts["of"]:
        return
    values = {"seed": facts["seed"], "population": facts["of"], "drawn_by_id": UUID(told.actor), "drawn_at": told.at}
    sample = Sample.objects.create(course=course, round=course.round, **values)
    chosen = draw(population, facts["drawn"], facts["seed"])
    SampledItem.objects.bulk_create(
        SampledItem(sample=sample, item=item, ordinal=ordinal) for ordinal, item in enumerate(chosen, start=1)
    )


def _judged(told: Event) -> None:
    found = SampledItem.objects.filter(item=_subject(told), ordinal=told.facts["ordinal"]).order_by("-sample__round")
    for one in found[:1]:
        one.faults, one.judged_by_id, one.judged_at = told.facts["faults"], UUID(told.actor), told.at
        one.save()


def _subject(told: Event) -> UUID:
    return told.subject or UUID(int=0)


_STEPS = {
    "checks.run": _run,
    "checks.attested": _attested,
    "checks.step": _step,
    "checks.sample_drawn": _sample_drawn,
    "checks.item_judged": _judged,
}
