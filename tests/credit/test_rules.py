"""Points and terms of time, for any order of events and any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yidang.collection.rules import WorkCalendar
from yidang.credit import rules
from yidang.credit.rules import Scored, Status, Term, Terms

TERMS = Terms()
DAYS = st.dates(date(2021, 1, 1), date(2040, 12, 31))
SCORED = st.lists(st.builds(Scored, st.integers(2025, 2027), st.integers(1, 12)), max_size=8)


@given(SCORED, st.integers(0, 12))
def test_a_year_counts_its_own_and_never_below_nothing(scored, repairs):
    for year in (2025, 2026, 2027):
        taken = sum(one.points for one in scored if one.year == year)
        found = rules.total(year, scored, repairs, TERMS)
        assert max(0, taken - TERMS.repair_most) <= found <= taken
    assert rules.total(2028, scored, repairs, TERMS) == 0


@given(SCORED)
def test_what_an_appeal_takes_away_never_makes_it_worse(scored):
    for gone in range(len(scored)):
        left = scored[:gone] + scored[gone + 1 :]
        for year in (2025, 2026, 2027):
            assert rules.total(year, left, 0, TERMS) <= rules.total(year, scored, 0, TERMS)


@given(st.integers(0, 40), st.integers(1, 12))
def test_thresholds_have_no_gap(points, single):
    due = rules.owed(points, single, TERMS)
    assert due.status == (Status.TERMINATED if points >= 12 else Status.SUSPENDED if points >= 9 else Status.NORMAL)
    assert due.months in {(0, 0), (1, 6), (12, 12), (36, 36)}
    assert (due.months == (36, 36)) == (points >= 12 and single >= 12)


@given(DAYS, st.integers(1, 36))
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months):
    end = rules.add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


def test_a_leap_day_ends_on_the_last_of_february():
    assert rules.add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert rules.add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)


@given(DAYS, st.integers(1, 36))
def test_a_term_covers_its_first_day_and_not_its_last(since, months):
    term = Term(Status.SUSPENDED, since, rules.add_months(since, months))
    assert term.covers(since)
    assert term.covers(term.until - timedelta(days=1))
    assert not term.covers(term.until)
    assert not term.covers(since - timedelta(days=1))


@given(DAYS)
def test_the_gravest_measure_is_the_one_that_counts(day):
    later = rules.add_months(day, 6)
    both = [Term(Status.TERMINATED, day, later), Term(Status.SUSPENDED, day, rules.add_months(day, 12))]
    assert rules.status_on(day, both).status == Status.TERMINATED
    assert rules.status_on(later, both).status == Status.SUSPENDED
    assert rules.status_on(rules.add_months(day, 12), both) is None


@given(DAYS, st.sets(DAYS, max_size=20))
def test_an_appeal_has_ten_days_that_are_worked(served, holidays):
    calendar = WorkCalendar(holidays=frozenset(holidays))
    last = rules.appeal_until(served, TERMS, calendar.working_days_after)
    worked = [served + timedelta(days=one) for one in range(1, (last - served).days + 1)]
    assert calendar.is_working(last)
    assert sum(calendar.is_working(one) for one in worked) in {10, 11}  # served on a holiday counts from the next day


def test_national_day_makes_the_term_longer():
    week = frozenset(date(2026, 10, day) for day in range(1, 9))
    calendar = WorkCalendar(holidays=week, workdays=frozenset({date(2026, 10, 10)}))
    assert rules.appeal_until(date(2026, 9, 30), TERMS, calendar.working_days_after) == date(2026, 10, 21)


@given(SCORED, st.integers(0, 4))
def test_the_course_of_a_year_ends_where_its_total_is(scored, repairs):
    year = [one for one in scored if one.year == 2026]
    called = rules.still_called_for(year, repairs, TERMS)
    if year:
        total = rules.total(2026, year, repairs, TERMS)
        assert called[-1] == rules.owed(total, year[-1].points, TERMS)
