"""A doubt is kept once, and money on a line is counted once, whoever doubts it."""

from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from yidang.ledger.models import LedgerEntry
from yidang.oversight.desk.evidence import evidence_of
from yidang.oversight.desk.rules import allocate, identity_of
from yidang.oversight.findings import count_money, finish_run, record_findings, start_run
from yidang.oversight.models import Finding, FindingState

from .conftest import found

SHARES = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(0, 9)), unique_by=lambda s: s[:2])


@given(SHARES)
def test_each_line_counts_once_with_its_largest_doubt(shares):
    counted = allocate(shares)
    for line in {share[1] for share in shares}:
        amounts = [share[2] for share in shares if share[1] == line]
        assert sum(fen for (_, on), fen in counted.items() if on == line) == max(amounts)


@given(st.lists(st.integers(), max_size=6))
def test_order_and_repetition_make_no_other_doubt(lines):
    assert identity_of("R1", "claim:1", lines) == identity_of("R1", "claim:1", [*reversed(lines), *lines])


def test_the_same_doubt_is_kept_once(run):
    assert record_findings(run, [found(), found(2)]) == (2, 0)
    again = start_run(rules=[("R18", "2")])
    assert record_findings(again, [found(rule_version="2"), found(3)]) == (1, 1)
    assert Finding.objects.count() == 3
    assert finish_run(again, claims=10, lines=40).findings == 1


def test_overlapping_doubts_count_no_money_twice(run):
    record_findings(run, [found(), found(rule="R19", lines=[(12, 2500), (13, 100)])])
    first, second = Finding.objects.order_by("number")
    assert (first.amount_fen, first.counted_fen) == (5000, 3000)
    assert (second.amount_fen, second.counted_fen) == (2600, 2600)
    Finding.objects.filter(pk=second.pk).update(state=FindingState.SHADOW)
    count_money([12, 13])
    assert Finding.objects.aggregate(Sum("counted_fen"))["counted_fen__sum"] == 5000


def test_what_tells_of_care_is_sealed(run):
    record_findings(run, [found(text="与妊娠诊断冲突")])
    one = Finding.objects.get()
    assert "妊娠".encode() not in bytes(one.sealed_evidence)
    assert evidence_of(one).lines[0].amount_fen == 3000
    entry = LedgerEntry.objects.filter(action="oversight.findings_recorded").get()
    assert "妊娠" not in str(entry.entry)


def test_about_one_in_ten_is_picked_by_lot(run):
    record_findings(run, [found(claim, lines=[(claim, claim)]) for claim in range(1, 601)])
    assert 30 <= Finding.objects.filter(random_pick=True).count() <= 95
