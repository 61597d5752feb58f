"""A rule of which persons confirm too little goes back to review, and on again by a person's word."""

import pytest

from people import employ
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.oversight.desk import standing
from yidang.oversight.desk.verdicts import give_verdict
from yidang.oversight.findings import record_findings
from yidang.oversight.models import Finding
from yidang.workflow.models import Task

from .conftest import found

RULE = standing.rule_named("18")


def judge(run, grant, *, yes: int, no: int, first: int = 0) -> None:
    doubts = [found(first + n, rule="18", lines=((1000 + first + n, 500),)) for n in range(yes + no)]
    record_findings(run, doubts)
    for n, one in enumerate(Finding.objects.filter(rule="18", decided_at=None).order_by("number")):
        said = ("confirm", "rule_holds") if n < yes else ("refuse", "planned")
        give_verdict(grant=grant, finding_id=one.id, answer=said[0], reason=said[1])


def test_seldom_confirmed_it_goes_back_and_a_person_lets_it_go_on(run, inspector):
    judge(run, inspector, yes=5, no=15)
    (sent,) = standing.send_back_poor([RULE])
    assert (sent.confirmed, sent.judged) == (5, 20)
    assert standing.send_back_poor([RULE]) == []
    assert standing.standing_of(inspector, RULE).status == "review"
    assert Task.objects.filter(kind="review_rule", closed_at=None).count() == 1
    with pytest.raises(Invalid):
        standing.restore(grant=inspector, code="18", reason=" ")
    standing.restore(grant=inspector, code="18", reason="参数已核对")
    assert standing.under_review() == {}
    assert not Task.objects.filter(kind="review_rule", closed_at=None).exists()
    assert standing.reviews_of(RULE)[0][1] == "参数已核对"
    assert LedgerEntry.objects.filter(action="rule.restored").count() == 1
    assert standing.send_back_poor([RULE]) == []  # what was judged before says nothing any more


@pytest.mark.parametrize(("yes", "no"), [(6, 14), (0, 19)])
def test_often_enough_confirmed_or_too_little_judged_it_stays(run, inspector, yes, no):
    judge(run, inspector, yes=yes, no=no)
    assert standing.send_back_poor([RULE]) == []


def test_the_figures_of_a_rule(run, inspector):
    judge(run, inspector, yes=1, no=1)
    stands = standing.standing_of(inspector, RULE)
    assert (stands.found.hits, stands.found.judged, stands.found.confirmed, stands.drift) == (2, 2, 0.5, None)
    assert [(month.name, month.hits) for month in stands.months] == [("2026-03", 2)]
    assert len(standing.standings(inspector)) == 56


def test_who_may_not_tune_lets_nothing_go_on(run, inspector):
    with pytest.raises(Conflict):
        standing.restore(grant=inspector, code="18", reason="看过")
    with pytest.raises(NotFound):
        standing.rule_named("99")
    with pytest.raises(NotAllowed):
        standing.restore(grant=grant_for(employ("dangan", "archivist")), code="18", reason="看过")


@pytest.mark.parametrize(
    ("hits", "expected"), [([1] * 6, None), ([2, 2, 2, 2, 2, 2, 6], 3.0), ([9, 1, 1, 1, 1, 1, 1, 1], 1.0)]
)
def test_drift_is_the_last_month_against_six(hits, expected):
    assert standing.drift(hits) == expected
