"""Nothing forgotten, in a real browser: who owes what and is chased; a case filed by its system, and asked for."""

import io
import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from yidang.kernel.clock import today

from .journey import Desk, Desks
from .looking import look_round

HOSPITAL, NAME = "H33010600777", "某镇中心卫生院"
PAGES = ("", "obligations/", "overdue/", "requirements/", "institutions/", "letters/", "cases/")


def paper() -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink, invariant=1)
    canvas.drawString(72, 700, "Invented list of a journey, filed by a business system, with enough words")
    canvas.showPage()
    canvas.save()
    return sink.getvalue()


def case() -> dict:
    return {
        "case_number": "旅程-2026-7",
        "series": "DYMZ",
        "closed_on": today().isoformat(),
        "title": "门诊待遇核定一案",
        "institution": HOSPITAL,
        "process": [{"step": "受理", "by": "某甲", "at": "2026-11-02T09:00:00+08:00", "result": "通过"}],
        "materials": [{"name": "门诊待遇核定表", "file": "list.pdf"}],
    }


@pytest.fixture(scope="module")
def token(archive, browser) -> str:
    """The system administrator enters a business system and sees its token once."""
    desks = Desks(browser, archive)
    page = desks.at("system_admin").page
    page.goto(archive.address + "/collection/systems/")
    page.get_by_label("名称").fill("旅程业务系统")
    page.get_by_label("系统代码").fill("journey")
    page.get_by_role("button", name="登记并生成令牌").click()
    shown = page.locator("#token").inner_text()
    page.reload()
    desks.close()
    return shown


@pytest.fixture(scope="module")
def owed(archive, browser) -> None:
    """An institution that should have handed in since last quarter."""
    desks = Desks(browser, archive)
    page = desks.at("archivist").page
    page.goto(archive.address + "/collection/institutions/")
    page.get_by_label("机构代码").fill(HOSPITAL)
    page.get_by_label("名称").fill(NAME)
    page.get_by_label("联系人").fill("某联系人")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("报送机构已登记。")).to_be_visible()
    page.goto(archive.address + "/collection/requirements/?proposal=outpatient")
    page.get_by_label("起", exact=True).fill((today() - timedelta(days=100)).isoformat())
    page.locator("select[name=institution]").select_option(HOSPITAL)
    page.get_by_role("button", name="登记要求").click()
    expect(page.get_by_text("报送要求已登记")).to_be_visible()
    desks.close()


def file_case(desk: Desk, token: str):
    files = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": paper()}
    return desk.page.request.post(
        desk.archive.address + "/api/v1/cases/",
        headers={"Authorization": f"Bearer {token}"},
        multipart={"case": json.dumps(case()), "file": files},
    )


def test_who_is_late_is_chased_with_one_click(desks: Desks, owed, archive):
    page = desks.at("archivist").page
    page.goto(archive.address + "/collection/")
    expect(page.get_by_role("heading", name="报送日历")).to_be_visible()
    page.goto(archive.address + "/collection/overdue/")
    card = page.locator("form.card", has_text=NAME)
    expect(card).to_contain_text("逾期")
    card.get_by_role("button", name="催交").click()
    expect(page.get_by_text("待打印寄送")).to_be_visible()
    expect(page.get_by_text("月度门诊费用清单").first).to_be_visible()
    address = page.get_by_role("link", name="PDF").get_attribute("href")
    answer = page.request.get(archive.address + address)
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    page.goto(archive.address + "/collection/overdue/")
    expect(page.locator("form.card", has_text=NAME)).to_contain_text("已催 1 次")


def test_a_filed_case_names_what_it_lacks_and_is_asked_for(desks: Desks, owed, token, archive):
    desk = desks.at("archivist")
    answer = file_case(desk, token)
    assert answer.status in {200, 201}, answer.text()
    told = answer.json()
    assert told["missing"] == ["门诊收费票据", "处方或检查报告"]

    page = desk.page
    page.goto(f"{archive.address}/collection/cases/{told['case']}/")
    expect(page.locator("#missing")).to_contain_text("门诊收费票据")
    expect(page.get_by_text("某甲")).to_be_visible()
    page.get_by_role("button", name="向机构发催交函").click()
    expect(page.get_by_text("门诊待遇核定：门诊收费票据")).to_be_visible()
    page.goto(f"{archive.address}/collection/cases/{told['case']}/")
    for name in told["missing"]:
        page.get_by_label(f"状态 {name}", exact=True).select_option("there")
        page.get_by_role("button", name=f"保存 {name}").click()
    expect(page.locator("#missing")).to_have_count(0)
    page.goto(f"{archive.address}/collection/cases/{told['case']}/sheet/")
    expect(page.get_by_role("img", name="案件二维码")).to_be_visible()


def test_who_may_not_is_refused(desks: Desks, owed, archive):
    clerk = desks.at("reader").page
    assert clerk.request.get(archive.address + "/collection/overdue/").status == 200
    for path in ("requirements/", "institutions/", "letters/", "systems/"):
        assert clerk.request.get(f"{archive.address}/collection/{path}").status == 403, path
    archivist = desks.at("archivist").page
    assert archivist.request.get(archive.address + "/collection/systems/").status == 403
    unknown = archivist.request.get(
        archive.address + "/api/v1/cases/?number=1", headers={"Authorization": "Bearer yd_x"}
    )
    assert unknown.status == 401


def test_axe_finds_nothing_here(desks: Desks, owed):
    assert look_round(desks.at("archivist"), [f"/collection/{path}" for path in PAGES]) == {}
