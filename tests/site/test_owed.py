"""The filing rate asks the submission calendar what is owed."""

from datetime import date

import pytest

from people import employ
from yidang.collection.models import Institution, Obligation, Requirement
from yidang.holdings.scheme import load_scheme
from yidang.kernel import clock
from yidang.quality.filing.rules import Quarter
from yidang.quality.ports import Expected, calendar
from yidang.site.owed import SubmissionCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def requirement():
    load_scheme()
    return Requirement.objects.create(
        title="月度费用清单",
        series_id="DYJS",
        every="month",
        day=10,
        starts_on=date(2026, 1, 1),
        made_by=employ("maker", "archivist"),
        made_at=clock.now(),
    )


def owe(requirement, month, state="open", code="H1"):
    institution, _ = Institution.objects.get_or_create(code=code, defaults={"name": code})
    day = date(2026, month, 1)
    Obligation.objects.create(
        requirement=requirement,
        institution=institution,
        period=f"2026-{month:02}",
        first_day=day,
        last_day=day.replace(day=28),
        due_on=date(2026, month + 1, 10),
        state=state,
    )


def test_it_is_wired():
    assert isinstance(calendar(), SubmissionCalendar)


def test_open_submissions_are_owed_waived_and_later_ones_not(requirement):
    for month, state in ((1, "open"), (2, "waived"), (3, "partial"), (4, "open")):
        owe(requirement, month, state)
    assert list(calendar().expected(Quarter(2026, 1))) == [Expected("H1", "DYJS", 2)]


def test_an_agreed_number_counts(requirement):
    Requirement.objects.update(expected=30)
    owe(requirement, 1)
    owe(requirement, 2, "met", "H2")
    assert list(calendar().expected(Quarter(2026, 1))) == [Expected("H1", "DYJS", 30), Expected("H2", "DYJS", 30)]
