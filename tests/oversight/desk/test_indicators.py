"""Monthly shares and rates of hospitals beside their level."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.claims.generator.making import generate
from yidang.claims.history import folder
from yidang.oversight.indicators.reckoning import Figure, indicators, percentile, reckon


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_nine_in_ten_lie_within_the_values(values):
    bound = percentile(values, 0.9)
    assert min(values) <= bound <= max(values)
    assert sum(one > bound for one in values) <= len(values) // 10 + 1


def test_only_what_exceeds_its_level_is_marked():
    assert Figure("x", 0.5, 0.4).is_high
    assert not Figure("x", 0.4, 0.4).is_high
    assert not Figure("x", 0.9, None).is_high
    assert not Figure("x", None, 0.1).is_high


@pytest.fixture
def empty(db):
    """No history but what the test lays."""
    shutil.rmtree(folder(), ignore_errors=True)
    yield
    shutil.rmtree(folder(), ignore_errors=True)


@pytest.fixture
def standing(empty):
    generate(lines=2000, seed=3, out=folder(), workers=1)


def test_every_hospital_of_a_month_has_its_shares(standing):
    month, months, rows = reckon()
    assert month == months[0]
    assert rows
    for row in rows:
        assert len(row.figures) == len(indicators())
        assert all(one.value is None or 0 <= one.value <= 1 for one in row.figures)
        drugs, tests, materials, treatment = (one.value or 0 for one in row.figures[:4])
        assert drugs + tests + materials + treatment <= 1.0001


def test_without_claims_there_is_no_month(empty):
    assert reckon() == ("", [], [])
