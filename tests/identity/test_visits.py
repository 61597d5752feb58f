"""Sessions: under a new key, few at a time, noticed, ended by hand or by the clock."""

from datetime import timedelta

import pytest
from django.test import Client

from identity.doors import admin, inside, knock, quick_hashes, reader
from people import employ
from yidang.identity import staffing, visits
from yidang.identity.models import Visit
from yidang.identity.policy import grant_for
from yidang.kernel import clock
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import event

__all__ = ["admin", "quick_hashes", "reader"]
pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def endings() -> list[str]:
    entries = LedgerEntry.objects.filter(action="staff.visit_ended").order_by("id")
    return [str(event(entry.id).facts["ending"]) for entry in entries]


def test_a_session_planted_before_signing_in_is_worth_nothing(reader):
    victim = Client()
    session = victim.session
    session["planted"] = "by somebody"
    session.save()
    planted = session.session_key
    victim.cookies["sessionid"] = planted
    knock(client=victim)
    assert victim.session.session_key != planted
    assert "planted" not in victim.session
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert not is_in(attacker)


def test_signing_out_ends_the_session_on_the_server(reader):
    client = inside()
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(stolen)
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'
    assert not is_in(stolen)
    assert Visit.objects.get().ending == "left"


def test_a_fourth_session_ends_the_oldest(reader):
    clients = [inside() for _ in range(4)]
    assert [is_in(client) for client in clients] == [False, True, True, True]
    assert endings() == ["crowded"]


def test_as_many_sessions_as_the_setting_says(reader, settings):
    settings.YIDANG = type(settings.YIDANG)(**vars(settings.YIDANG) | {"sessions_per_person": 0})
    clients = [inside() for _ in range(5)]
    assert all(is_in(client) for client in clients)


def later(monkeypatch, **much) -> None:
    moment = clock.now() + timedelta(**much)
    monkeypatch.setattr(visits, "now", lambda: moment)


def test_an_idle_session_ends(reader, monkeypatch):
    client = inside()
    later(monkeypatch, minutes=29)
    assert is_in(client)
    later(monkeypatch, minutes=29 + 31)
    answer = client.get("/account/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/")
    assert "会话已结束" in answer.content.decode()
    assert endings() == ["idle"]


def test_a_page_that_refreshes_itself_keeps_nobody_in(reader, monkeypatch):
    client = inside()
    for minutes in (20, 40):
        later(monkeypatch, minutes=minutes)
        client.get("/account/", HTTP_HX_REQUEST="true")
    assert not is_in(client)


def test_no_session_lasts_longer_than_a_working_day(reader, monkeypatch):
    client = inside()
    Visit.objects.update(began_at=clock.now() - timedelta(hours=7, minutes=59))
    assert is_in(client)
    Visit.objects.update(began_at=clock.now() - timedelta(hours=8, minutes=1))
    assert not is_in(client)
    assert endings() == ["over"]


def test_a_second_device_is_noticed_and_can_be_sent_away(reader):
    first = inside(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/130")
    second, answer = knock(
        client=Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140", REMOTE_ADDR="10.9.8.7")
    )
    assert answer["Location"] == "/account/"
    page = second.get("/account/").content.decode()
    assert "另一台设备" in page
    assert "Chrome · Windows" in page
    assert "上次登录" in page
    other = Visit.objects.order_by("began_at").first()
    second.post(f"/account/sessions/{other.id}/end/")
    assert not is_in(first)
    assert is_in(second)


def test_neither_browser_nor_address_stands_in_clear(reader):
    inside(HTTP_USER_AGENT="Mozilla/5.0 Firefox/140", REMOTE_ADDR="10.9.8.7")
    row = repr([bytes(value) if isinstance(value, memoryview) else value for value in Visit.objects.values_list()[0]])
    assert "Firefox" not in row
    assert "10.9.8.7" not in row


def test_nobody_ends_anothers_session(reader):
    client = inside()
    employ("qita", "reader", "dyg", password="correct horse battery")
    stranger = inside("qita")
    assert stranger.post(f"/account/sessions/{Visit.objects.get(staff=reader).id}/end/").status_code == 404
    assert is_in(client)


def test_a_closed_account_and_a_new_password_end_every_session(reader):
    system = grant_for(employ("xitong", "system_admin"))
    client = inside()
    staffing.reset_password(grant=system, staff_id=reader.id, password="another-word")
    assert not is_in(client)
    client, _ = knock(password="another-word")
    staffing.set_active(grant=system, staff_id=reader.id, is_active=False)
    assert not is_in(client)
    assert endings() == ["reset", "closed"]


def test_the_system_administrator_ends_sessions_and_others_may_not(reader):
    client = inside()
    with pytest.raises(Exception, match="not_allowed"):
        visits.end_all_of(grant=grant_for(reader), staff_id=reader.id)
    assert visits.end_all_of(grant=grant_for(employ("xitong", "system_admin")), staff_id=reader.id) == 1
    assert not is_in(client)
