"""The system administrator: accounts and the machine, and no record."""

import pytest
from playwright.sync_api import expect

from .journey import Desks


def test_whoever_runs_the_system_reads_no_record(desks: Desks, filed):
    desk = desks.at("system_admin")
    expect(desk.page.locator(".global-search")).to_have_count(0)
    expect(desk.page.get_by_role("link", name="检索")).to_have_count(0)
    for path in ("/search/", "/holdings/", "/accessions/", "/confirm/", "/quarantine/"):
        assert desk.page.request.get(desk.archive.address + path).status == 403
    for part in ("", "pages/1.jpg", "history/", "proof/", "download.pdf"):
        assert desk.page.request.get(f"{desk.archive.address}/items/{filed[0]['id']}/{part}").status in (403, 404)


def test_an_account_is_made_used_and_closed(desks: Desks):
    desk = desks.at("system_admin")
    page = desk.page
    desk.go("/settings/")
    page.get_by_role("link", name="新建账号").click()
    page.get_by_label("用户名").fill("xinren")
    page.get_by_label("姓名").fill("新来的人")
    page.get_by_label("职责类别").select_option("records")
    page.get_by_label("初始密码").fill("short")
    page.get_by_role("button", name="创建账号").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("初始密码").fill("juniper-atlas-42")
    page.get_by_role("button", name="创建账号").click()
    row = page.locator("tr", has_text="xinren")
    expect(row).to_contain_text("新来的人")

    newcomer = desks.at()
    newcomer.go("/sign-in/")
    newcomer.page.get_by_label("用户名").fill("xinren")
    newcomer.page.get_by_label("密码").fill("juniper-atlas-42")
    newcomer.page.get_by_role("button", name="登录", exact=True).click()
    newcomer.page.wait_for_url("**/account/password/")
    newcomer.go("/about/")
    newcomer.page.wait_for_url("**/account/password/")
    newcomer.page.get_by_label("当前密码").fill("juniper-atlas-42")
    newcomer.page.get_by_label("新密码", exact=True).fill("a-word-of-my-own")
    newcomer.page.get_by_label("再次输入新密码").fill("a-word-of-my-own")
    newcomer.page.get_by_role("button", name="修改密码").click()
    newcomer.page.wait_for_url("**/account/")
    expect(newcomer.page.get_by_text("今天没有岗位")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="停用").click()
    expect(page.locator("tr", has_text="xinren")).to_contain_text("停用")
    newcomer.go("/")
    assert "/sign-in/" in newcomer.page.url


def test_the_settings_show_no_secret(desks: Desks):
    desk = desks.at("system_admin")
    desk.go("/settings/")
    expect(desk.page.get_by_text("YIDANG_FILING_CONFIDENCE")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/settings/", "/about/"])
def test_its_pages_open(desks: Desks, path):
    desk = desks.at("system_admin")
    assert desk.page.request.get(desk.archive.address + path).status == 200
