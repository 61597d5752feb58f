"""The knowledge base in a real browser: a table read in, compared, what does not hold told, and discarded."""

import pytest
from playwright.sync_api import expect

from .journey import Desks
from .looking import look_round

TABLE = "药品编码,性别\nXC08CAC013A001010100015,女\n,男\n"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("knowledge") / "限性别.csv"
    path.write_text("\ufeff" + TABLE, encoding="utf-8")
    return path


def test_a_table_is_compared_before_any_rule_reads_it(desks: Desks, table):
    desk = desks.at("inspector")
    page = desk.page
    desk.go("/oversight/knowledge/")
    page.locator("#kind").select_option("limits:sex")
    page.locator("#effective_from").fill("2027-01-01")
    page.locator("#source").fill("试验用表")
    page.locator("#file").set_input_files(table)
    desk.follow(page.get_by_role("button", name="导入并比对"))
    expect(page.get_by_text("XC08CAC013A001010100015").first).to_be_visible()
    expect(page.locator("#bad")).to_be_visible()
    draft = page.url.removeprefix(desk.archive.address)
    assert look_round(desk, ["/oversight/knowledge/", draft]) == {}
    desk.go(draft)
    desk.follow(page.locator("button[value=discard]"))
    expect(page.locator("button[value=put]")).to_have_count(0)
