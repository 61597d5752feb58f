"""A sample that anybody can draw again, and how sure its rate is."""

import hashlib
import itertools
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.quality.accuracy import rules
from yidang.quality.tables import expectations, plan, plan_origin, thresholds

frames = st.sets(st.uuids(), max_size=60)
seeds = st.text(max_size=20)
counted = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(frames, seeds, st.integers(0, 60), st.randoms())
def test_the_same_seed_draws_the_same_records_in_any_order(frame, seed, size, dice):
    shuffled = list(frame)
    dice.shuffle(shuffled)
    drawn = rules.draw(frame, seed, size)
    assert drawn == rules.draw(shuffled, seed, size)
    assert len(drawn) == len(set(drawn)) == min(size, len(frame))
    assert set(drawn) <= frame


@given(frames, seeds, st.integers(0, 30), st.integers(0, 30))
def test_a_widened_sample_holds_the_first(frame, seed, size, more):
    assert rules.draw(frame, seed, size + more)[: min(size, len(frame))] == rules.draw(frame, seed, size)


def test_anybody_can_draw_it_with_a_pocket_tool():
    ids = [UUID(int=n) for n in range(100)]
    by_hand = sorted(ids, key=lambda one: hashlib.sha256(f"abc:{one}".encode()).hexdigest())[:5]
    assert rules.draw(ids, "abc", 5) == by_hand
    lines = "".join(f"{one}\n" for one in ids)
    assert rules.frame_digest(reversed(ids)) == hashlib.sha256(lines.encode()).hexdigest()


def test_every_record_is_as_likely_as_another():
    ids = [UUID(int=n) for n in range(20)]
    hits = dict.fromkeys(ids, 0)
    for seed in range(2000):
        for one in rules.draw(ids, str(seed), 5):
            hits[one] += 1
    assert all(400 < count < 600 for count in hits.values())  # 500 expected, five standard deviations


@given(st.integers(1, 10**7))
def test_the_plan_knows_a_size_for_every_lot(lot):
    first, widened = (rules.size_for(lot, plan(), is_widened=wide) for wide in (False, True))
    assert 1 <= first <= widened <= lot


@given(st.integers(1, 10**6))
def test_a_larger_lot_never_gets_a_smaller_sample(lot):
    assert rules.size_for(lot, plan()) <= rules.size_for(lot + 1, plan())


def test_the_plan_has_no_gap_and_says_where_it_comes_from():
    rows = plan()
    assert all(one.lot_to + 1 == two.lot_from for one, two in itertools.pairwise(rows))
    assert (rows[0].lot_from, rows[-1].lot_to) == (1, None)
    assert not plan_origin().is_verified
    assert thresholds()["filing_rate"][0] == Fraction(98, 100)
    assert thresholds()["error_rate"][0] == Fraction(5, 1000)
    assert expectations()["inspection_notice"].has_seal


@pytest.mark.parametrize(
    ("wrong", "compared", "low", "high"),
    [(0, 50, 0.0, 0.071122), (1, 100, 0.000253, 0.054459), (5, 20, 0.086571, 0.491046), (20, 20, 0.831567, 1.0)],
)
def test_clopper_pearson_as_the_tables_have_it(wrong, compared, low, high):
    found = rules.clopper_pearson(wrong, compared)
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-6)


def test_wilson_as_the_books_have_it():
    found = rules.wilson(5, 20)
    assert (found.low, found.high) == pytest.approx((0.111862, 0.468700), abs=2e-6)


@given(counted)
def test_both_intervals_hold_the_rate_and_the_exact_one_is_wider(case):
    wrong, compared = case
    wilson, exact = rules.wilson(wrong, compared), rules.clopper_pearson(wrong, compared)
    for one in (wilson, exact):
        assert 0 <= one.low <= wrong / compared + 1e-12
        assert wrong / compared - 1e-12 <= one.high <= 1
    assert exact.high - exact.low >= wilson.high - wilson.low - 0.02


@given(counted)
def test_more_errors_never_lower_the_bounds(case):
    wrong, compared = case
    if wrong < compared:
        one, two = rules.clopper_pearson(wrong, compared), rules.clopper_pearson(wrong + 1, compared)
        assert one.low <= two.low
        assert one.high <= two.high


def test_over_means_more_than_the_threshold():
    half = Fraction(5, 1000)
    assert not rules.is_over(rules.Result(10, 200, 1, 1), half)
    assert rules.is_over(rules.Result(10, 199, 1, 1), half)
    assert not rules.is_over(rules.Result(0, 0, 0, 0), half)
