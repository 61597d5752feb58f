"""The storekeeper's work in a real browser: rooms, boxes, a count without a network, an alarm, a round."""

import json
import urllib.request

import pytest
import segno
from playwright.sync_api import expect

from .journey import Desk, Desks, confirm_all, hand_over, items, save
from .looking import look_round

ROOM = "K9"


@pytest.fixture(scope="module")
def paper(archive, browser, filed, tmp_path_factory):
    """A record of its own, to be carried about."""
    before = {item["id"] for item in items(archive)}
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    hand_over(desk, save(tmp_path_factory.mktemp("paper") / "入库", "入库结算", "settlement_list", 92), "DYJS")
    confirm_all(desk)
    desks.close()
    return next(item for item in items(archive) if item["id"] not in before)


@pytest.fixture(scope="module")
def shelf(archive, browser, paper):
    """A room with one row, two shelves and three boxes, made by hand; the record lies in the first box."""
    desks = Desks(browser, archive)
    desk = desks.at("storekeeper")
    page = desk.page
    desk.go("/storeroom/places/")
    page.get_by_label("代码").fill(ROOM)
    page.get_by_label("名称").fill("九号库")
    page.get_by_role("button", name="新建房间").click()
    page.get_by_role("link", name=ROOM, exact=True).click()
    page.get_by_role("button", name="新建列").click()
    page.get_by_role("link", name=f"{ROOM}-01", exact=True).click()
    page.get_by_label("止号").fill("2")
    desk.press("新建层架")
    desk.go("/storeroom/boxes/")
    page.get_by_label("数量").fill("2")
    page.get_by_label("放在层架").fill(f"{ROOM}-01-01")
    page.get_by_role("button", name="新建箱盒").click()
    expect(page.get_by_text("箱盒已编号，请打印标签。")).to_be_visible()
    boxes = page.locator("tbody tr", has_text=f"{ROOM}-01-01").locator("th a").all_inner_texts()[:2]
    page.get_by_role("link", name=boxes[1]).click()
    page.get_by_label("件或案卷的档号").fill(paper["code"])
    page.get_by_role("button", name="放入").click()
    expect(page.get_by_text("已放入此盒。")).to_be_visible()
    desks.close()
    assert desks.complaints == []
    return {"full": boxes[1], "empty": boxes[0]}


def move(desk: Desk, box: str, place: str) -> None:
    desk.go("/storeroom/boxes/")
    desk.page.get_by_label("箱盒号、档号或标签内容").fill(box)
    desk.page.get_by_role("button", name="查找位置").click()
    desk.page.get_by_label("移到层架").fill(place)
    desk.page.get_by_role("button", name="移动").click()
    expect(desk.page.get_by_text("箱盒已移到新位置。")).to_be_visible()


def scan(desk: Desk, text: str) -> None:
    desk.page.locator("#typed").fill(text)
    desk.page.keyboard.press("Enter")


def test_a_record_is_put_away_moved_counted_without_a_network_and_settled(
    desks: Desks, archive, shelf, paper, tmp_path
):
    keeper = desks.at("storekeeper", viewport={"width": 390, "height": 844})
    page = keeper.page
    move(keeper, shelf["full"], f"{ROOM}-01-02")
    expect(page.get_by_text(f"{ROOM}-01-01 → {ROOM}-01-02")).to_be_visible()
    sheet = page.request.get(page.url + "labels.pdf")
    assert sheet.body().startswith(b"%PDF")

    keeper.go("/storeroom/stock/")
    page.locator("#place").select_option(ROOM)
    keeper.press("开始盘点")
    taking = page.url
    page.get_by_role("link", name="用手机清点").click()
    page.wait_for_selector("#count[data-ready=yes]")
    expect(page.locator("#expected")).to_have_text("3")

    # In the cellar: no network, the page is opened again, labels are read from the camera's pictures and by hand.
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#offline")).to_be_visible()
    scan(keeper, f"yd:place:{ROOM}-01-02")
    picture = tmp_path / "label.png"
    segno.make(f"yd:box:{shelf['full']}", error="m", micro=False).save(str(picture), scale=8)
    page.locator("#picture").set_input_files(picture)
    expect(page.locator("#box")).to_have_text(shelf["full"])
    scan(keeper, paper["code"])
    expect(page.get_by_text("位置正确")).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("2")
    page.reload()
    expect(page.locator("#waiting")).to_have_text("2")

    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("0")
    page.goto(taking)
    page.get_by_role("button", name="结束清点并核对").click()
    row = page.locator("tbody tr", has_text=shelf["empty"])
    expect(row).to_contain_text("缺失")
    row.locator("summary").click()
    row.get_by_label("处理方式").select_option("found")
    row.get_by_label("原因").fill("被挡在后排，已找到")
    row.get_by_role("button", name="处理").click()
    expect(page.locator("#take-state")).to_have_text("已结清")
    # Without a network nothing can be fetched, by the page or by its worker: that was meant.
    desks.complaints[:] = [one for one in desks.complaints if "net::ERR_" not in one]


def test_an_alarm_by_http_is_seen_and_acknowledged(desks: Desks, archive, shelf):
    keeper = desks.at("storekeeper")
    page = keeper.page
    keeper.go("/storeroom/climate/")
    page.get_by_label("代码").fill("T-K9")
    page.locator("#room").select_option(label=f"{ROOM} 九号库")
    page.get_by_role("button", name="登记", exact=True).click()
    token = page.locator("#token").inner_text()
    for _ in range(3):
        speak(archive.address, token, {"temperature": 31.5, "humidity": 52})
    keeper.go("/notices/")
    expect(page.get_by_text("的 T-K9").first).to_be_visible()
    keeper.go("/storeroom/climate/")
    page.locator("tr", has_text="T-K9").filter(has_text="温度过高").locator("a").first.click()
    page.get_by_label("采取的措施").fill("已开空调")
    page.get_by_role("button", name="确认处理").click()
    expect(page.locator("#alarm-state")).to_contain_text("处理中")
    page.get_by_role("link", name="T-K9").click()
    expect(page.locator("svg.chart")).to_have_count(2)


def speak(address: str, token: str, reading: dict) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    url = f"{address}/storeroom/climate/readings/"
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(reading).encode(), headers)) as answer:
        assert json.load(answer) == {"new": 1}


def test_a_round_finds_a_fault_with_a_photo_and_a_visitor_is_written_down(desks: Desks, shelf, tmp_path):
    from PIL import Image

    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 480), "gray").save(photo)
    keeper = desks.at("storekeeper")
    page = keeper.page
    keeper.go("/storeroom/rounds/")
    page.locator("#room").select_option(label=f"{ROOM} 九号库")
    page.get_by_role("button", name="开始", exact=True).click()
    fire = page.locator("section", has=page.locator("#point-fire"))
    fire.get_by_text("发现问题").click()
    fire.locator("#words-fire").fill("灭火器过期")
    fire.get_by_label("期限").fill("2099-01-01")
    fire.locator("#photos-fire").set_input_files(photo)
    fire.get_by_role("button", name="记录问题").click()
    expect(fire.get_by_text("灭火器过期")).to_be_visible()
    expect(fire.locator("img.photo")).to_have_js_property("complete", value=True)
    fire.get_by_label("整改情况").fill("已更换")
    fire.get_by_role("button", name="已整改").click()
    expect(fire.get_by_text("已更换")).to_be_visible()

    keeper.go("/storeroom/register/")
    page.get_by_label("来人姓名").fill("某检修员")
    page.get_by_label("单位", exact=True).fill("某消防公司")
    page.locator("#companion").select_option(index=1)
    page.locator("#reason").fill("检修")
    page.get_by_role("button", name="登记", exact=True).click()
    row = page.locator("tr", has_text="某检修员")
    row.get_by_role("button", name="登记离开").click()
    expect(row.get_by_role("button", name="登记离开")).to_have_count(0)


def test_others_see_or_are_refused(desks: Desks, shelf):
    head, doctor = desks.at("manager"), desks.at("doctor")
    for path in ("places", "boxes", "stock", "register", "climate", "climate/month", "rounds"):
        assert head.page.request.get(f"{head.archive.address}/storeroom/{path}/").status == 200, path
        assert doctor.page.request.get(f"{head.archive.address}/storeroom/{path}/").status == 403, path
    head.go("/storeroom/places/")
    expect(head.page.get_by_role("button", name="新建房间")).to_have_count(0)


def test_axe_finds_nothing_here(desks: Desks, shelf, archive):
    ids = archive.ask(
        "[(lambda m: [str(m.Place.objects.get(code='K9').pk), str(m.Box.objects.first().id), "
        "str(m.StockTake.objects.first().id), str(m.Sensor.objects.first().id), str(m.Alarm.objects.first().id), "
        "str(m.Round.objects.first().id)])(__import__('yidang.storeroom.models', fromlist=['x']))][0]"
    )
    place, box, take, sensor, alarm, a_round = ids
    paths = ["places", f"places/{place}", "boxes", f"boxes/{box}", "stock", f"stock/{take}", f"stock/{take}/count"]
    paths += ["register", "climate", f"climate/sensors/{sensor}", f"climate/alarms/{alarm}", "climate/month"]
    paths += ["climate/alarms", "rounds", f"rounds/{a_round}"]
    assert look_round(desks.at("storekeeper"), [f"/storeroom/{path}/" for path in paths]) == {}
