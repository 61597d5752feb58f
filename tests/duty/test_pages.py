"""The pages as the people concerned meet them."""

import pytest
from django.test import Client

from people import employ
from yidang.duty.models import HandOver, Incident, Processor, Responsibility
from yidang.identity.factors import HAS_PROVED
from yidang.kernel.clock import today


@pytest.fixture
def visit(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}

    def visiting(staff) -> Client:
        client = Client()
        client.force_login(staff)
        session = client.session
        session[HAS_PROVED] = True
        session.save()
        return client

    return visiting


def test_a_post_changes_hands(visit):
    head, old, new = employ("zhuren", "manager"), employ("dangan", "archivist"), employ("xinren", "archivist")
    at_head = visit(head)
    day = today().isoformat()
    at_head.post("/duty/appoint/", {"staff": old.id, "duty": "archivist", "since": day})
    page = at_head.get("/duty/").content.decode()
    assert "某dangan" in page
    assert "无人担任" in page  # the other duties
    answer = at_head.post("/duty/hand-overs/", {"giver": old.id, "taker": new.id})
    assert answer.status_code == 302
    address = answer["Location"]
    assert "专职档案员" in visit(old).get(address).content.decode()
    for person in (old, new):
        assert visit(person).post(f"{address}sign/").status_code == 302
    assert HandOver.objects.get().is_complete
    at_head.post(f"/duty/{Responsibility.objects.get().id}/end/", {"until": day})
    assert Responsibility.objects.get().until == today()


def test_damage_is_reported_and_closed(visit):
    head, keeper = employ("zhuren", "manager"), employ("kufang", "storekeeper")
    day = today().isoformat()
    wrong = visit(keeper).post("/duty/incidents/", {"kind": "damage", "happened_on": "", "words": "受潮"})
    assert wrong.status_code == 422
    visit(keeper).post("/duty/incidents/", {"kind": "damage", "happened_on": day, "words": "受潮"})
    found = Incident.objects.get()
    assert visit(keeper).post(f"/duty/incidents/{found.id}/close/", {"outcome": "x"}).status_code == 403
    at_head = visit(head)
    assert at_head.post(f"/duty/incidents/{found.id}/close/", {"outcome": ""}).status_code == 422
    assert at_head.post(f"/duty/incidents/{found.id}/close/", {"outcome": "已修复"}).status_code == 302
    page = at_head.get(f"/duty/incidents/{found.id}/").content.decode()
    assert "已修复" in page
    assert "受潮" in page
    assert str(keeper.id) not in page  # the chain of events names people
    assert "SJ" in at_head.get("/duty/incidents/").content.decode()


def test_a_contract_is_recorded(visit):
    head = visit(employ("zhuren", "manager"))
    firm = {"name": "数字化公司", "contract": "HT-7", "work": "扫描", "since": "2026-01-01", "until": "2027-01-01"}
    assert head.post("/duty/processors/", firm | {"until": "2025-01-01"}).status_code == 422
    answer = head.post("/duty/processors/", firm)
    assert head.get(answer["Location"]).status_code == 200
    assert Processor.objects.get().name in head.get("/duty/processors/").content.decode()
    assert visit(employ("dangan", "archivist")).get("/duty/processors/").status_code == 403
