"""Samples, rates and steps; the catalogue's rows against their source."""

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from yidang.checks import rules
from yidang.checks.catalogue import STAGES, rows
from yidang.checks.registry import record_check, whole_check

COUNTS = st.integers(1, 20_000)


@given(COUNTS)
def test_a_sample_is_never_below_the_share(population):
    size = rules.sample_size(population, 0.05, 3)
    assert size <= population
    assert size >= min(population, 3)
    assert size * 20 >= population


@given(st.integers(1, 300), st.text(max_size=12))
def test_the_same_seed_draws_the_same(population, seed):
    every = list(range(population))
    size = rules.sample_size(population, 0.05, 3)
    drawn = rules.draw(every, size, seed)
    assert drawn == rules.draw(every, size, seed)
    assert len(set(drawn)) == size
    assert drawn == sorted(drawn)


@given(st.lists(st.lists(st.sampled_from(rules.INDICATORS)), min_size=1, max_size=60))
def test_one_broken_link_is_enough_to_fail(faults):
    found = rules.rates(faults)
    assert all(0 <= rate <= 1 for rate in found.values())
    if any(rules.LINKING in some for some in faults):
        assert not rules.holds(found, linking=1.0, others=0.95)


@given(st.sampled_from(sorted(rules.NEXT)), st.sampled_from(sorted(rules.NEXT)))
def test_acceptance_comes_only_from_the_third_party_and_ends_the_way(state, wanted):
    if rules.may_follow(state, "accepted_by_third"):
        assert state == "handed"
    assert not rules.may_follow("accepted_by_third", wanted)


def test_every_automatic_row_has_its_function_and_no_manual_one_has():
    for code, row in rows().items():
        modes = {row.mode(stage) for stage in STAGES} - {""}
        found = record_check(code) or whole_check(code)
        assert bool(found) == bool(modes & {"auto", "mixed"}), code


def test_natures_come_in_their_order_and_gaps_are_kept_as_gaps():
    assert next(iter(rows())).startswith("4-")
    assert {code for code, row in rows().items() if not row.is_worded} == {"1-9", "3-7"}
    assert not rows()["1-9"].verified
    data = Path(__file__).parents[2] / "src/yidang/checks/data/four_natures.csv"
    with data.open(encoding="utf-8") as lines:
        assert len(list(csv.DictReader(lines))) == len(rows()) == 49
