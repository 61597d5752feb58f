"""Dates that must not pass unnoticed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.clock import today
from yidang.workflow import deadlines, rules
from yidang.workflow.models import Deadline, Notice
from yidang.workflow.operations import close_task, keep_dates, meet_deadline, open_task, remind_due, set_deadline

DAYS = st.lists(st.integers(-60, 60), max_size=6)
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DATES, DAYS, DATES)
def test_the_next_reminder_is_the_first_one_still_to_come(due_on, days, after):
    found = rules.next_reminder(due_on, days, after=after)
    to_come = {due_on + timedelta(days=day) for day in days if due_on + timedelta(days=day) > after}
    assert found == (min(to_come) if to_come else None)


@given(st.integers(0, 10_000))
def test_pauses_grow_and_end_at_six_hours(attempts):
    assert rules.pause_after(attempts) <= rules.pause_after(attempts + 1) <= timedelta(hours=6)


def test_a_message_is_tried_for_about_a_day():
    tried = sum((rules.pause_after(n) for n in range(1, rules.MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=20) < tried < timedelta(hours=36)
    assert rules.is_given_up(rules.MOST_ATTEMPTS)
    assert not rules.is_given_up(rules.MOST_ATTEMPTS - 1)


@pytest.fixture
def on(monkeypatch):
    """Lives a day in the house."""

    def live(day):
        monkeypatch.setattr(deadlines, "today", lambda: day)
        return remind_due()

    return live


def told():
    return list(Notice.objects.order_by("made_at").values_list("kind", "facts__days_left"))


@pytest.mark.django_db
def test_reminders_come_before_and_after_until_it_is_met(house, on):
    due = today() + timedelta(days=10)
    staff = house("dangan").staff_id
    set_deadline(kind="task_due", due_on=due, days=(-3, 0, 2), subject=staff, subject_url="/", assignee=staff)
    lived = {day: on(due + timedelta(days=day)) for day in range(-10, 5)}
    assert [day for day, count in lived.items() if count] == [-3, 0, 2]
    assert told() == [("task_due", 3), ("task_due", 0), ("task_due_late", -2)]


@pytest.mark.django_db
def test_days_missed_are_one_reminder(house, on):
    due = today() + timedelta(days=1)
    staff = house("dangan").staff_id
    set_deadline(kind="task_due", due_on=due, days=(-1, 0, 1, 2, 30), subject_url="/", assignee=staff)
    assert on(due + timedelta(days=5)) == 1
    assert on(due + timedelta(days=5)) == 0
    assert Deadline.objects.get().next_on == due + timedelta(days=30)


@pytest.mark.django_db
def test_what_is_met_is_not_reminded_of(house, on):
    subject = house("xitong").staff_id
    set_deadline(kind="task_due", due_on=today(), subject=subject, subject_url="/", permission="see_system")
    assert meet_deadline(kind="task_due", subject=subject) == 1
    assert on(today() + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_a_task_with_a_date_reminds_by_itself_until_closed(house, on):
    grant = house("dangan")
    task = open_task(grant=grant, kind="approval", subject_url="/", assignee=grant.staff_id, due_on=today())
    assert on(today() + timedelta(days=1)) == 1
    close_task(grant=grant, task_id=task.id)
    assert on(today() + timedelta(days=7)) == 0
    keep_dates()
