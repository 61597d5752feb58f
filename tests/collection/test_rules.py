"""Periods and dates, for any calendar: business days, ends of months, leap years."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.collection.capture.rules import Filed, is_same_material, parse
from yidang.collection.holidays import packaged
from yidang.collection.rules import Every, Recurrence, Shift, WorkCalendar, days_late, due_on, owed, period_of
from yidang.kernel.errors import Invalid

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
SPANS = st.sampled_from([one for one in Every if one != Every.WORKDAY])
NEAR = st.lists(st.integers(0, 60), max_size=20)


@st.composite
def calendars(draw, start: date) -> WorkCalendar:
    free = frozenset(start + timedelta(days=n) for n in draw(NEAR))
    worked = frozenset(start + timedelta(days=n) for n in draw(NEAR)) - free
    return WorkCalendar(holidays=free, workdays=worked)


recurrences = st.builds(
    Recurrence, SPANS, day=st.integers(1, 31), lag=st.integers(0, 12), shift=st.sampled_from(list(Shift))
)


@given(st.data(), DAYS, SPANS)
def test_periods_follow_each_other_without_gap_or_overlap(data, day, every):
    period = period_of(every, day)
    assert period.holds(day)
    following = period_of(every, period.last + timedelta(days=1))
    assert following.first == period.last + timedelta(days=1)
    assert following.code != period.code
    inside = data.draw(st.dates(period.first, period.last))
    assert period_of(every, inside) == period


@given(st.data(), DAYS, recurrences)
def test_a_date_lies_on_a_working_day_unless_it_stays(data, day, recurrence):
    period = period_of(recurrence.every, day)
    calendar = data.draw(calendars(period.last))
    due = due_on(recurrence, period, calendar)
    plain = due_on(Recurrence(recurrence.every, recurrence.day, recurrence.lag, Shift.STAYS), period, calendar)
    if recurrence.shift == Shift.STAYS:
        assert due == plain
    else:
        assert calendar.is_working(due)
        assert due >= plain if recurrence.shift == Shift.AFTER else due <= plain
    assert plain.day <= recurrence.day


@given(DAYS, st.integers(1, 31))
def test_the_last_day_of_a_month_stands_for_those_it_has_not(day, wanted):
    period = period_of(Every.MONTH, day)
    due = due_on(Recurrence(Every.MONTH, wanted, shift=Shift.STAYS), period, WorkCalendar())
    assert due.day == wanted or (due + timedelta(days=1)).day == 1
    assert (due.year * 12 + due.month) - (period.last.year * 12 + period.last.month) == 1


def test_the_31st_after_january_is_the_29th_in_a_leap_year():
    january = period_of(Every.MONTH, date(2028, 1, 5))
    assert due_on(Recurrence(Every.MONTH, 31, shift=Shift.STAYS), january, WorkCalendar()) == date(2028, 2, 29)
    before = period_of(Every.MONTH, date(2027, 1, 5))
    assert due_on(Recurrence(Every.MONTH, 31, shift=Shift.STAYS), before, WorkCalendar()) == date(2027, 2, 28)


@given(st.data(), DAYS, st.integers(0, 5))
def test_every_working_day_is_owed_once_and_answered_on_one(data, start, later):
    calendar = data.draw(calendars(start))
    until = start + timedelta(days=40)
    rows = list(owed(Recurrence(Every.WORKDAY, later), calendar, starts=start, ends=None, until=until))
    days = [start + timedelta(days=n) for n in range(41)]
    assert [period.first for period, _ in rows] == [day for day in days if calendar.is_working(day)]
    assert all(calendar.is_working(due) for _, due in rows)
    assert all(one < other for (_, one), (_, other) in pairwise(rows))


@given(st.data(), DAYS, recurrences)
def test_generating_further_ahead_only_adds(data, start, recurrence):
    calendar = data.draw(calendars(start))
    near, far = start + timedelta(days=100), start + timedelta(days=400)
    some = list(owed(recurrence, calendar, starts=start, ends=None, until=near))
    more = list(owed(recurrence, calendar, starts=start, ends=None, until=far))
    assert more[: len(some)] == some
    assert len({period.code for period, _ in more}) == len(more)


@given(DAYS, st.integers(0, 500), recurrences)
def test_nothing_is_owed_for_periods_that_begin_after_the_end(start, length, recurrence):
    ends = start + timedelta(days=length)
    rows = islice(owed(recurrence, WorkCalendar(), starts=start, ends=ends, until=date(2200, 1, 1)), 2000)
    assert all(period.first <= ends for period, _ in rows)


def test_a_calendar_without_a_working_day_hangs_nobody():
    free = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(400))
    assert WorkCalendar(holidays=free).moved(date(2026, 1, 1), Shift.AFTER) == date(2026, 1, 1)


def test_the_packaged_holidays_move_a_date():
    days = packaged()
    calendar = WorkCalendar(
        frozenset(day for day, worked in days.items() if not worked), frozenset(day for day in days if days[day])
    )
    september = period_of(Every.MONTH, date(2026, 9, 1))
    assert due_on(Recurrence(Every.MONTH, 5), september, calendar) == date(2026, 10, 8)
    assert calendar.is_working(date(2026, 10, 10)), "a Saturday worked for the holidays"


@given(DAYS, DAYS)
def test_lateness_is_never_negative(due, day):
    assert days_late(due, day) == max((day - due).days, 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
NAMES = ("case_number", "series", "year", "closed_on", "title", "fields", "process", "materials", "institution")


@given(st.dictionaries(st.sampled_from(NAMES), JSON) | JSON)
def test_whatever_is_sent_is_read_or_refused_by_name(given_words):
    with suppress(Invalid):
        assert isinstance(parse(given_words), Filed)


@pytest.mark.parametrize(
    ("listed", "came", "same"),
    [
        ("身份证复印件", "居民身份证复印件", True),
        ("诊断证明", " 诊断证明 ", True),
        ("诊断证明", "出院记录", False),
        ("", "x", False),
    ],
)
def test_materials_are_known_by_name(listed, came, same):
    assert is_same_material(listed, came) is same
