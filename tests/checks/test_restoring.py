"""With the database lost, reports and the way of an accession come back from the ledger."""

import pytest

from yidang.checks import course, restoring
from yidang.checks.models import Course, Failure, Result, Run, SampledItem, Step
from yidang.checks.reports import kept_json, packed, report_of, unpacked

from .conftest import paper
from .test_way import answer_for_all, judge_all

pytestmark = pytest.mark.django_db
_RESULT = ("run", "code", "outcome", "why", "looked_at", "flaws", "evidence", "attested", "attested_by")


def picture() -> tuple:
    """What an archivist would miss."""
    return (
        [(run.name, run.id, run.accession, kept_json(run), bytes(run.report_digest)) for run in Run.objects.all()],
        list(Result.objects.order_by("run", "ordinal").values_list(*_RESULT)),
        sorted(Failure.objects.values_list("item", "code")),
        list(Course.objects.values_list("number", "series", "year", "state", "round", "acceptor", "until")),
        list(Step.objects.order_by("at").values_list("state", "round", "actor")),
        list(SampledItem.objects.order_by("ordinal").values_list("item", "ordinal", "faults", "judged_by")),
    )


def test_reports_samples_and_steps_come_back_as_they_were(bureau):
    accession = bureau.take_in(*(paper(number) for number in range(1, 5)))
    course.screen(bureau.archivist, accession=accession)
    judge_all(bureau, accession, faults=["skew"])
    answer_for_all(bureau, accession)
    other = bureau.take_in(paper(7), paper(8, title=" "))
    course.screen(bureau.archivist, accession=other)
    before = picture()
    Course.objects.all().delete()
    Run.objects.all().delete()
    back = restoring.restore()
    assert picture() == before
    assert back["checks_run"] == len(before[0])
    assert restoring.restore() == {}, "what stands is left alone"
    assert course.screen(bureau.archivist, accession=other).number > max(run for run, *_ in before[1])


def test_a_report_too_long_for_an_entry_leaves_out_its_examples(bureau, monkeypatch):
    accession = bureau.take_in(paper(1, title=" "))
    run = course.screen(bureau.archivist, accession=accession)
    results = list(run.results.all())
    monkeypatch.setattr("yidang.checks.reports._LONGEST", 10)
    kept = unpacked(packed(report_of(run, results), results))["report"]
    assert [one["result"] for one in kept["results"]] == [one.outcome for one in results]
    assert not any(one["evidence"]["flaws"] for one in kept["results"])
