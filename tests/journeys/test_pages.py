"""Pages put in order and turned by hand."""

from pathlib import Path

from playwright.sync_api import expect

from .journey import Desks, hand_over, save


def sources(page) -> list[str]:
    return page.locator(".sheet img").evaluate_all("all => all.map(one => one.src)")


def test_a_drafts_pages_are_put_in_order(desks: Desks, tmp_path: Path):
    folder = save(tmp_path / "乱序", "乱序", "other", 23, pages=2)
    desk = desks.at("archivist")
    page = desk.page
    hand_over(desk, folder, "DYZG")
    desk.follow(page.get_by_role("link", name="去确认台"))
    page.get_by_role("button", name="更多").click()
    desk.follow(page.get_by_role("link", name="整理页序"))
    first, second = sources(page)
    page.get_by_role("button", name="后移 · 第 1 页").press("Enter")
    page.wait_for_function("first => document.querySelector('.sheet img').src != first", arg=first)
    assert sources(page) == [second, first]
    page.get_by_role("button", name="保存页序").click()
    expect(page.locator(".notice")).to_contain_text("页序已保存")
    expect(page.locator(".desk-head")).to_be_visible()


def test_a_filed_page_is_turned_as_a_new_version(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    desk.go(f"/items/{filed[1]['id']}/arrange/")
    page.get_by_role("button", name="向右转 · 第 1 页").click()
    expect(page.locator(".sheet-picture").first).to_have_attribute("data-turned", "90")
    page.get_by_label("原因").fill("扫描时横放")
    page.get_by_role("button", name="保存页序").click()
    expect(page.locator(".notice")).to_contain_text("新版本")
    desk.go(f"/items/{filed[1]['id']}/history/")
    expect(page.locator("main")).to_contain_text("扫描时横放")


def test_a_reference_code_leads_to_its_record_in_any_spelling(desks: Desks, filed):
    desk = desks.at("archivist")
    code = filed[0]["code"]
    desk.go(f"/items/code/{code.lower().replace('·', '.')}/")
    expect(desk.page.locator("#reference-code")).to_have_text(code)
