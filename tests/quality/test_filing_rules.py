from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from yidang.quality.filing.rules import Line, Quarter, is_under, merged, percent, rate_of

counts = st.integers(0, 10_000)
places = st.tuples(st.sampled_from(["", "H1", "H2"]), st.sampled_from(["CBDJ", "DYZF"]))


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.next.previous == quarter == Quarter.parse(str(quarter))
    assert quarter.last_day < quarter.next.first_day


def test_what_is_no_quarter():
    assert [Quarter.parse(text) for text in ("2026Q5", "2026", "Q1", "0000Q1", "2026Q1 ")] == [None] * 5


@given(counts, counts)
def test_the_rate_is_filed_of_owed(filed, more):
    rate = rate_of(filed, filed + more)
    assert rate is None if filed + more == 0 else 0 <= rate <= 1
    assert is_under(rate, Fraction(98, 100)) == (filed * 100 < 98 * (filed + more))


@given(st.fractions(0, 1))
def test_a_shown_rate_never_claims_more_than_there_is(rate):
    assert Fraction(percent(rate).rstrip("%")) / 100 <= rate


def test_exactly_the_threshold_is_enough():
    assert not is_under(rate_of(98, 100), Fraction(98, 100))
    assert is_under(rate_of(97, 100), Fraction(98, 100))
    assert not is_under(rate_of(0, 0), Fraction(98, 100))
    assert (percent(rate_of(97999, 100000)), percent(None)) == ("97.99%", "–")


@given(
    st.dictionaries(places, st.tuples(counts, counts)),
    st.lists(st.tuples(places, counts)),
    st.lists(st.tuples(places, counts)),
)
def test_nothing_owed_is_lost_in_merging(received, expected, missing):
    came = [Line(*place, received=a + b, filed=a) for place, (a, b) in received.items()]
    lines = merged(came, [(*place, n) for place, n in expected], [(*place, n) for place, n in missing])
    assert {(one.institution, one.process) for one in lines} == {
        *received,
        *(place for place, _ in expected),
        *(place for place, _ in missing),
    }
    assert sum(one.missing for one in lines) == sum(n for _, n in missing)
    assert all(one.owed >= one.received + one.missing >= one.filed for one in lines)
    assert all(one.rate is None or one.rate <= 1 for one in lines)


def test_without_a_calendar_owed_is_what_came_and_what_is_known_missing():
    (line,) = merged([Line("H1", "DYZF", received=8, filed=7)], [], [("H1", "DYZF", 2)])
    assert (line.owed, line.rate) == (10, Fraction(7, 10))
    (line,) = merged([Line("H1", "DYZF", received=8, filed=7)], [("H1", "DYZF", 14)], [])
    assert (line.owed, line.rate) == (14, Fraction(1, 2))
