"""Two people and one grave step: asked for by one, seen and allowed by another, refused to everybody else."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desks
from .looking import look_round

ASK = """
(lambda sanctions, operations, policy, staff, clock: str(operations.ask_approval(
    grant=policy.grant_for(staff.objects.get(username='anquan2')),
    kind=sanctions.GIVE_POST,
    plan=sanctions.post_plan(
        staff_id=staff.objects.get(username='daiyu').pk, role='reader', department='{department}',
        since=clock.today(), until=None),
    reason='接任{department}').id))(
    __import__('yidang.site.sanctions', fromlist=['x']),
    __import__('yidang.workflow.operations', fromlist=['x']),
    __import__('yidang.identity.policy', fromlist=['x']),
    __import__('yidang.identity.models', fromlist=['x']).Staff,
    __import__('yidang.kernel.clock', fromlist=['x']))
"""
EXPIRE = """
__import__('yidang.workflow.models', fromlist=['x']).Approval.objects.filter(id='{approval}').update(
    expires_at=__import__('yidang.kernel.clock', fromlist=['x']).now())
"""


@pytest.fixture
def ask(archive):
    return lambda department: archive.ask(" ".join(ASK.format(department=department).split()))


def test_one_asks_and_another_allows(desks: Desks, ask):
    approval = ask("cwg")
    asker = desks.at("security_admin")
    asker.go(f"/approvals/{approval}/")
    expect(asker.page.get_by_role("button", name="批准并执行")).to_have_count(0)
    expect(asker.page.get_by_text("须由另一人审批")).to_be_visible()

    manager = desks.at("manager")
    page = manager.page
    expect(page.locator(".rail").get_by_role("link", name="待办")).to_contain_text("1")
    page.locator(".rail").get_by_role("link", name="待办").click()
    page.get_by_role("link", name="审批").filter(has=page.locator(".code")).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("授予岗位")
    expect(page.locator("ins")).to_contain_text("查阅员")
    expect(page.get_by_text("接任cwg")).to_be_visible()
    manager.press("批准并执行")
    expect(page.get_by_text("已批准并执行。")).to_be_visible()
    expect(page.get_by_role("heading", name="已执行的内容")).to_be_visible()

    asker.go("/notices/")
    row = asker.page.locator("li", has_text="已通过并执行")
    row.get_by_role("button").click()
    expect(asker.page.get_by_text("已执行的内容")).to_be_visible()
    asker.go("/")
    expect(asker.page.locator(".bell .count")).to_have_count(0)


def test_the_wrong_person_finds_nothing(desks: Desks, ask):
    approval = ask("jhg")
    for role in ("archivist", "reader", "system_admin"):
        desk = desks.at(role)
        desk.go(f"/approvals/{approval}/")
        expect(desk.page.get_by_text("没有这项审批")).to_be_visible()
        desk.go("/approvals/")
        expect(desk.page.locator("tbody tr")).to_have_count(0)


def test_refused_with_a_reason_the_asker_reads(desks: Desks, ask):
    approval = ask("jhg")
    manager = desks.at("manager")
    manager.go(f"/approvals/{approval}/")
    manager.page.locator("summary", has_text="退回").click()
    manager.page.locator("#refusal").fill("编制已满")
    manager.page.locator("form").get_by_role("button", name="退回").click()
    expect(manager.page.get_by_text("已退回，理由已告知申请人。")).to_be_visible()
    asker = desks.at("security_admin")
    asker.go(f"/approvals/{approval}/")
    expect(asker.page.get_by_text("编制已满")).to_be_visible()


def test_what_has_expired_cannot_be_allowed(desks: Desks, ask, archive):
    approval = ask("mbg")
    archive.ask(" ".join(EXPIRE.format(approval=approval).split()))
    manager = desks.at("manager")
    manager.go(f"/approvals/{approval}/")
    expect(manager.page.locator(".page-head .tag")).to_contain_text("已过期")
    expect(manager.page.get_by_role("button", name="批准并执行")).to_have_count(0)


def test_wishes_and_addresses_are_kept(desks: Desks):
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/settings/notices/")
    page.get_by_label("电子邮箱", exact=True).fill("no-address")
    page.locator("form", has=page.locator("#email")).get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("电子邮箱", exact=True).fill("dangan@bureau.example")
    page.locator("form", has=page.locator("#email")).get_by_role("button").click()
    expect(page.get_by_label("电子邮箱", exact=True)).to_have_value("dangan@bureau.example")
    box = page.get_by_label("有待办交给我 · 电子邮件")
    box.uncheck()
    page.locator("form", has=box).get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_label("有待办交给我 · 电子邮件")).not_to_be_checked()


def test_the_system_administrator_sees_the_outbox(desks: Desks):
    desk = desks.at("system_admin")
    desk.go("/outbox/")
    desk.page.get_by_role("textbox", name="回调地址").fill("https://hook.bureau.example/yidang")
    desk.page.get_by_role("button", name="添加").click()
    expect(desk.page.locator("#secret")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    desk.go("/outbox/")
    expect(desk.page.locator("#secret")).to_have_count(0)
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.get_by_role("button", name="取消").last.click()
    expect(desk.page.get_by_text("回调地址已取消。")).to_be_visible()


def test_axe_finds_nothing_on_these_pages(desks: Desks, ask):
    seen = ["/tasks/", "/approvals/", f"/approvals/{ask('jhg')}/", "/notices/", "/settings/notices/"]
    assert look_round(desks.at("manager"), seen) == {}
    assert look_round(desks.at("system_admin"), ["/outbox/", "/tasks/?show=closed"]) == {}
