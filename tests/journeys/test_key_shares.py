"""The root key in shares: asked for, allowed by another, shown once and printed a page for each."""

import re

import pytest
from playwright.sync_api import Page, expect

from .journey import Desk, Desks
from .looking import faults

SHARES = 3


def look_at(page: Page, name: str) -> None:
    """Nothing for axe to say and nothing too wide, on a phone and a desk, in light and dark."""
    assert faults(page) == [], name


def allow(desks: Desks, address: str) -> None:
    manager = desks.at("manager")
    manager.page.goto(address)
    manager.press("批准并执行")
    expect(manager.page.get_by_text("已批准并执行。")).to_be_visible()


def ask_for_shares(desk: Desk) -> str:
    page = desk.page
    desk.go("/settings/keys/")
    look_at(page, "keys")
    page.get_by_label("根密钥分片").check()
    page.get_by_label("分片总数").fill(str(SHARES))
    page.get_by_label("恢复所需份数").fill("2")
    page.get_by_label("原因").fill("保管制度要求")
    page.get_by_role("button", name="提交审批").click()
    page.wait_for_url(re.compile("/approvals/"))
    return page.url


@pytest.mark.usefixtures("archive")
def test_shares_of_the_root_key(desks: Desks):
    desk = desks.at("security_admin")
    page = desk.page
    allow(desks, ask_for_shares(desk))
    desk.go("/settings/keys/")
    look_at(page, "keys-waiting")
    desk.follow(page.get_by_role("link", name="领取分片"))
    desk.prove()
    look_at(page, "take")
    desk.press("生成并显示")
    codes = page.locator("[data-share]").all_inner_texts()
    assert len(set(codes)) == SHARES
    assert all(code.startswith("YDS1-") for code in codes)
    look_at(page, "shares")
    page.emulate_media(media="print")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == SHARES
    page.emulate_media(media="screen")
    page.reload()
    expect(page.get_by_text("只显示一次")).to_be_visible()
    expect(page.locator("[data-share]")).to_have_count(0)
    desk.go("/ledger/")
    look_at(page, "ledger")
