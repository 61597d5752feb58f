"""Data on its way out: a data set that two people let go, and what a person may ask about themselves."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect

from .journey import Desk, Desks

ABOUT = "[queries.description(i).text({key!r}) for i in models.Item.objects.filter(id={item!r})][0]"


def known_of(desk: Desk, item: str, key: str) -> str:
    return str(desk.archive.ask(ABOUT.format(key=key, item=item)))


def allow(desks: Desks, role: str, kind: str) -> None:
    other = desks.at(role)
    other.go("/approvals/")
    other.page.locator("tbody tr", has_text=kind).get_by_role("link").first.click()
    expect(other.page.locator("ins").first).to_be_visible()
    other.press("批准并执行")
    expect(other.page.get_by_text("已批准并执行。")).to_be_visible()


def test_a_data_set_is_weighed_allowed_by_another_and_fetched_once(desks: Desks, filed):
    manager = desks.at("manager")
    page = manager.page
    page.locator(".rail").get_by_role("link", name="数据集").click()
    page.get_by_role("link", name="新建数据集").click()
    for name, text in {"title": "住院材料种类", "recipient": "市医保研究所", "purpose": "统计材料种类"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#series").select_option("DYJS")
    page.locator("#k").fill("2")
    page.locator("#l").fill("1")
    for column in page.locator("select[name^=column-]").all():
        column.select_option("keep" if column.get_attribute("name") == "column-document_type" else "leave_out")
    page.get_by_role("button", name="测算风险").click()
    expect(page.get_by_role("heading", name="风险报告")).to_be_visible()
    address = page.url
    page.locator("#reason").fill("年度统计")
    page.locator("form", has=page.locator("#reason")).get_by_role("button").click()
    expect(page.get_by_role("button", name="取走")).to_have_count(0)

    allow(desks, "security_admin", "数据集")

    page.goto(address)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="取走").click()
    with ZipFile(BytesIO(Path(waiting.value.path()).read_bytes())) as parcel:
        rows = next(name for name in parcel.namelist() if name.endswith(".csv"))
        assert "settlement_list" in parcel.read(rows).decode("utf-8-sig")
    page.goto(address)
    expect(page.get_by_role("button", name="取走")).to_have_count(0)


def test_a_person_asks_for_their_records_and_gets_copies(desks: Desks, filed):
    clerk = desks.at("archivist")
    mine = next(one for one in filed if known_of(clerk, one["id"], "id_number"))
    name, number = (known_of(clerk, mine["id"], key) for key in ("person_name", "id_number"))
    page = clerk.page
    page.locator(".rail").get_by_role("link", name="个人申请").click()
    page.get_by_role("link", name="登记申请").click()
    given = {"person_name": name, "id_number": number, "asker_name": name, "proof": "身份证", "wish": "复制住院材料"}
    for field, text in given.items():
        page.locator(f"#{field}").fill(text)
    page.get_by_role("button", name="受理").click()
    expect(page.get_by_role("link", name=mine["code"])).to_be_visible()
    assert number not in page.content()
    page.locator("#reason").fill("身份核实无误，予以提供。")
    page.locator("button[value=granted]").click()
    expect(page.locator(".notice")).to_contain_text("审批")
    address = page.url
    allow(desks, "manager", "提供个人全部档案")
    page.goto(address)
    with page.expect_download() as waiting:
        page.locator("form[action$='/fetch/'] button").click()
    with ZipFile(BytesIO(Path(waiting.value.path()).read_bytes())) as parcel:
        assert f"{mine['code']}.pdf" in parcel.namelist()
