"""Robust z, weights, figures, calibration and the gate: what they promise whatever the numbers."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.oversight.scores import calibration, gate, selection
from yidang.oversight.scores.copula import Copula
from yidang.oversight.scores.figures import (
    average_precision,
    calibration_bins,
    calibration_error,
    interval,
    money_recall,
    precision_at,
)
from yidang.oversight.scores.peers import FARTHEST, LEAST, grouped, robust_z, standing
from yidang.oversight.scores.selection import MOST_WEIGHT, Drawn

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
COLUMNS = st.lists(NUMBERS, min_size=1, max_size=40)


def column(values):
    return np.asarray(values, dtype=float)[:, None]


@given(COLUMNS)
def test_robust_z_is_finite_bounded_and_keeps_the_order(values):
    z = robust_z(column(values))[:, 0]
    assert np.isfinite(z).all()
    assert (np.abs(z) <= FARTHEST).all()
    assert (np.diff(z[np.argsort(values, kind="stable")]) >= 0).all()


@given(COLUMNS, st.integers(1, 100), st.integers(-1000, 1000))
def test_robust_z_knows_neither_unit_nor_zero(values, scale, shift):
    moved = [value * scale + shift for value in values]
    assert robust_z(column(moved)) == pytest.approx(robust_z(column(values)), abs=1e-3)


@given(NUMBERS, st.integers(1, 30))
def test_where_all_are_equal_nobody_stands_out(value, count):
    assert not robust_z(column([value] * count)).any()


def test_where_most_are_equal_the_odd_one_stands_out_all_the_same():
    z = robust_z(column([1.0] * 30 + [9.0]))[:, 0]
    assert z[-1] == FARTHEST
    assert not z[:-1].any()


def test_what_is_missing_stands_nowhere():
    assert robust_z(column([1.0, 2.0, 3.0, np.nan]))[-1, 0] == 0
    assert not robust_z(column([np.nan, np.nan])).any()


def test_a_row_stands_among_the_nearest_ring_that_holds_enough():
    near = np.array(["a"] * LEAST + ["b"] * 3 + ["c"] * 2)
    wider = np.array(["x"] * (LEAST + 3) + ["y"] * 2)
    groups, members, rings = grouped([near, wider, np.array(["all"] * len(near))])
    assert [rings[groups[at]] for at in (0, LEAST, len(near) - 1)] == [0, 1, 2]
    assert [len(members[groups[at]]) for at in (0, LEAST, len(near) - 1)] == [LEAST, LEAST + 3, LEAST + 5]


def test_median_and_percentile_are_those_of_the_peers():
    about = {"peer": np.array(["a"] * 20 + ["b"] * 20), "wider": np.array(["x"] * 40), "widest": np.array(["x"] * 40)}
    values = column([*range(20), *range(1000, 1020)])
    found = standing(SimpleNamespace(values=values, about=about))
    assert found.median(0)[0] == 9.5
    assert found.percentile(19, values)[0] == 1.0
    assert found.percentile(0, values)[0] == pytest.approx(1 / 20)


DOUBTS = st.lists(
    st.builds(
        Drawn,
        subject=st.sampled_from("abcdef"),
        entry=st.floats(0.01, 1),
        lot=st.floats(0.05, 1),
        expected=st.integers(0, 10**6),
        is_lot=st.booleans(),
        is_judged=st.booleans(),
    ),
    max_size=40,
)


@given(DOUBTS)
def test_weights_are_of_the_judged_and_bounded(doubts):
    told = selection.weights(doubts)
    assert told.keys() == {one.subject for one in doubts if one.is_judged}
    assert all(1 <= weight <= MOST_WEIGHT for weight in told.values())
    assert all(0 < chance <= 1 for chance in selection.chances(doubts))


def test_what_is_seldom_read_counts_for_those_not_read():
    dear = [Drawn(f"d{n}", 1, 0.1, 1000 + n, is_lot=False, is_judged=True) for n in range(20)]
    cheap = [Drawn(f"c{n}", 1, 0.1, n, is_lot=False, is_judged=n == 0) for n in range(80)]
    by_lot = [Drawn("lot", 0.02, 1.0, 5, is_lot=True, is_judged=True)]
    told = selection.weights([*dear, *cheap, *by_lot])
    assert told["d1"] < 1.5 < told["c0"] < told["lot"]


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=1, max_size=60), st.integers(1, 60))
def test_figures_lie_between_nothing_and_all(rows, capacity):
    scores, answers = np.array([row[0] for row in rows]), np.array([float(row[1]) for row in rows])
    assert 0 <= average_precision(scores, answers) <= 1 + 1e-9
    assert 0 <= precision_at(scores, answers, capacity) <= 1 + 1e-9
    assert 0 <= money_recall(scores, answers, capacity) <= 1 + 1e-9


def test_figures_of_a_ranking_in_hand():
    scores, answers = np.array([4.0, 3, 2, 1]), np.array([1.0, 0, 1, 0])
    assert average_precision(scores, answers) == pytest.approx((1 + 2 / 3) / 2)
    assert precision_at(scores, answers, 2) == 0.5
    assert precision_at(np.zeros(4), answers, 1) == 0.5  # ties: no order is luck
    heavy = np.array([1.0, 3.0, 1.0, 1.0])
    assert precision_at(scores, answers, 4, heavy) == 0.25
    low, high = interval(lambda at: average_precision(scores[at], answers[at]), 4, draws=20)
    assert 0 <= low <= high <= 1


SCORED = st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=60, max_size=260)


@given(SCORED)
def test_a_calibration_rises_and_stays_a_chance(rows):
    scores, answers = np.array([row[0] for row in rows]), np.array([float(row[1]) for row in rows])
    made = calibration.fitted(scores, answers, np.ones(len(rows)))
    rarer = min(answers.sum(), len(rows) - answers.sum())
    assert (made is None) == (rarer < 5)
    if made:
        assert made["kind"] == ("isotonic" if len(rows) >= calibration.ENOUGH else "platt")
        told = calibration.chances(made, np.linspace(-6, 6, 50))
        assert ((told >= 0) & (told <= 1)).all()
        assert (np.diff(told) >= -1e-12).all()


def test_before_verdicts_nothing_is_a_probability():
    assert calibration.fitted(np.arange(49.0), np.ones(49), np.ones(49)) is None
    assert calibration.chances(None, np.zeros(3)) is None


def test_what_is_said_and_comes_true_is_no_error():
    answers = np.array([1.0] * 5 + [0.0] * 5)
    bins = calibration_bins(np.full(10, 0.5), answers)
    assert bins == [[0.5, 0.5, 10.0]]
    assert calibration_error(bins) == 0


def figures(ap=0.5, precision=0.5, judged=40, confirmed=10):
    return {"judged": judged, "confirmed": confirmed, "ap": ap, "precision": precision}


def month(overall=None, groups=None, judged=40):
    return {
        "capacity": 20, "overall": overall or figures(judged=judged), "groups": groups or {},
        "baseline": figures(0.2, 0.2), "baseline_groups": {}, "brier": None, "ece": None, "bins": [],
    }  # fmt: skip


def test_against_nobody_the_one_column_is_what_must_not_be_fallen_behind():
    assert gate.falls(month(), None) == []
    assert [one.measure for one in gate.falls(month(figures(0.1, 0.1)), None)] == ["ap", "precision"]


def test_a_fall_in_one_group_is_a_fall():
    standing_now = month(groups={"3": figures(0.5, 0.5), "1": figures(0.5, 0.5)})
    candidate = month(figures(0.9, 0.9), groups={"3": figures(0.9, 0.4), "1": figures(0.6, 0.5)})
    assert gate.falls(candidate, standing_now) == [("3", "precision", 0.5, 0.4)]


@pytest.mark.parametrize("small", [figures(0.0, 0.0, judged=9), figures(0.0, 0.0, confirmed=0)])
def test_a_group_that_says_nothing_is_not_compared(small):
    assert gate.falls(month(groups={"3": small}), month(groups={"3": figures()})) == []


def test_the_month_that_decides_comes_after_the_window_and_has_enough():
    months = {"2026-01": month(), "2026-02": month(judged=29), "2026-03": month(), "2026-04": month()}
    assert gate.next_month(months, "2026-01", None)[0] == "2026-03"
    assert gate.next_month(months, "2026-01", {"2026-04": month()})[0] == "2026-04"
    assert gate.next_month(months, "2026-04", None) is None


@pytest.mark.parametrize("rows", [1, 2, 9])
def test_among_few_nobody_stands_apart(rows):
    from yidang.oversight.scores.estimators import Forest

    z = np.arange(rows * 3, dtype=float).reshape(rows, 3)
    assert not Forest(1).scores(z).any()
    assert not Forest(1).contributions(z).any()


def test_a_forest_of_one_seed_says_the_same_twice_and_why():
    from yidang.oversight.scores.estimators import Forest

    z = np.random.default_rng(3).normal(size=(60, 4))
    z[7, 2] = 15.0
    scores = Forest(5).scores(z)
    assert (scores == Forest(5).scores(z)).all()
    forest = Forest(5)
    forest.scores(z)
    assert scores.argmax() == 7
    assert forest.contributions(z[[7]]).argmax() == 2


def test_tails_rank_who_stands_out_and_name_the_columns():
    z = np.random.default_rng(3).normal(size=(300, 4))
    z[7] = [0.0, 15.0, 15.0, 15.0]
    copula = Copula()
    scores = copula.scores(z)
    assert scores.argmax() == 7
    assert copula.contributions(z[[7]]).argmin() == 0
    assert copula.contributions(z).sum(axis=1) == pytest.approx(scores)
    assert (Copula().scores(z) == scores).all()
    assert not len(Copula().scores(np.zeros((0, 4))))


@given(COLUMNS)
def test_tails_care_for_the_order_alone(values):
    block = column(values)
    assert Copula().scores(block * 3 + 1) == pytest.approx(Copula().scores(block))
