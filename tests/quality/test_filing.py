from datetime import date, timedelta
from fractions import Fraction

import pytest

from yidang.holdings import operations
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.quality import ports, thresholds
from yidang.quality.filing import figures
from yidang.quality.filing.rules import Quarter
from yidang.quality.models import Case, Rate
from yidang.quality.ports import Expected

from .records import draft, file

pytestmark = pytest.mark.django_db
Q1 = Quarter(2026, 1)


@pytest.fixture
def later(monkeypatch):
    """The quarter is over."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 2))


def waiting(count, **more):
    operations.create_drafts(SYSTEM, [draft(institution="H330182001", **more) for _ in range(count)])


def line(process="DYJS"):
    return Rate.objects.get(quarter=str(Q1), institution="H330182001", process=process)


def process_of(item):
    return item.series.process


def test_filed_of_what_came(bureau):
    (item,) = file(draft(institution="H330182001"))
    waiting(3)
    file(draft(institution="H330182001", formed_on="2026-04-01"))  # of the next quarter
    figures.count(Q1)
    row = line(process_of(item))
    assert (row.received, row.filed, row.owed, row.expected) == (4, 1, 4, None)


def test_declared_missing_is_owed_until_taken_back(bureau):
    (item,) = file(draft(institution="H330182001"))
    known = {"quarter": "2026Q1", "institution": "H330182001", "process": process_of(item)}
    made = figures.declare_missing(grant=bureau.archivist, **known, count=3, reason="医院停电未报")
    figures.count(Q1)
    assert (line(process_of(item)).owed, line(process_of(item)).missing) == (4, 3)
    ((row, reason),) = figures.declared(bureau.head, Q1)
    assert (row.pk, reason) == (made.pk, "医院停电未报")
    figures.take_back(grant=bureau.archivist, missing_id=made.pk)
    figures.count(Q1)
    assert line(process_of(item)).owed == 1
    for wrong in ({"count": 0}, {"process": "NONE"}, {"quarter": "2026"}, {"reason": ""}):
        with pytest.raises(Invalid, match="missing_wrong"):
            figures.declare_missing(grant=bureau.archivist, **{**known, "count": 1, "reason": "缺", **wrong})
    with pytest.raises(NotAllowed):
        figures.declare_missing(grant=bureau.head, **known, count=1, reason="缺")


def test_the_calendar_says_what_is_owed(bureau, monkeypatch):
    (item,) = file(draft(institution="H330182001"))

    class Calendar:
        def expected(self, quarter):
            return [Expected("H330182001", process_of(item), 50)] if quarter == Q1 else []

    monkeypatch.setattr(ports._Wired, "calendar", Calendar())
    figures.count(Q1)
    row = line(process_of(item))
    assert (row.expected, row.owed, row.filed) == (50, 50, 1)


def test_too_little_raises_one_case_with_owner_and_deadline(bureau, later):
    (item,) = file(draft(institution="H330182001"))
    waiting(1)
    figures.count(Q1)
    assert figures.raise_cases(Q1) == 1
    figures.raise_cases(Q1)
    case = Case.objects.get()
    assert case.owner_id == bureau.id("section")  # heads the section that owns the series
    assert (case.deadline - clock.today()).days == 30
    assert case.facts == {"filed": 1, "owed": 2, "rate": "50.00%", "threshold": "98.00%"}
    assert process_of(item) in case.url
    assert "2026Q1" in case.url


def test_a_quarter_that_runs_raises_nothing(bureau, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 31))
    waiting(2)
    figures.count(Q1)
    assert figures.raise_cases(Q1) == 0


def test_the_threshold_is_the_heads_to_set(bureau, later):
    file(draft(institution="H330182001"))
    waiting(1)
    figures.count(Q1)
    with pytest.raises(NotAllowed):
        thresholds.set_threshold(grant=bureau.archivist, code="filing_rate", typed="40")
    for wrong in ("", "0", "101", "NaN", "x"):
        with pytest.raises(Invalid, match="threshold_wrong"):
            thresholds.set_threshold(grant=bureau.head, code="filing_rate", typed=wrong)
    thresholds.set_threshold(grant=bureau.head, code="filing_rate", typed="40")
    assert thresholds.value_of("filing_rate") == Fraction(4, 10)
    assert figures.raise_cases(Q1) == 0


def test_the_number_opens_the_records_it_counts(bureau):
    (item,) = file(draft(institution="H330182001"))
    waiting(2)
    file(draft(series="CBGR"))
    where = {"institution": "H330182001", "process": process_of(item)}
    assert figures.behind(bureau.archivist, Q1, **where).count() == 3
    assert figures.behind(bureau.archivist, Q1, **where, is_filed=True).get() == item
    assert figures.behind(bureau.section, Q1, institution=None, process="").get() == item  # drafts are not its to see


def test_the_course_over_the_quarters(bureau):
    file(draft(), draft(formed_on="2025-12-31"))
    for quarter in (Q1, Q1.previous):
        figures.count(quarter)
    course = figures.trend(bureau.head, Q1, 3)
    assert [(str(q), filed, owed) for q, filed, owed in course] == [
        ("2025Q3", 0, 0),
        ("2025Q4", 1, 1),
        ("2026Q1", 1, 1),
    ]


def test_counting_is_due_once_an_hour(bureau, monkeypatch):
    assert not figures.is_count_due()
    file(draft(formed_on=clock.today().isoformat()), draft(formed_on="2010-01-01"))
    assert figures.is_count_due()
    figures.count_recent()
    assert Rate.objects.get().received == 1
    assert not figures.is_count_due()
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert figures.is_count_due()


def test_the_list_behind_holds_what_was_counted(bureau):
    drafts = [draft(formed_on=day) for day in ("2026-01-01", "2026-03-31", "2026-04-01", "")]
    file(*drafts)
    for quarter in (Q1, Q1.next, Quarter.of(clock.today())):
        figures.count(quarter)
        counted = sum(one.received for one in Rate.objects.filter(quarter=str(quarter)))
        assert counted == figures.behind(bureau.archivist, quarter, institution=None, process="").count()
