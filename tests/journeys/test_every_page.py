"""What holds on every page: nothing for axe to say, no sideways scrolling, both languages, both themes."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desks, broken

PAGES = [
    "/",
    "/search/",
    "/search/?series=DYJS",
    "/holdings/",
    "/accessions/",
    "/accessions/new/",
    "{accession}",
    "{accession}receipt/",
    "/quarantine/",
    "/volumes/",
    "/confirm/",
    "/items/{item}/",
    "/items/{item}/history/",
    "/items/{item}/diff/",
    "/items/{item}/proof/",
    "/items/{item}/describe/",
    "/items/{item}/move/",
    "/items/{item}/arrange/",
    "/settings/",
    "/about/",
    "/nowhere/",
]
OTHERS_PAGES = {
    "audit_admin": ["/", "/audit/", "/audit/unusual/", "/posts/", "/ledger/", "/policy/"],
    "manager": ["/", "/releases/", "/releases/new/", "/requests/", "/requests/new/", "/privacy/", "/search/"],
    "security_admin": ["/", "/settings/keys/", "/ledger/", "/policy/", "/tasks/", "/notices/", "/approvals/"],
    "system_admin": ["/", "/settings/", "/settings/staff/new/", "/settings/copies/", "/outbox/", "/ledger/"],
    "doctor": ["/", "/search/", "/tasks/", "/account/"],
    "": ["/sign-in/", "/trust/", "/check/"],
}
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}


def told(violations: list[dict]) -> list[str]:
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in violations]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_page(desks: Desks, batch, filed, size, theme):
    desk = desks.at("archivist", viewport=SIZES[size], color_scheme=theme)
    accession = batch["url"].removeprefix(desk.archive.address)
    found = {}
    for path in PAGES:
        desk.go(path.format(accession=accession, item=filed[0]["id"]))
        desk.page.wait_for_load_state("load")
        violations = told(broken(desk.page))
        wide = desk.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if violations or wide:
            found[path] = [*violations, *(["scrolls sideways"] if wide else [])]
    assert found == {}


@pytest.mark.parametrize("role", OTHERS_PAGES, ids=lambda role: role or "nobody")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_at_the_other_desks(desks: Desks, size, theme, role):
    desk = desks.at(role, viewport=SIZES[size], color_scheme=theme)
    found = {}
    for path in OTHERS_PAGES[role]:
        desk.go(path)
        desk.page.wait_for_load_state("load")
        problems = told(broken(desk.page))
        if desk.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            problems.append("scrolls sideways")
        assert "/sign-in/" not in desk.page.url or not role
        if problems or not desk.page.locator("h1").count():
            found[path] = problems
    assert found == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_people_and_posts(desks: Desks, size, theme):
    desk = desks.at("security_admin", viewport=SIZES[size], color_scheme=theme)
    desk.go("/posts/")
    opened = [desk.page.url, desk.page.get_by_role("link", name=re.compile("任命岗位")).first.get_attribute("href")]
    for path in opened:
        desk.page.goto(path if path.startswith("http") else desk.archive.address + path)
        assert told(broken(desk.page)) == []
        assert not desk.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_the_language_changes_and_stays(desks: Desks):
    desk = desks.at("archivist")
    desk.page.get_by_role("button", name="Switch to English").click()
    expect(desk.page.get_by_role("link", name="Confirm desk").first).to_be_visible()
    desk.go("/holdings/")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Holdings")
    desk.page.get_by_role("button", name="切换到中文").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("馆藏目录")


def test_the_dark_theme_is_kept(desks: Desks):
    desk = desks.at("archivist")
    desk.page.get_by_role("button", name="外观").click()
    desk.page.get_by_role("button", name="深色").click()
    desk.go("/holdings/")
    expect(desk.page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_nothing_comes_from_another_origin(desks: Desks, filed):
    desk = desks.at("archivist")
    foreign: list[str] = []
    desk.page.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if not request.url.startswith((desk.archive.address, "data:", "blob:"))
            else None
        ),
    )
    desk.go(f"/items/{filed[0]['id']}/")
    desk.page.wait_for_load_state("networkidle")
    assert foreign == []


@pytest.mark.parametrize("path", ["/", "/search/", "/sign-in/", "/nowhere/"])
def test_the_policy_allows_no_inline_code(desks: Desks, path):
    desk = desks.at()
    headers = desk.page.request.get(desk.archive.address + path).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "no-store" in headers["cache-control"]


def test_the_sign_in_says_what_went_wrong(desks: Desks):
    desk = desks.at()
    desk.go("/accessions/")
    desk.page.get_by_label("用户名").fill("dangan")
    desk.page.get_by_label("密码").fill("wrong-password")
    desk.page.get_by_role("button", name="登录", exact=True).click()
    expect(desk.page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
