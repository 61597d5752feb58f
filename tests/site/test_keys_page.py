"""The security administrator sees how it stands with the keys and asks; only another person's approval changes it."""

import dataclasses
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.site.test_sanctions import employ

from yidang.crypto import passphrases
from yidang.crypto.keys import roots_of
from yidang.crypto.shares import recover_root
from yidang.identity.factors import PROVED_AT
from yidang.identity.policy import grant_for
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.site.keys import handing_over
from yidang.site.keys.approval import CODE, REPLACE_ROOT, ROTATE, SEAL, SPLIT, UNSEAL, plan_of
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


def granted(people, plan: dict[str, object]) -> Approval:
    asked = ask_approval(grant=grant_for(people["security_admin"]), kind=CODE, plan=plan, reason="保管制度")
    return approve(grant=grant_for(people["manager"]), approval_id=asked.id, second_factor_fresh=True)


def proved(staff) -> Client:
    """Signed in, and the password (here no second factor is needed) given just now."""
    client = signed_in(staff)
    session = client.session
    session[PROVED_AT] = clock.now().timestamp()
    session.save()
    return client


def shares_on(page: str) -> list[str]:
    return re.findall(r"data-share>([A-Z0-9-]+)<", page)


def test_shares_are_shown_once_to_who_asked_and_bring_the_root_key_back(people):
    asked = granted(people, plan_of(SPLIT, shares=3, needed=2))
    address = f"/settings/keys/{asked.id}/shares/"
    asker = proved(people["security_admin"])
    assert address in asker.get("/settings/keys/").content.decode()
    assert shares_on(asker.get(address).content.decode()) == []
    page = asker.post(address)
    texts = shares_on(page.content.decode())
    assert roots_of(settings.YIDANG.home).service(register().root.number).secret() == recover_root(texts[1:]).secret
    assert len(texts) == page.content.decode().count("data:image/svg") == 3
    assert "no-store" in page["Cache-Control"]
    assert asker.post(address).status_code == asker.get(address).status_code == 409
    assert address not in asker.get("/settings/keys/").content.decode()
    (entry,) = LedgerEntry.objects.filter(action="key.split", subject=asked.id)
    assert not any(text in str(bytes(entry.entry)) for text in texts)


def test_shares_for_nobody_else_nor_without_a_fresh_factor_nor_after_a_day(people, monkeypatch):
    asked = granted(people, plan_of(SPLIT, shares=3, needed=2))
    address = f"/settings/keys/{asked.id}/shares/"
    assert proved(people["manager"]).post(address).status_code in {403, 404}
    assert proved(employ("second", "security_admin")).post(address).status_code == 404
    assert signed_in(people["security_admin"]).post(address).status_code == 302
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Conflict, match="shares_too_late"):
        handing_over.take(grant_for(people["security_admin"]), asked.id)


def test_shares_of_a_root_key_replaced_meanwhile_are_not_made(people):
    asked = granted(people, plan_of(SPLIT, shares=3, needed=2))
    granted(people, {"change": REPLACE_ROOT})
    with pytest.raises(Conflict, match="approval_stale"):
        handing_over.take(grant_for(people["security_admin"]), asked.id)


def test_no_shares_before_another_person_approved(people):
    grant = grant_for(people["security_admin"])
    asked = ask_approval(grant=grant, kind=CODE, plan=plan_of(SPLIT, shares=3, needed=2), reason="保管制度")
    with pytest.raises(NotFound, match="approval_not_found"):
        handing_over.take(grant, asked.id)


@pytest.mark.parametrize(("shares", "needed"), [("1", "1"), ("3", "4"), ("x", "2"), ("300", "2")])
def test_counts_that_do_not_work_are_refused_on_the_page(people, shares, needed):
    form = {"change": SPLIT, "shares": shares, "needed": needed, "reason": "保管制度"}
    assert signed_in(people["security_admin"]).post("/settings/keys/", form).status_code == 422
    assert not Approval.objects.exists()


def test_the_root_key_sealed_and_back_by_two_people(people, tmp_path, monkeypatch):
    (tmp_path / "passphrase").write_text("correct horse battery")
    monkeypatch.setenv(passphrases.FILE_VARIABLE, str(tmp_path / "passphrase"))
    keys = settings.YIDANG.home / "keys"
    before = register().root.number
    granted(people, plan_of(SEAL))
    assert register().root.kept == "sealed"
    assert not list(keys.glob("root*.key"))
    granted(people, plan_of(UNSEAL))
    assert (register().root.kept, register().root.number) == ("file", before)
    assert LedgerEntry.objects.filter(action="key.root_moved").count() == 2


def test_sealing_is_refused_before_anything_is_written_when_the_server_has_no_passphrase(people, tmp_path, monkeypatch):
    form = {"change": SEAL, "reason": "加固"}
    assert signed_in(people["security_admin"]).post("/settings/keys/", form).status_code == 422
    path = tmp_path / "passphrase"
    path.write_text("correct horse battery")
    with monkeypatch.context() as while_asking:
        while_asking.setenv(passphrases.FILE_VARIABLE, str(path))
        asked = ask_approval(grant=grant_for(people["security_admin"]), kind=CODE, plan=plan_of(SEAL), reason="加固")
    before = register(), sorted((settings.YIDANG.home / "keys").iterdir())
    with pytest.raises(Conflict, match="approval_stale"):
        approve(grant=grant_for(people["manager"]), approval_id=asked.id, second_factor_fresh=True)
    assert (register(), sorted((settings.YIDANG.home / "keys").iterdir())) == before
