"""When copies are due, what is late, and who sees it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from yidang.kernel.errors import Invalid
from yidang.preservation.copies import journal
from yidang.preservation.copies.manifest import Run
from yidang.preservation.copies.pruning import outlived
from yidang.preservation.models import CopyDuty
from yidang.site.copies import keeping, schedule
from yidang.site.copies.status import status

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
KINDS = CopyDuty.Kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily 01:30", datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),
        ("daily 13:00", datetime(2026, 11, 21, 13, 0, tzinfo=UTC)),
        ("sun 01:30", datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),
        ("sun 13:00", datetime(2026, 11, 15, 13, 0, tzinfo=UTC)),
        ("mon 01:30", datetime(2026, 11, 16, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_last_scheduled_moment(text, expected):
    assert schedule.parse(text).last_before(NOW) == expected


@given(some.sampled_from(["daily", *schedule.DAYS]), some.times(), some.datetimes(timezones=some.just(UTC)))
def test_a_moment_is_never_later_than_now_nor_older_than_a_period(day, at, now):
    chosen = schedule.parse(f"{day} {at:%H:%M}")
    if now.year > 1:
        found = chosen.last_before(now)
        assert now - chosen.period < found <= now


@pytest.mark.parametrize("text", ["", "daily", "often 01:30", "daily 25:00", "daily 01:30 UTC"])
def test_what_is_no_schedule_is_refused(text):
    with pytest.raises(Invalid, match="setting_value"):
        schedule.parse(text)


@pytest.fixture
def config(tmp_path):
    (tmp_path / "run").mkdir()
    places = {"backup_to": "c", "backup_keys_to": "k"}
    return replace(settings.YIDANG, home=tmp_path, **places)


def done(kind: str, at: datetime, *, is_sound: bool = True, scope: str = "everything") -> None:
    duty = journal.record(
        kind=kind, place="c", started_at=at, is_sound=is_sound, facts={"scope": scope}, actor="system:test"
    )
    CopyDuty.objects.filter(pk=duty.pk).update(started_at=at)


@pytest.mark.django_db
def test_settlement_is_copied_daily_under_a_weekly_schedule(config):
    weekly = replace(config, backup_schedule="mon 01:30")
    assert keeping.run_due(weekly, NOW) == "everything"
    done(KINDS.RUN, NOW - timedelta(days=3))
    assert keeping.run_due(replace(weekly, backup_to="elsewhere"), NOW) == "everything"
    assert keeping.run_due(weekly, NOW) == "settlement"
    done(KINDS.RUN, NOW - timedelta(hours=1), scope="settlement")
    assert keeping.run_due(weekly, NOW) == ""
    assert keeping.run_due(weekly, NOW + timedelta(days=1)) == "everything"


@pytest.mark.django_db
def test_one_heavy_duty_at_a_time_and_each_in_its_turn(config):
    names = [name for name, _ in keeping.due(config, NOW)]
    assert names[:2] == ["log", "run"]
    done(KINDS.RUN, NOW)
    assert [name for name, _ in keeping.due(config, NOW)][:2] == ["log", "check"]
    done(KINDS.CHECK, NOW)
    assert [name for name, _ in keeping.due(config, NOW)][:2] == ["log", "drill"]
    done(KINDS.DRILL, NOW)
    done(KINDS.SCRUB, NOW)
    assert [name for name, _ in keeping.due(config, NOW)] == ["log"]
    later = [name for name, _ in keeping.due(config, NOW + timedelta(days=7, hours=1))]
    assert later[:2] == ["log", "run"]


@pytest.mark.django_db
def test_what_is_late_or_wanting_is_named(config):
    for kind in (KINDS.RUN, KINDS.CHECK, KINDS.DRILL, KINDS.SCRUB):
        done(kind, NOW)
    assert status(config, NOW)["ok"]
    late = status(config, NOW + timedelta(days=2))
    assert [one["code"] for one in late["differences"]] == ["copies_late"]
    done(KINDS.CHECK, NOW + timedelta(hours=1), is_sound=False)
    wanting = status(config, NOW + timedelta(hours=2))
    assert [(one["code"], one["kind"]) for one in wanting["differences"]] == [("copies_wanting", "check")]
    unset = status(replace(config, backup_to="", backup_keys_to=""), NOW)
    assert [one["code"] for one in unset["differences"]] == ["copies_not_set"] * 2


def run_at(day: int) -> Run:
    moment = NOW - timedelta(days=day)
    text = moment.isoformat()
    return Run(f"runs/{moment:%Y%m%dT%H%M%S}", text, text, text, {}, {}, None, None, 0, 0)


def test_runs_thin_out_and_the_newest_always_stays():
    runs = [run_at(day) for day in range(800)]
    kept = sorted((NOW - one.moment).days for one in runs if one not in outlived(runs, NOW))
    assert kept[:8] == list(range(8))
    assert 4 <= len([day for day in kept if 7 < day <= 35]) <= 5
    assert 11 <= len([day for day in kept if 35 < day <= 400]) <= 13
    assert max(kept) <= 400
    assert outlived([run_at(900)], NOW) == []


def test_what_holds_a_destroyed_records_description_goes_whatever_its_age():
    runs = [run_at(days) for days in (0, 2, 5, 20, 300)]
    gone = outlived(runs, NOW, NOW - timedelta(days=3))
    assert sorted((NOW - one.moment).days for one in gone) == [5, 20, 300]
    assert outlived([run_at(5)], NOW, NOW) == []
