"""A ledger that is late with those outside: its watchers hear of it, once each time."""

import dataclasses
from datetime import timedelta

import pytest
from django.conf import settings as current
from django.db import transaction

from ledger.outside import witness_of
from people import employ
from yidang.kernel import clock
from yidang.kernel.texts import say
from yidang.ledger.anchoring import states
from yidang.ledger.anchoring.work import anchor_due
from yidang.ledger.operations import append, sequence
from yidang.site.doctor.engines import _ledger_outside
from yidang.site.ledger_watch import KIND, WATCHERS, watch_anchors
from yidang.workflow.models import Notice, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ledger(tmp_path, settings):
    settings.YIDANG = dataclasses.replace(settings.YIDANG, home=tmp_path / "home", witness_seconds=1)
    write()
    return tmp_path / "home" / "ledger"


def write():
    with transaction.atomic():
        append(action="page.viewed", actor="u1")
    sequence()


@pytest.fixture
def watchers():
    with transaction.atomic():
        return [employ(role, role, None) for role in ("audit_admin", "security_admin")]


@pytest.fixture
def ahead(monkeypatch):
    """The clocks of watching and of lateness go on; that of the ledger does not."""
    told = [timedelta()]
    real = clock.now
    monkeypatch.setattr(states, "now", lambda: real() + told[0])
    monkeypatch.setattr(clock, "now", lambda: real() + told[0])

    def move(minutes):
        told[0] += timedelta(minutes=minutes)

    return move


def heard():
    return Notice.objects.filter(kind=KIND).count()


def open_tasks():
    return Task.objects.filter(kind=KIND, closed_at__isnull=True)


def test_each_watcher_is_told_once_and_the_task_ends_with_the_lateness(ledger, watchers, ahead, tmp_path, settings):
    with witness_of(ledger, tmp_path / "witness") as setting:
        settings.YIDANG = dataclasses.replace(settings.YIDANG, witnesses=setting)
        watch_anchors()
        assert heard() == 0
        ahead(5)
        for _ in range(3):
            watch_anchors()
        assert set(Notice.objects.filter(kind=KIND).values_list("recipient", flat=True)) == {one.pk for one in watchers}
        assert heard() == len(watchers)
        assert set(open_tasks().values_list("permission", flat=True)) == {str(one) for one in WATCHERS}
        (current.YIDANG.home / "run" / "anchors-late").unlink()  # the folder came back from a copy
        watch_anchors()
        assert heard() == len(watchers)
        assert anchor_due() == 1
        watch_anchors()
        assert open_tasks().exists(), "late just now: it may be so again in a minute"
        ahead(11)
        watch_anchors()
        assert not open_tasks().exists()
        write()
        ahead(10)
        watch_anchors()
        assert heard() == 2 * len(watchers), "a new lateness is told anew"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_they_are_told_has_words(language):
    assert all(say(f"{what}_{KIND}", language) for what in ("notice", "kind", "task"))


def test_doctor_asks_for_somebody_outside(ledger, ahead, tmp_path, settings):
    (found,) = _ledger_outside(settings.YIDANG)
    assert (str(found.state), "YIDANG_WITNESSES" in found.remedy) == ("doubtful", True)
    with witness_of(ledger, tmp_path / "witness") as setting:
        settings.YIDANG = dataclasses.replace(settings.YIDANG, witnesses=setting)
        assert anchor_due() == 1
        (found,) = _ledger_outside(settings.YIDANG)
        assert str(found.state) == "good"
        write()
        ahead(10)
        (found,) = _ledger_outside(settings.YIDANG)
        assert (str(found.state), "ledger anchors" in found.remedy) == ("doubtful", True)
