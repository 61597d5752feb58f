"""The next version of the instrument in a real browser: drafted, asked for, approved by another, compared."""

import re

from playwright.sync_api import expect

from .journey import Desks
from .looking import broken

# Far off: the other journeys go on under the version that is in force.
BEGINS, SCOPE = "2099-01-01", "门诊结算材料及其附件（浏览器走查）"


def test_a_version_is_drafted_approved_and_compared(desks: Desks):
    archivist = desks.at("archivist")
    page = archivist.page
    archivist.go("/disposition/instrument/")
    card = page.locator("section.card").first
    archivist.follow(card.get_by_role("button", name="起草新版本"))
    draft = page.url
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader").filter(has_text=re.compile(r"^DYMZ ")))
    archivist.follow(row.get_by_role("link"))
    before = page.get_by_label("归档范围").input_value()
    page.get_by_label("归档范围").fill(SCOPE)
    archivist.follow(page.get_by_role("button", name="保存"))
    expect(page.locator("#changed").locator("xpath=../..")).to_contain_text(SCOPE)
    page.get_by_label("批准文号").fill("医保发〔2026〕三合一 1 号")
    page.get_by_label("起始日").fill(BEGINS)
    page.get_by_label("原因").fill("补全门诊归档范围")
    archivist.follow(page.get_by_role("button", name="提交审批"))

    # Who drafted it does not approve it.
    archivist.go("/approvals/")
    expect(page.locator("tr", has_text="三合一").get_by_role("button", name="批准并执行")).to_have_count(0)
    manager = desks.at("manager")
    manager.go("/approvals/")
    manager.follow(manager.page.locator("tr", has_text="三合一").locator("a").first)
    expect(manager.page.get_by_text(SCOPE).first).to_be_visible()
    manager.press("批准并执行")
    expect(manager.page.get_by_text("已批准并执行。")).to_be_visible()

    page.goto(draft)
    expect(page.get_by_role("button", name="提交审批")).to_have_count(0)
    archivist.go("/disposition/instrument/")
    expect(card).to_contain_text("医保发〔2026〕三合一 1 号")
    archivist.follow(card.get_by_role("link", name="比较版本"))
    expect(page.locator("ins", has_text=SCOPE)).to_be_visible()
    expect(page.locator("del").first).to_contain_text(before or "–")
    assert broken(page) == []
