"""A search kept under a name, and hits chosen by mouse and by keyboard to take along."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from .journey import Desks
from .looking import broken, faults


def test_a_view_is_saved_found_again_and_forgotten(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/search/?series=DYJS")
    found = page.locator(".hit").count()
    page.locator("summary", has_text="保存为视图").click()
    page.get_by_label("视图名称").fill("住院结算")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("视图已保存")).to_be_visible()
    desk.go("/search/")
    page.get_by_role("navigation", name="已存视图").get_by_role("link", name="住院结算").click()
    expect(page.locator(".hit")).to_have_count(found)
    other = desks.at("manager")
    other.go("/search/")
    expect(other.page.get_by_role("navigation", name="已存视图")).to_have_count(0)
    page.get_by_role("button", name="删除视图 住院结算").click()
    expect(page.get_by_text("视图已删除")).to_be_visible()


def test_hits_are_chosen_in_a_range_and_taken_along(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/search/?series=DYJS")
    picks, count = page.locator("[data-pick]"), page.locator("[data-picked-count]")
    expect(page.get_by_role("button", name="清单 XLSX")).to_be_disabled()
    picks.nth(0).click()
    picks.nth(2).click(modifiers=["Shift"])
    expect(count).to_have_text("3")
    page.keyboard.press("j")
    page.keyboard.press("x")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="清单 XLSX").click()
    sheet = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes())).active
    chosen = page.locator(".hit", has=page.locator("[data-pick]:checked")).locator(".hit-facts .code").all_inner_texts()
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == chosen
    page.get_by_label("本页全选").check()
    expect(count).to_have_text(str(picks.count()))


def test_the_shortcuts_are_told_where_they_work(desks: Desks, filed):
    desk = desks.at("archivist")
    for path in ("/search/?series=DYJS", f"/items/{filed[0]['id']}/"):
        desk.go(path)
        desk.page.wait_for_load_state("networkidle")
        desk.page.keyboard.press("?")
        expect(desk.page.get_by_role("dialog", name="快捷键")).to_be_visible()
        assert broken(desk.page) == []
        desk.page.keyboard.press("Escape")
        expect(desk.page.get_by_role("dialog", name="快捷键")).to_be_hidden()


def test_axe_finds_nothing(desks: Desks, filed):
    desk = desks.at("archivist")
    desk.go("/search/?series=DYJS")
    desk.page.locator("summary", has_text="保存为视图").click()
    desk.page.locator("[data-pick]").first.check()
    assert faults(desk.page) == []
