"""Claims in a real browser: files handed in, a settlement looked at, a list and the tables of groups taken in."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from yidang.claims.drg.reading import synthetic_folder

from .journey import Desks
from .looking import faults, look_round

CLAIM = "990000000077"
LINE = "990000000770"
HOSPITAL = "H99010000077"
DOCTOR = "D990100000077"
SETTLEMENT = {
    "claim": CLAIM,
    "person": "JOURNEY-77",
    "provider": HOSPITAL,
    "visit": "inpatient",
    "admitted_at": "2026-03-01 09:00:00",
    "discharged_at": "2026-03-06 10:00:00",
    "settled_at": "2026-03-06 11:00:00",
    "department": "03",
    "doctor": DOCTOR,
    "main_diagnosis": "I10.x00",
    "total_fen": "30000",
    "fund_fen": "20000",
    "own_fen": "10000",
}
FEE = {
    "line": LINE,
    "claim": CLAIM,
    "served_at": "2026-03-02 08:00:00",
    "item": "XC08",
    "class": "drug",
    "fee_category": "09",
    "quantity": "2",
    "unit_price_fen": "15000",
    "amount_fen": "30000",
}


def sheet(folder: Path, name: str, row: dict[str, str]) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    return path


@pytest.fixture(scope="module")
def taken(archive, tmp_path_factory) -> str:
    """The settlement taken in, as the page of imports does it later by a job."""
    folder = tmp_path_factory.mktemp("claims")
    sheet(folder, "settlements", SETTLEMENT)
    sheet(folder, "lines", FEE)
    archive.ask(
        "str(__import__('yidang.claims.importing.operations', fromlist=['x']).import_claims("
        "grant=__import__('yidang.identity.policy', fromlist=['x']).system_grant('test'),"
        f" path=__import__('pathlib').Path('{folder}')).batch.id)"
    )
    return CLAIM


def test_a_settlement_and_what_came_with_it(desks: Desks, taken):
    desk = desks.at("inspector")
    desk.go(f"/claims/?number={CLAIM}")
    desk.follow(desk.page.get_by_role("link", name=CLAIM))
    expect(desk.page.get_by_text("200.00").first).to_be_visible()
    expect(desk.page.locator(f"#line-{LINE}")).to_contain_text("XC08")
    desk.go("/claims/imports/")
    desk.follow(desk.page.locator("tbody a").first)
    expect(desk.page.get_by_role("heading", name="已收入但有疑问")).to_be_visible()


def test_a_list_and_the_tables_of_groups_are_taken_in(desks: Desks, tmp_path):
    desk = desks.at("inspector")
    page = desk.page
    desk.go("/claims/lists/")
    page.get_by_label("名单类别").select_option("suspensions")
    page.get_by_label("来源").fill("市医保局")
    page.get_by_label("截至日期").fill("2026-03-01")
    page.get_by_label("文件（CSV 或 XLSX）").set_input_files(
        sheet(tmp_path, "list", {"医保医师代码": DOCTOR, "暂停日期": "2026-01-01"})
    )
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text("名单已导入。")).to_be_visible()
    desk.go("/claims/drg/tables/")
    page.get_by_label("同一版本的各表").set_input_files(sorted(synthetic_folder().glob("*.csv")))
    page.get_by_role("button", name="读取并预览").click()
    expect(page.get_by_role("heading", name="已读取，尚未导入")).to_be_visible()
    page.get_by_role("button", name="导入这些表").click()
    expect(page.get_by_role("heading", name="已读取，尚未导入")).to_have_count(0)
    expect(page.locator("tbody tr").first).to_contain_text("synthetic")


def test_tables_that_say_no_name_are_named_on_the_page(desks: Desks):
    desk = desks.at("inspector")
    page = desk.page
    desk.go("/claims/drg/tables/")
    tables = [path for path in sorted(synthetic_folder().glob("*.csv")) if path.stem != "scheme"]
    page.get_by_label("同一版本的各表").set_input_files(tables)
    page.get_by_role("button", name="读取并预览").click()
    expect(page.get_by_label("生效日期")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("方案代码").fill("CHS DRG")
    page.get_by_label("方案名称").fill("国家医疗保障 DRG 分组方案")
    page.get_by_role("button", name="导入这些表").click()
    expect(page.get_by_role("alert")).to_contain_text("不含空格")
    expect(page.get_by_label("方案名称")).to_have_value("国家医疗保障 DRG 分组方案")
    page.get_by_label("方案代码").fill("CHS-DRG")
    page.get_by_role("button", name="导入这些表").click()
    expect(page.locator("tbody tr", has_text="CHS-DRG")).to_be_visible()


def test_the_pages_stand_on_a_phone_and_a_desk(desks: Desks, taken):
    paths = ["", f"settlements/{taken}/", "lists/", "drg/", "drg/tables/", "../oversight/indicators/"]
    assert look_round(desks.at("inspector"), [f"/claims/{path}" for path in paths]) == {}
