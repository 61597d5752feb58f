"""The security administrator sees how it stands with the keys and asks; only another person's approval changes it."""

import dataclasses
import json

import pytest
from django.conf import settings
from django.test import Client
from tests.site.test_sanctions import employ

from yidang.crypto.keys import roots_of
from yidang.identity.policy import grant_for
from yidang.kernel.errors import NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.site.keys.approval import CODE, REPLACE_ROOT, ROTATE
from yidang.workflow.models import Approval
from yidang.workflow.operations import approve, ask_approval
from yidang.workflow.queries import shown_approval

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_pages(settings):
    settings.YIDANG = dataclasses.replace(settings.YIDANG, second_factor_roles="none")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def people():
    return {role: employ(role, role) for role in ("security_admin", "manager", "system_admin", "archivist")}


def signed_in(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def register():
    return roots_of(settings.YIDANG.home).register()


def test_asked_by_one_and_approved_by_another(people):
    before = register()
    asked = ask_approval(
        grant=grant_for(people["security_admin"]), kind=CODE, plan={"change": ROTATE}, reason="年度轮换"
    )
    assert register() == before
    lines = shown_approval(grant_for(people["manager"]), asked.id).lines
    assert any("wrap" in line.what and line.after == str(before.current("wrap") + 1) for line in lines)
    with pytest.raises(NotAllowed):
        approve(grant=grant_for(people["security_admin"]), approval_id=asked.id, second_factor_fresh=True)
    approve(grant=grant_for(people["manager"]), approval_id=asked.id, second_factor_fresh=True)
    assert register().current("wrap") == before.current("wrap") + 1
    entry = LedgerEntry.objects.get(action="key.rotated", actor=str(people["manager"].pk))
    assert json.loads(bytes(entry.entry))["facts"]["wrap"] == register().current("wrap")


def test_a_new_root_key_by_two_people(people):
    before = register().root.number
    grant = grant_for(people["security_admin"])
    asked = ask_approval(grant=grant, kind=CODE, plan={"change": REPLACE_ROOT}, reason="人员离任")
    approve(grant=grant_for(people["manager"]), approval_id=asked.id, second_factor_fresh=True)
    assert register().root.number == before + 1
    assert LedgerEntry.objects.filter(action="key.root_replaced").exists()


@pytest.mark.parametrize("role", ["manager", "system_admin", "archivist"])
def test_nobody_else_sees_the_page_or_asks(people, role):
    assert signed_in(people[role]).get("/settings/keys/").status_code in {403, 404}
    with pytest.raises(NotAllowed):
        ask_approval(grant=grant_for(people[role]), kind=CODE, plan={"change": ROTATE}, reason="x")


def test_the_page_shows_the_state_and_takes_the_question(people):
    client = signed_in(people["security_admin"])
    page = client.get("/settings/keys/")
    assert "wrap-sensitive" in page.content.decode()
    refused = client.post("/settings/keys/", {"change": ROTATE, "reason": ""})
    assert refused.status_code == 422
    client.post("/settings/keys/", {"change": ROTATE, "reason": "年度轮换"})
    assert Approval.objects.filter(kind=CODE).count() == 1
