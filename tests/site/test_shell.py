"""What every page shares: HEAD where GET is allowed, one place of the rail that is lit."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from access.visitors import visiting
from people import CLINIC, employ
from yidang.identity.models import Role
from yidang.identity.policy import grant_for
from yidang.site.context import _nearest
from yidang.workflow.operations import open_task


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.mark.django_db
def test_head_is_answered_where_get_is_and_says_nothing():
    client = visiting(employ("li", Role.SECURITY_ADMIN))
    for address in ("/", "/settings/keys/", "/api/openapi.json"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address
        assert int(answer["Content-Length"]) > 1000
    assert client.head("/language/").status_code == 405
    assert Client().head("/settings/keys/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.INSTITUTION_CLERK, Role.CREDIT_ADMIN, Role.STOREKEEPER, Role.AUDIT_ADMIN])
def test_who_neither_reads_records_nor_runs_the_system_finds_what_waits(role):
    staff = employ("li", role, CLINIC if role == Role.INSTITUTION_CLERK else None)
    with transaction.atomic():
        open_task(
            grant=grant_for(staff),
            kind="answer_inspection",
            assignee=staff.pk,
            subject=uuid4(),
            subject_url="/oversight/requests/1/",
            number="DC2026-1",
            due_on=date(2030, 1, 2),
        )
    page = visiting(staff).get("/").content.decode()
    assert "DC2026-1" in page
    assert "2030-01-02" in page
    assert "可用空间" not in page
    assert "可用空间" in visiting(employ("xitong", Role.SYSTEM_ADMIN)).get("/").content.decode()


@pytest.mark.parametrize(
    ("path", "place"),
    [("/settings/keys/", "keys"), ("/settings/", "settings"), ("/settings/staff/new/", "settings"), ("/", "home")],
)
def test_one_place_is_lit(path, place):
    assert _nearest(path) == reverse(place)
