"""The credit archive in a real browser: a term confirmed, points by two, an appeal of the institution's clerk."""

import pytest
from playwright.sync_api import Page, expect

from .journey import Desk, Desks
from .looking import look_round

DOCTOR = "D990100000088"
CLINIC = "H99010000001"
TERM = "points:A40-3"


def agree(signer: Desk, about: str) -> None:
    signer.go("/credit/to-decide/")
    signer.prove()
    signer.page.locator("section", has_text=about).get_by_role("button", name="同意").first.click()
    expect(signer.page.get_by_text("已决定，即时生效。")).to_be_visible()


def fill(page: Page) -> None:
    words = {"#issuer": "990100", "#year": "2026", "#serial": "88", "#effective_on": "2026-03-02", "#against": CLINIC}
    words |= {"#code": DOCTOR, "#provider": CLINIC, "#months": "0"}
    for field, value in words.items():
        page.locator(field).fill(value)
    page.locator("#behaviour").select_option("A40-3")
    page.locator("#responsibility").select_option("main")


@pytest.fixture(scope="module")
def confirmed(browser, archive):
    """A term that only a local rule says, confirmed by two."""
    desks = Desks(browser, archive)
    admin = desks.at("credit_admin")
    admin.go("/credit/terms/")
    admin.page.get_by_role("button", name=f"申请本地确认 {TERM}").click()
    expect(admin.page.get_by_text("已提交，等待第二人确认。")).to_be_visible()
    agree(desks.at("decision_signer"), "条款确认")
    desks.close()


def test_points_by_two_and_an_appeal_upheld(desks: Desks, confirmed):
    admin, signer, clerk = (desks.at(role) for role in ("credit_admin", "decision_signer", "institution_clerk"))
    admin.go("/credit/enter/")
    fill(admin.page)
    admin.page.get_by_role("button", name="提交决定").click()
    expect(admin.page.get_by_text("待第二人决定")).to_be_visible()
    card = admin.page.url
    assert admin.page.request.get(f"{admin.archive.address}/credit/to-decide/").status == 403
    agree(signer, DOCTOR)
    admin.page.goto(card)
    expect(admin.page.get_by_text("终止支付资格").first).to_be_visible()

    clerk.go("/credit/own/")
    row = clerk.page.locator("tr", has_text=DOCTOR)
    row.get_by_label("申诉理由").select_option("facts")
    row.get_by_role("button", name="申诉").click()
    expect(clerk.page.get_by_text("申诉已登记。")).to_be_visible()
    assert clerk.page.request.get(card).status == 403
    admin.go("/credit/appeals/")
    admin.page.locator("li", has_text=DOCTOR).get_by_role("button", name="申诉成立").click()
    expect(admin.page.get_by_text("已拟定，等待第二人决定。")).to_be_visible()
    agree(signer, DOCTOR)
    admin.page.goto(card)
    expect(admin.page.get_by_text("已撤销", exact=True).first).to_be_visible()
    expect(admin.page.get_by_text("0 / 12")).to_be_visible()


def test_the_pages_stand_on_a_phone_and_a_desk(desks: Desks, confirmed):
    kept = ["/credit/", "/credit/enter/", "/credit/enter/person/", "/credit/terms/", "/credit/import/"]
    assert look_round(desks.at("credit_admin"), kept) == {}
    assert look_round(desks.at("inspector"), ["/claims/traces/", "/claims/traces/alerts/"]) == {}
