"""A loan in a real browser: asked for, agreed to, read until the time is over; paper handed over, late and back."""

import pytest
from playwright.sync_api import expect

from .journey import Desk, Desks, confirm_all, hand_over, items, save
from .looking import look_round

LOANS = "__import__('yidang.access.lending.models', fromlist=['x']).Loan.objects"
NOW = "__import__('django.utils.timezone', fromlist=['x']).now()"
SPAN = "__import__('datetime').timedelta(seconds={seconds})"
SHIFT = LOANS + ".filter(id='{loan}').update(until=" + NOW + " + " + SPAN + ")"
END = "__import__('yidang.access.lending.opening', fromlist=['x']).end_due()"


@pytest.fixture(scope="module")
def wanted(archive, browser, filed, tmp_path_factory):
    """A record of its own, of a section whose records the doctor's post does not show."""
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    before = {item["id"] for item in items(archive)}
    hand_over(desk, save(tmp_path_factory.mktemp("lent") / "借阅", "单位登记", "enrolment_unit", 401), "DYJS")
    confirm_all(desk)
    desks.close()
    found = [item for item in items(archive) if item["id"] not in before and item["series"] == "DYJS"]
    return found[-1]


def ask(desk: Desk, code: str, form: str) -> str:
    """The loan's address."""
    desk.go("/loans/new/")
    desk.page.get_by_label("档号，每行一个").fill(code)
    desk.page.get_by_label("利用方式").select_option(form)
    desk.page.get_by_label("借阅理由").fill("核对参保单位信息")
    desk.page.get_by_role("button", name="提交申请").click()
    expect(desk.page.locator("#loan-state")).to_contain_text("待审批")
    return desk.page.url


def agree(desk: Desk, address: str) -> None:
    desk.go("/loans/desk/")
    desk.page.locator(f"a[href='{address.removeprefix(desk.archive.address)}']").first.click()
    desk.page.get_by_role("button", name="同意", exact=True).click()
    expect(desk.page.get_by_text("您的意见已记录。")).to_be_visible()


def status(desk: Desk, path: str) -> int:
    return desk.page.request.get(desk.archive.address + path).status


def decide(desk: Desk, address: str) -> int:
    """What the server answers to who presses a button that the page does not offer."""
    token = next(one["value"] for one in desk.page.context.cookies() if one["name"].endswith("csrftoken"))
    headers = {"X-CSRFToken": token, "Referer": desk.archive.address + "/"}
    return desk.page.request.post(f"{address}decide/", headers=headers, form={"verdict": "allowed"}).status


def test_read_until_the_time_is_over(desks: Desks, wanted, archive):
    page, record = f"/items/{wanted['id']}/pages/1.jpg?w=1200", f"/items/{wanted['id']}/"
    doctor = desks.at("doctor")
    assert status(doctor, record) == 404
    loan = ask(doctor, wanted["code"], "screen")
    path = loan.removeprefix(archive.address)
    assert status(desks.at("storekeeper"), path) == 404
    assert status(desks.at("system_admin"), path) == 403
    assert decide(doctor, loan) == 403

    agree(desks.at("section_head"), loan)
    doctor.page.goto(loan)
    doctor.page.get_by_role("link", name="阅览").click()
    expect(doctor.page.locator("#lent-note")).to_contain_text("您正凭借阅单")
    expect(doctor.page.locator(".lent-marks span").first).to_contain_text("JY")
    assert status(doctor, page) == 200
    assert status(doctor, f"{record}lent.pdf") == 409

    archive.ask(SHIFT.format(loan=path.split("/")[-2], seconds=4))
    doctor.page.reload()
    expect(doctor.page.get_by_role("heading", name="您查阅这件档案的时间已到")).to_be_visible()
    expect(doctor.page.locator("#viewer")).to_have_count(0)
    assert [status(doctor, one) for one in (page, record, f"/items/{wanted['id']}/pages/1.json")] == [404] * 3

    archive.ask(f"[{END}] and 1")
    doctor.page.goto(loan)
    doctor.page.get_by_label("利用效果", exact=True).select_option("business")
    doctor.page.get_by_role("button", name="登记利用效果").click()
    expect(doctor.page.locator("#loan-state")).to_contain_text("已办结")
    doctor.go("/use/")
    expect(doctor.page.get_by_text("办结业务").first).to_be_visible()


def test_an_archivist_takes_it_away_from_an_open_page(desks: Desks, wanted):
    doctor, archivist = desks.at("doctor"), desks.at("archivist")
    loan = ask(doctor, wanted["code"], "screen")
    agree(desks.at("section_head"), loan)
    doctor.go(f"/items/{wanted['id']}/")
    expect(doctor.page.locator("#lent-note")).to_be_visible()
    archivist.page.goto(loan)
    archivist.page.get_by_role("button", name="立即结束阅览").click()
    assert status(doctor, f"/items/{wanted['id']}/pages/1.jpg?w=800") == 404
    expect(doctor.page.get_by_role("heading", name="您查阅这件档案的时间已到")).to_be_visible(timeout=12_000)


def test_the_original_leaves_and_comes_back(desks: Desks, wanted, archive):
    doctor, manager, store = desks.at("doctor"), desks.at("manager"), desks.at("storekeeper")
    loan = ask(doctor, wanted["code"], "out")
    manager.page.goto(loan)
    assert decide(manager, loan) == 409
    expect(manager.page.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    agree(desks.at("section_head"), loan)
    store.page.goto(loan)
    expect(store.page.locator("#loan-state")).to_have_count(0)
    agree(manager, loan)

    store.go("/loans/counter/")
    store.page.locator(f"a[href='{loan.removeprefix(archive.address)}']").click()
    expect(store.page.get_by_text("核对参保单位信息")).to_have_count(0)
    store.page.get_by_label("状况说明").fill("封面完整")
    store.page.get_by_role("button", name="交付").click()
    expect(store.page.locator("#loan-state")).to_contain_text("已借出")

    archive.ask(SHIFT.format(loan=loan.split("/")[-2], seconds=-90000))
    store.go("/loans/overdue/")
    row = store.page.locator("tr", has_text=loan_name(doctor, loan))
    row.get_by_role("button", name="催还").click()
    expect(store.page.get_by_role("heading", level=1)).to_contain_text("催还单")
    store.page.goto(loan)
    store.page.get_by_label("实体状况").select_option("worn")
    store.page.get_by_role("button", name="收回").click()
    expect(store.page.get_by_text("纸质档案已收回。")).to_be_visible()
    expect(store.page.locator("#loan-state")).to_contain_text("待登记效果")


def loan_name(desk: Desk, loan: str) -> str:
    desk.page.goto(loan)
    return desk.page.locator("h1 .code").inner_text()


def test_a_copy_is_certified_and_anybody_checks_it(desks: Desks, wanted, archive, tmp_path):
    archivist = desks.at("archivist")
    page = archivist.page
    archivist.go(f"/items/{wanted['id']}/")
    page.get_by_role("link", name="出具复制件").click()
    page.get_by_label("页", exact=True).fill("1")
    page.get_by_label("交给谁").fill("某单位经办人")
    page.get_by_role("button", name="出具证明").click()
    expect(page.locator("#copy-state")).to_contain_text("有效")
    number = page.locator("h1 .code").inner_text()
    pdf = page.request.get(f"{archive.address}/copies/{number}/copy.pdf").body()

    offline = tmp_path / "check.html"
    offline.write_bytes(page.request.get(f"{archive.address}/check/offline/").body())
    for name, content, said in (("true", pdf, "证明真实有效"), ("false", altered(pdf), "被改动")):
        (tmp_path / f"{name}.pdf").write_bytes(content)
        stranger = desks.at()
        stranger.go("/check/copy/")
        stranger.page.locator("#copy-file").set_input_files(tmp_path / f"{name}.pdf")
        stranger.page.get_by_role("button", name="核验").click()
        expect(stranger.page.locator("#outcome")).to_contain_text(said)
        stranger.page.goto(offline.as_uri())
        stranger.page.locator("#statement-file").set_input_files(tmp_path / f"{name}.pdf")
        expect(stranger.page.locator("#result .verdict")).to_contain_text(said)


def altered(pdf: bytes) -> bytes:
    """The same file with one byte of its first picture changed."""
    at = pdf.index(b"\xff\xda") + 40
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def test_axe_finds_nothing_here(desks: Desks, wanted, archive):
    loan = archive.ask(f"[str(x.id) for x in {LOANS}.order_by('-number')[:1]]")[0]
    paths = ["loans/", "loans/new/", "loans/desk/", "loans/counter/", "loans/overdue/", f"loans/{loan}/"]
    paths += ["use/", "use/statistics/", "use/analyses/", "copies/", "check/copy/", f"items/{wanted['id']}/copies/new/"]
    assert look_round(desks.at("archivist"), [f"/{path}" for path in paths]) == {}
