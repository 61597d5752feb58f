"""What holds on every page: nothing for axe to say, no sideways scrolling, both languages, both themes."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desks
from .looking import look_round

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


def test_axe_finds_nothing_on_any_page(desks: Desks, batch, filed):
    desk = desks.at("archivist")
    accession = batch["url"].removeprefix(desk.archive.address)
    paths = [path.format(accession=accession, item=filed[0]["id"]) for path in PAGES]
    assert look_round(desk, paths) == {}


@pytest.mark.parametrize("role", OTHERS_PAGES, ids=lambda role: role or "nobody")
def test_axe_finds_nothing_at_the_other_desks(desks: Desks, role):
    assert look_round(desks.at(role), OTHERS_PAGES[role]) == {}


def test_axe_finds_nothing_on_people_and_posts(desks: Desks):
    desk = desks.at("security_admin")
    desk.go("/posts/")
    person = desk.page.get_by_role("link", name=re.compile("任命岗位")).first.get_attribute("href")
    assert look_round(desk, ["/posts/", person.removeprefix(desk.archive.address)]) == {}


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
