"""What a correction overtook leaves the desk with its money; what was judged, or is doubted again, stays."""

import pytest

from yidang.claims.models import SettlementEvent
from yidang.kernel.clock import now
from yidang.oversight.findings import record_findings
from yidang.oversight.models import Finding, FindingState
from yidang.oversight.overtaken import Overtaken

from .conftest import found

ONE, OTHER = 1, 2


def night(run, *doubts):
    watch = Overtaken(["R18"])
    record_findings(run, watch.passing(doubts))
    return watch.settle(run)


def state(claim):
    return Finding.objects.values_list("state", "counted_fen").get(claim=claim)


@pytest.fixture
def doubted(run):
    record_findings(run, [found(ONE, lines=[(11, 700)]), found(OTHER, lines=[(21, 900)])])
    SettlementEvent.objects.create(settlement_id=ONE, kind="corrected", version=2, at=now())


def test_a_corrected_claim_doubted_no_more_leaves_the_desk(doubted, run):
    assert night(run) == 1
    assert state(ONE) == (FindingState.OVERTAKEN, 0)
    assert state(OTHER) == (
        FindingState.OPEN,
        900,
    )  # it was not corrected


def test_what_is_doubted_again_stays_or_returns(doubted, run):
    assert night(run, found(ONE, lines=[(11, 700)])) == 0
    assert night(run) == 1
    night(run, found(ONE, lines=[(11, 700)]))
    assert state(ONE) == (FindingState.OPEN, 700)


def test_what_a_person_judged_stays(doubted, run):
    Finding.objects.filter(claim=ONE).update(state=FindingState.NEEDS_PAPERS)
    assert night(run) == 0
    assert state(ONE) == (FindingState.NEEDS_PAPERS, 700)
