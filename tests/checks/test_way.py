"""The four looks at an accession, in their order and by whom they are for."""

import json

import pytest

from yidang.checks import attesting, course, queries, reports, sampling
from yidang.checks.models import Failure, Run, State
from yidang.holdings.models import Item
from yidang.holdings.visibility import visible_items
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .conftest import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def accession(bureau):
    return bureau.take_in(*(paper(number) for number in range(1, 5)))


def answer_for_all(bureau, accession):
    for one in queries.unanswered(queries.newest_run(accession)):
        attesting.attest(bureau.archivist, result_id=one.id, verdict="passed", reason="已逐件查看")


def judge_all(bureau, accession, faults=()):
    sample = sampling.draw_sample(bureau.archivist, accession=accession)
    for one in sample.items.all():
        sampling.judge(bureau.archivist, sampled=one.id, faults=faults)
    return sample


@pytest.fixture
def handed(bureau, accession):
    course.screen(bureau.archivist, accession=accession)
    judge_all(bureau, accession)
    course.finish_sample(bureau.archivist, accession=accession)
    answer_for_all(bureau, accession)
    course.hand_over(bureau.archivist, accession=accession, acceptor=bureau.id("acceptor"))
    return accession


def test_sound_records_fail_no_check(bureau, accession):
    run = course.screen(bureau.archivist, accession=accession)
    failed = {one.code: one.evidence for one in run.results.all() if one.outcome == "failed"}
    assert failed == {}
    ran = {one.code for one in run.results.all() if one.outcome == "passed"}
    assert {"1-1", "1-7", "1-11", "1-14", "2-1", "2-2", "2-4", "2-11", "3-1", "3-4", "D-1", "D-5"} <= ran


def test_what_was_not_run_says_why_and_safety_comes_first(bureau, accession):
    run = course.screen(bureau.archivist, accession=accession)
    results = list(run.results.all())
    assert results[0].code.startswith("4-")
    assert {one.code: one.why for one in results}["4-2"] == "check_no_scanner"
    assert {one.code: one.why for one in results}["1-9"] == "check_wording_unknown"
    assert all(one.why for one in results if one.outcome == "not_run")


def test_report_is_kept_and_its_digest_in_the_ledger(bureau, accession):
    run = course.screen(bureau.archivist, accession=accession)
    report = json.loads(reports.kept_json(run))
    assert report["items"] == 4
    assert {"code", "item", "purpose", "object", "basis", "result", "evidence", "remark"} <= report["results"][0].keys()
    entries = LedgerEntry.objects.filter(action="checks.run", subject=accession)
    assert any(bytes(run.report_digest).hex() in bytes(one.entry).decode() for one in entries)


def test_a_scan_without_pixels_shows_and_a_mandatory_flaw_keeps_the_record(bureau):
    accession = bureau.take_in(paper(1), paper(2, dpi=100), paper(3, title=" "))
    run = course.screen(bureau.archivist, accession=accession)
    outcomes = {one.code: one.outcome for one in run.results.all()}
    assert outcomes["D-1"] == outcomes["2-4"] == "failed"
    assert list(queries.failed_items()) == list(Failure.objects.filter(code="2-4").values_list("item", flat=True))


def test_steps_out_of_order_are_refused(bureau, accession):
    for step in (course.accept, course.finish_sample):
        with pytest.raises((Conflict, NotAllowed)):
            step(bureau.archivist, accession=accession)
    with pytest.raises(Conflict, match="check_step_wrong"):
        course.hand_over(bureau.archivist, accession=accession, acceptor=bureau.id("acceptor"))
    course.screen(bureau.archivist, accession=accession)
    with pytest.raises(Conflict, match="check_sample_open"):
        course.finish_sample(bureau.archivist, accession=accession)


def test_a_sample_that_does_not_hold_stops_the_way(bureau, accession):
    course.screen(bureau.archivist, accession=accession)
    judge_all(bureau, accession, faults=["linking"])
    with pytest.raises(Conflict, match="check_sample_fails"):
        course.finish_sample(bureau.archivist, accession=accession)


def test_nobody_answers_without_a_reason_nor_against_the_machine(bureau):
    accession = bureau.take_in(paper(1, title=" "))
    run = course.screen(bureau.archivist, accession=accession)
    failed, manual = run.results.get(code="2-4"), run.results.get(code="2-8")
    with pytest.raises(Conflict, match="check_was_run"):
        attesting.attest(bureau.archivist, result_id=failed.id, verdict="passed", reason="没关系")
    with pytest.raises(Invalid, match="check_reason_missing"):
        attesting.attest(bureau.archivist, result_id=manual.id, verdict="passed", reason=" ")
    attesting.attest(bureau.archivist, result_id=manual.id, verdict="passed", reason="附件齐全")
    with pytest.raises(Conflict, match="check_is_attested"):
        attesting.attest(bureau.second, result_id=manual.id, verdict="failed", reason="再说")


def test_the_third_party_sees_this_accession_alone_and_only_until_it_decides(bureau, handed):
    others = bureau.take_in(paper(9))
    assert set(visible_items(bureau.acceptor).values_list("accession", flat=True)) == {handed}
    assert not visible_items(bureau.other).exists()
    with pytest.raises(NotFound):
        queries.course_of(bureau.acceptor, others)
    with pytest.raises(NotAllowed):
        course.accept(bureau.other, accession=handed)
    course.accept(bureau.acceptor, accession=handed)
    assert not visible_items(bureau.acceptor).exists()
    assert Item.objects.filter(accession=handed).exists()


def test_returned_it_begins_anew_with_another_round(bureau, handed):
    with pytest.raises(Invalid, match="check_reason_missing"):
        course.send_back(bureau.acceptor, accession=handed, reason="")
    with pytest.raises(NotAllowed):
        course.send_back(bureau.archivist, accession=handed, reason="不是我")
    course.send_back(bureau.acceptor, accession=handed, reason="第三件缺页")
    again = course.resubmit(bureau.archivist, accession=handed, reason="已补扫")
    assert (again.state, again.round) == (State.LINKED, 2)
    course.screen(bureau.archivist, accession=handed)
    assert sampling.draw_sample(bureau.archivist, accession=handed).round == 2


def test_who_returned_it_may_look_again_and_who_worked_on_it_may_not(bureau, handed):
    course.send_back(bureau.acceptor, accession=handed, reason="第三件缺页")
    course.resubmit(bureau.archivist, accession=handed, reason="已补扫")
    course.screen(bureau.archivist, accession=handed)
    judge_all(bureau, handed)
    course.finish_sample(bureau.archivist, accession=handed)
    answer_for_all(bureau, handed)
    looked = course.who_looked(course.Course.objects.get(pk=handed))
    assert str(bureau.id("archivist")) in looked
    assert str(bureau.id("acceptor")) not in looked
    course.hand_over(bureau.archivist, accession=handed, acceptor=bureau.id("acceptor"))
    assert course.accept(bureau.acceptor, accession=handed).state == State.ACCEPTED


def test_a_package_takes_a_report_of_its_items(bureau, accession):
    items = list(Item.objects.filter(accession=accession).values_list("pk", flat=True))
    told = json.loads(reports.report_json(items))
    assert (told["stage"], told["items"]) == ("transfer", 4)
    assert Run.objects.filter(accession=None).count() == 1
