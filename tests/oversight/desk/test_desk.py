"""The queue, one doubt on its page, the word on it and taking it back."""

from datetime import timedelta

import pytest

from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.oversight.desk.measures import measured
from yidang.oversight.desk.queue import Filters, after, findings
from yidang.oversight.desk.reading import open_finding
from yidang.oversight.desk.verdicts import give_verdict, take_back
from yidang.oversight.findings import finish_run, record_findings
from yidang.oversight.models import Finding, Reading, Verdict

from .conftest import found


@pytest.fixture
def doubts(run):
    rows = [found(1, lines=[(1, 100)]), found(2, lines=[(2, 90000)]), found(3, lines=[(3, 5000)], rule="R19")]
    record_findings(run, rows)
    Finding.objects.update(random_pick=False)
    for one in Finding.objects.all():
        Finding.objects.filter(pk=one.pk).update(queue_weight=one.expected_fen)
    finish_run(run, claims=100, lines=400)
    return {one.claim: one for one in Finding.objects.all()}


def claims(grant, **asked):
    return [one.claim for one in findings(grant, Filters.of(asked))]


def test_what_may_bring_back_most_stands_first(doubts, inspector):
    assert claims(inspector) == [2, 3, 1]
    assert claims(inspector, rule="R19") == [3]
    assert claims(inspector, least="50") == [2, 3]
    assert claims(inspector, state="refused") == []
    assert after(inspector, Filters(), doubts[2]).claim == 3


def test_a_page_shows_the_lines_and_is_written_down(doubts, inspector):
    account = open_finding(inspector, doubts[2].id)
    assert [(line.line, line.is_lit) for line in account.lines] == [(2, True)]
    assert account.evidence.text == "同日重复收费"
    assert account.peers.here == 2
    assert [visit.claim for visit in account.visits] == [1, 2, 3]
    assert LedgerEntry.objects.filter(action="doubt.shown", subject=doubts[2].id).count() == 1


def test_a_word_is_measured_from_the_opening(doubts, inspector):
    open_finding(inspector, doubts[2].id)
    Reading.objects.update(since=now() - timedelta(seconds=90))
    word = give_verdict(
        grant=inspector, finding_id=doubts[2].id, answer="confirm", reason="rule_holds", words="病历无医嘱"
    )
    assert 90 <= word.seconds <= 95
    assert "病历".encode() not in bytes(word.sealed_words)
    figures = measured(inspector)
    assert (figures.measured, figures.doubted, figures.cleared) == (1, 3, 0.97)
    assert figures.saved_hours is None


def test_what_is_refused_frees_its_money_and_comes_back_with_undo(doubts, run, inspector):
    record_findings(run, [found(9, rule="R20", lines=[(2, 80000)])])
    other = Finding.objects.get(rule="R20")
    assert other.counted_fen == 0
    word = give_verdict(grant=inspector, finding_id=doubts[2].id, answer="refuse", reason="planned")
    other.refresh_from_db()
    assert other.counted_fen == 80000
    take_back(grant=inspector, verdict_id=word.id)
    other.refresh_from_db()
    assert other.counted_fen == 0
    assert Finding.objects.get(pk=doubts[2].pk).state == "open"


def test_words_that_do_not_go(doubts, inspector, colleague, signer):
    with pytest.raises(Invalid):
        give_verdict(grant=inspector, finding_id=doubts[1].id, answer="confirm", reason="planned")
    with pytest.raises(NotAllowed):
        give_verdict(grant=signer, finding_id=doubts[1].id, answer="confirm", reason="rule_holds")
    word = give_verdict(grant=inspector, finding_id=doubts[1].id, answer="confirm", reason="rule_holds")
    with pytest.raises(Conflict):
        give_verdict(grant=colleague, finding_id=doubts[1].id, answer="refuse", reason="planned")
    Verdict.objects.update(at=now() - timedelta(minutes=11))
    with pytest.raises(Conflict):
        take_back(grant=inspector, verdict_id=word.id)
