from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.errors import Invalid
from yidang.kernel.period import Period, expires_on, term_years


def test_terms_count_from_the_january_after():
    assert expires_on(2015, "D10") == date(2026, 1, 1)


def test_permanent_never_expires():
    assert expires_on(2015, "Y") is None


@pytest.mark.parametrize("term", ["", "y", "D0", "30", "D1000", "永久", "KJ"])
def test_an_unknown_term_is_refused(term):
    with pytest.raises(Invalid, match="term_malformed"):
        term_years(term)


@given(st.integers(1949, 2100), st.integers(1, 999))
def test_the_whole_term_lies_between_formation_and_expiry(year, years):
    due = expires_on(year, f"D{years}")
    assert due is not None
    assert due.year - year - 1 == years


days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(days, days, days, days)
def test_periods_overlap_exactly_when_they_share_a_day(a, b, c, d):
    try:
        one, other = Period(a, b), Period(c, d)
    except Invalid:
        return
    latest_start = max(filter(None, (a, c)), default=date.min)
    earliest_end = min(filter(None, (b, d)), default=date.max)
    assert one.overlaps(other) == other.overlaps(one) == (latest_start <= earliest_end)


def test_both_ends_belong_to_a_period():
    year = Period.of_year(2026)
    assert date(2026, 1, 1) in year
    assert date(2026, 12, 31) in year
    assert date(2027, 1, 1) not in year
