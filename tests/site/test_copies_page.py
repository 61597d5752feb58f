"""The system administrator sees how the copies stand; nobody else does."""

import dataclasses
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.site.test_sanctions import employ

from yidang.kernel.clock import now
from yidang.preservation.copies import journal
from yidang.preservation.models import CopyDuty
from yidang.site.copies import drilling, keeping
from yidang.site.copies.status import in_words
from yidang.workflow.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_pages(settings, tmp_path):
    places = {"backup_to": str(tmp_path / "c"), "backup_keys_to": str(tmp_path / "k")}
    settings.YIDANG = dataclasses.replace(settings.YIDANG, second_factor_roles="none", **places)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(employ(role, role))
    return client


def late_check() -> None:
    done = journal.record(
        kind=CopyDuty.Kind.CHECK, place="c", started_at=now(), is_sound=True, facts={}, actor="system:test"
    )
    CopyDuty.objects.filter(pk=done.pk).update(started_at=now() - timedelta(days=30))


def test_what_is_late_stands_at_the_top():
    late_check()
    page = signed_in("system_admin").get("/settings/copies/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "已逾期" in text
    assert "逐字节检查" in text


@pytest.mark.parametrize("role", ["archivist", "security_admin"])
def test_nobody_else_sees_it(role):
    assert signed_in(role).get("/settings/copies/").status_code in {403, 404}


def test_the_administrator_is_told_once_a_day(settings):
    employ("system_admin", "system_admin")
    late_check()
    told: dict = {}
    for hours in (0, 1, 23):
        keeping.tell_once_a_day(settings.YIDANG, told, now() + timedelta(hours=hours))
    told_of = [one.facts for one in Notice.objects.filter(kind=keeping.NOTICE)]
    assert len([one for one in told_of if "check of every byte" in one["problem_en"]]) == 1, told_of
    assert any("全量校验" in one["problem_zh"] for one in told_of)


def test_what_went_wrong_is_told_in_words():
    wrong = {"code": "drill_step_failed", "step": "restore", "cause": "x"}
    journal.record(
        kind=CopyDuty.Kind.DRILL, place="c", started_at=now(), is_sound=False, facts=wrong, actor="system:test"
    )
    text = signed_in("system_admin").get("/settings/copies/").content.decode()
    assert "上次发现问题：恢复演练" in text
    assert "恢复" in in_words(wrong, "zh")
    assert "restore" not in in_words(wrong, "zh")


def test_a_drill_reads_the_copies_as_the_archive_does_and_is_told_nothing_else(settings, monkeypatch, tmp_path):
    """Its log is an older one: the live archive's witnesses would take it for a rollback."""
    monkeypatch.setenv("YIDANG_WITNESSES", "http://witness.example")
    config = dataclasses.replace(settings.YIDANG, s3_endpoint="http://s3.example", root_passphrase_file="/p")
    told = drilling.environment(config, tmp_path)
    assert (told["YIDANG_S3_ENDPOINT"], told["YIDANG_ROOT_PASSPHRASE_FILE"]) == ("http://s3.example", "/p")
    assert told["YIDANG_HOME"] == str(tmp_path)
    assert not {"YIDANG_WITNESSES", "YIDANG_BACKUP_TO", "YIDANG_STORE"} & told.keys()


def test_what_a_witness_saw_after_the_moment_is_no_fault_of_the_copies():
    run = SimpleNamespace(ledger={"size": 416})
    of_later = {"code": "ledger_record_contradicts", "place": "w", "size": 417}
    assert drilling.is_of_later(of_later, run)
    assert not drilling.is_of_later(of_later | {"size": 416}, run)
    assert not drilling.is_of_later({"code": "ledger_entry_altered", "position": 500}, run)
