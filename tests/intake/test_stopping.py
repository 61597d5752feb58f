"""A full disk stops the work and says so; it goes on by itself. Bytes that no row knows are swept."""

import errno
import os
import time
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils import translation

from yidang.intake import stopping
from yidang.intake.models import Accession, AccessionState, ReceivedFile
from yidang.intake.operations import sweeping
from yidang.intake.tasks import BY_NAME
from yidang.intake.views.accessions import _progress
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Unavailable
from yidang.preservation import staging

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _running_home():
    (settings.YIDANG.home / "run").mkdir(exist_ok=True)
    yield
    for mark in (settings.YIDANG.home / "run").glob("st*"):
        mark.unlink()


FULL = OperationalError("could not extend file")
FULL.__cause__ = psycopg.errors.DiskFull("No space left on device")


@pytest.mark.parametrize("problem", [Unavailable("store_full"), OSError(errno.ENOSPC, "No space left"), FULL])
def test_a_full_disk_is_tried_again_for_ever_and_at_a_steady_pace(problem):
    for attempts in (0, 7, 500):
        decided = stopping.Patience().get_retry_decision(exception=problem, job=SimpleNamespace(attempts=attempts))
        wait = decided.retry_at - clock.now()
        assert wait <= timedelta(seconds=stopping.AGAIN_IN)


def test_another_fault_is_given_up_in_the_end():
    decide = stopping.Patience().get_retry_decision
    assert decide(exception=Conflict("name_twice"), job=SimpleNamespace(attempts=1)) is not None
    assert decide(exception=Conflict("name_twice"), job=SimpleNamespace(attempts=8)) is None


def test_the_page_says_why_nothing_moves_until_it_moves_again(monkeypatch):
    def full(**_):
        raise Unavailable("store_full")

    assert stopping.stopped_by() == ""
    monkeypatch.setattr("yidang.intake.operations.file_ready", full)
    with pytest.raises(Unavailable):
        BY_NAME["file_ready"](accession="018f0000-0000-7000-8000-000000000000")
    assert stopping.stopped_by() == "store_full"
    mark = settings.YIDANG.home / "run" / "stopped-store_full"
    os.utime(mark, (time.time() - 60, time.time() - 60))
    assert stopping.stopped_by() == ""


def test_the_progress_page_shows_it(ingest, folder, settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    ingest(folder({"空.jpg": b""}))
    accession = Accession.objects.get()
    Accession.objects.update(state=AccessionState.PROCESSING)
    accession.refresh_from_db()
    (settings.YIDANG.home / "run" / "stopped-store_full").touch()
    with translation.override("zh-hans"):
        shown = render_to_string("intake/_progress.html", _progress(accession))
    assert "处理暂停" in shown
    assert "存储空间已满" in shown


def test_an_upload_that_no_row_knows_is_swept_after_a_day(ingest, folder, make):
    ingest(folder({"空.jpg": b"", "坏.pdf": b"%PDF-1.7 cut off"}))
    kept = {file.staged for file in ReceivedFile.objects.exclude(staged="") if staging.exists(file.staged)}
    assert kept
    lost, new = staging.put(b"cut off before its row"), staging.put(b"just arrived")
    day_ago = time.time() - timedelta(days=1, minutes=1).total_seconds()
    for one in (*kept, lost):
        os.utime(settings.YIDANG.home / "staging" / one[:2] / one, (day_ago, day_ago))
    assert sweeping.sweep_when_due() == 1
    assert not staging.exists(lost)
    assert all(map(staging.exists, [*kept, new]))
    staging.delete(new)


def test_it_looks_once_an_hour():
    sweeping.sweep_when_due()
    lost = staging.put(b"old")
    os.utime(settings.YIDANG.home / "staging" / lost[:2] / lost, (0, 0))
    assert sweeping.sweep_when_due() == 0
    os.utime(settings.YIDANG.home / "run" / "staging-swept", (0, 0))
    assert sweeping.sweep_when_due() == 1
