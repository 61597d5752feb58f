"""The system administrator sees how the copies stand; nobody else does."""

import dataclasses
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.test_sanctions import employ

from yidang.kernel.clock import now
from yidang.preservation.copies import journal
from yidang.preservation.models import CopyDuty
from yidang.site.copies import keeping
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
