"""The pages by which an archivist arranges volumes, asked without a browser."""

import pytest
from django.test import Client

from access.conftest import plain_static_files  # noqa: F401 - a fixture
from people import employ
from yidang.holdings import operations
from yidang.holdings.description import Description, Field
from yidang.holdings.drafts import Draft
from yidang.holdings.models import Item, Volume
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.scheme import load_scheme
from yidang.identity.factors import HAS_PROVED
from yidang.identity.models import Role
from yidang.identity.policy import SYSTEM
from yidang.ledger.models import LedgerEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]

ZHANG = "11010519491231002X"


def drafts(count=2, series="CWPZ") -> list[Item]:
    told = {"title": "张三退费单", "formed_on": "2026-03-01", "person_name": "张三", "id_number": ZHANG, "pages": 2}
    description = Description({key: Field(value) for key, value in told.items()})
    papers = [
        Draft(series=series, year=2026, description=description, files=[], is_paper_only=True) for _ in range(count)
    ]
    made = operations.create_drafts(SYSTEM, papers)
    Item.objects.update(state="waiting")
    return made


@pytest.fixture
def desk() -> Client:
    load_scheme()
    return at(Role.ARCHIVIST)


def at(role) -> Client:
    client = Client()
    client.force_login(employ(str(role), role, "cwg" if role == Role.READER else None))
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    return client


def open_volume(desk, items) -> Volume:
    asked = {"series": "CWPZ", "year": "2026", "item": [item.pk for item in items], "title": ""}
    assert desk.post("/volumes/suggestions/", asked).status_code == 302
    return Volume.objects.latest("created_at")


def inside(volume) -> list:
    return list(in_order(Item.objects.filter(volume=volume)).values_list("pk", flat=True))


def test_a_suggestion_is_shown_and_kept_when_confirmed(desk):
    items = drafts()
    page = desk.get("/volumes/suggestions/?series=CWPZ&year=2026").content.decode()
    assert "张三2026年会计凭证" in page  # as drafts at the desk of who confirms them
    assert not Volume.objects.exists()
    assert LedgerEntry.objects.filter(action="volume.suggested").count() == 1
    volume = open_volume(desk, items)
    assert inside(volume) == [item.pk for item in items]
    assert desk.post("/volumes/suggestions/", {"series": "CWPZ", "year": "2026"}).status_code == 409
    assert desk.get("/volumes/suggestions/").status_code == 200


def test_order_split_merge_and_undo(desk):
    first, second = (item.pk for item in drafts())
    volume = open_volume(desk, Item.objects.order_by("working_number"))
    here = f"/volumes/{volume.pk}/"
    desk.post(here + "order/", {"item-order": [first, second], f"place-{first}": "2", f"place-{second}": "1"})
    assert inside(volume) == [second, first]
    assert desk.post(here + "order/", {"item-order": [first], f"place-{first}": "1"}).status_code == 422
    assert desk.post(here + "order/", {"item-order": [first], f"place-{first}": "x"}).status_code == 422
    assert desk.post(here + "split/", {"item": [first], "title": ""}).status_code == 422
    desk.post(here + "split/", {"item": [first], "title": "分出的卷"})
    other = Volume.objects.exclude(pk=volume.pk).get()
    assert "分出的卷" in desk.get(here).content.decode()
    assert LedgerEntry.objects.filter(action="volume.viewed", subject=volume.pk).exists()
    desk.post(here + "merge/", {"volume": [other.pk]})
    assert inside(volume) == [second, first]
    for _ in range(2):
        desk.post(here + "undo/")
    assert inside(volume) == [second, first]
    assert not Volume.objects.exclude(pk=volume.pk).exists()


def test_nobody_else_arranges(desk):
    volume = open_volume(desk, drafts())
    for role in (Role.READER, Role.MANAGER, Role.SYSTEM_ADMIN):
        client = at(role)
        for step in ("order", "split", "merge", "undo", "supplement", "check", "seal"):
            assert client.post(f"/volumes/{volume.pk}/{step}/").status_code == 403
        assert client.get("/volumes/suggestions/?series=CWPZ&year=2026").status_code == 403
        assert client.get(f"/volumes/{volume.pk}/sheets/contents/").status_code == 403
        assert client.get("/filing-list/").status_code == 403


@pytest.mark.parametrize("sheet", ["contents", "reference", "cover", "spine"])
def test_every_sheet_is_a_page_and_a_pdf(desk, sheet):
    volume = open_volume(desk, drafts())
    here = f"/volumes/{volume.pk}/sheets/{sheet}/"
    page = desk.get(here).content.decode()
    assert "张三" not in page
    assert desk.get(here + "?as=pdf").content.startswith(b"%PDF")
    assert desk.post(here, {"reason": " "}).status_code == 422
    shown = desk.post(here, {"reason": "打印入卷"})
    assert ("张三" in shown.content.decode()) == (sheet != "reference")
    assert desk.post(here, {"reason": "打印入卷", "as": "pdf"}).content.startswith(b"%PDF")
    assert desk.get(here + "?width=25").status_code == 422
    assert desk.get(f"/volumes/{volume.pk}/sheets/other/").status_code == 404


def test_the_item_list_of_a_step_and_year(desk):
    (item,) = drafts(1, "DYMZ")
    operations.file_items(SYSTEM, [item.pk])
    asked = "/filing-list/?series=DYMZ&year=2026"
    assert "张*退费单" in desk.get(asked).content.decode()
    assert desk.get(asked + "&as=pdf").content.startswith(b"%PDF")
    assert "000001" in desk.get(asked + "&term=D10").content.decode()
    assert desk.get("/filing-list/?series=NONE&year=2026").status_code == 422
    assert desk.get("/filing-list/?series=DYMZ&year=99999999").status_code == 422
    assert desk.get("/filing-list/").status_code == 200
    label = "/filing-list/box/?series=DYMZ&year=2026&first=1&last=1&box=7&width=50"
    assert "spine-50" in desk.get(label).content.decode()
    assert desk.get(label + "&as=pdf").content.startswith(b"%PDF")
