"""What a doctor and a clerk see of a record, what they do not, and how an emergency opens it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from .journey import PATIENCE, Desks
from .looking import look_round
from .two_departments import LINE, PERSON, WORD

SCRIPT = Path(__file__).with_name("two_departments.py")
DARK, LIGHT = 20, 100
CLOSED = {"": 404, "pages/1.jpg": 404, "pages/1.json": 404, "history/": 404, "download.pdf": 403}
REASON = "急诊昏迷病人，需核对既往用药"


@pytest.fixture(scope="session")
def records(archive) -> dict[str, dict[str, str]]:
    return archive.ask(f"__import__('runpy').run_path({str(SCRIPT)!r})['filed']()")


def codes(desk) -> set[str]:
    """Of the hits for the word that both records hold; the count says as many."""
    desk.go("/search/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type(WORD)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile(r"[?&]s="), wait_until="load")
    found = desk.page.locator(".hit-facts .code").all_inner_texts()
    if found:
        assert str(len(found)) in desk.page.locator(".results-head").inner_text()
    return set(found)


def wait_for_index(desk, code: str) -> None:
    for _ in range(PATIENCE // 1000):
        if code in codes(desk):
            return
        desk.page.wait_for_timeout(1000)


def test_a_doctor_sees_the_own_department_and_nothing_of_a_foreign_one(desks: Desks, records):
    desk, (own, foreign) = desks.at("doctor"), records.values()
    wait_for_index(desk, own["code"])
    assert codes(desk) == {own["code"]}
    for part, expected in CLOSED.items():
        answer = desk.page.request.get(f"{desk.archive.address}/items/{foreign['id']}/{part}")
        assert answer.status == expected, part
        assert WORD not in answer.text()
    assert desk.page.request.get(f"{desk.archive.address}/items/{own['id']}/pages/1.jpg").status == 200


def test_a_word_is_uncovered_for_a_reason_and_covered_again_after_a_minute(desks: Desks, records):
    desk = desks.at("doctor")
    page = desk.page
    page.clock.install()
    desk.go(f"/items/{records['own']['id']}/")
    value = page.locator("#value-person_name")
    expect(value).to_contain_text("张**")
    assert "张三丰" not in page.content()
    value.get_by_text("显示完整内容").click()
    value.get_by_role("textbox").fill("核对本人")
    value.get_by_role("button", name="显示").click()
    expect(value).to_contain_text("张三丰")
    page.clock.fast_forward(61_000)
    expect(value).not_to_contain_text("张三丰")


def darkness(desk, item: str) -> tuple[int, int]:
    """Of the label and of the name in the line that the sheet has: 0 is black."""
    body = desk.page.request.get(f"{desk.archive.address}/items/{item}/pages/1.jpg?w=800").body()
    picture = Image.open(BytesIO(body)).convert("L")
    row = int((LINE[1] + LINE[3]) / 2 * picture.height)
    return picture.getpixel((int(0.2 * picture.width), row)), picture.getpixel((int(0.45 * picture.width), row))


def test_a_clerk_gets_the_picture_with_the_name_blackened_and_a_doctor_as_it_is(desks: Desks, records):
    item = records["own"]["id"]
    label, name = darkness(desks.at("reader"), item)
    assert name < DARK
    assert label > LIGHT
    label, name = darkness(desks.at("doctor"), item)
    assert min(label, name) > LIGHT


def test_an_emergency_opens_the_foreign_record_and_somebody_else_reviews_it(desks: Desks, records):
    desk, foreign = desks.at("doctor"), records["foreign"]
    page = desk.page
    wait_for_index(desk, records["own"]["code"])
    page.get_by_role("link", name="紧急调阅").click()
    page.get_by_label("参保人身份证号").fill(PERSON)
    page.locator("#reason").fill(REASON)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/emergency/[0-9a-f-]{36}/"))
    review = page.url
    assert foreign["code"] in codes(desk)
    desk.go(f"/items/{foreign['id']}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    head = desks.at("manager")
    head.page.goto(review)
    expect(head.page.locator("main")).to_contain_text(REASON)
    head.page.locator("#remark").fill("病历可证，确属急诊")
    head.page.locator("button[value=justified]").click()
    expect(head.page.locator("main")).to_contain_text("病历可证")

    audit = desks.at("audit_admin")
    audit.go(f"/items/{foreign['id']}/seen/")
    expect(audit.page.locator("main")).to_contain_text("紧急调阅")


SIGHTS = {
    "doctor": ["/policy/", "/emergency/"],
    "security_admin": ["/policy/", "/policy/why/"],
    "archivist": ["/policy/", "/items/{own}/seen/", "/items/{own}/describe/"],
    "audit_admin": ["/items/{own}/seen/"],
}


@pytest.mark.parametrize("role", SIGHTS)
def test_the_pages_of_the_policy_please_axe_at_every_size(desks: Desks, records, role):
    paths = [path.format(own=records["own"]["id"]) for path in SIGHTS[role]]
    assert look_round(desks.at(role), paths) == {}


def test_the_policy_page_is_short_until_a_room_is_unfolded(desks: Desks):
    desk = desks.at("security_admin")
    desk.go("/policy/")
    assert desk.page.evaluate("document.documentElement.scrollHeight") < 7000  # ninety permissions, nineteen rooms
    room = desk.page.locator("details.fold").first
    room.locator("summary").press("Enter")
    expect(room.get_by_role("table")).to_be_visible()
