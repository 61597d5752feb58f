"""A reader of one department: its own records, and nothing of any other."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .journey import Desks, confirm_all, hand_over, items, save


@pytest.fixture(scope="session")
def foreign(browser, archive, filed, tmp_path_factory) -> dict[str, str]:
    """A record of another section, filed by the archivist."""
    folder: Path = save(tmp_path_factory.mktemp("scans") / "参保", "登记", "enrolment_person", 5)
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    hand_over(desk, folder, "CBGR")
    confirm_all(desk)
    desks.close()
    return next(item for item in items(archive) if item["series"] == "CBGR")


def test_a_reader_finds_only_the_own_departments_records(desks: Desks, filed, foreign):
    desk = desks.at("reader")
    desk.go("/search/?year=2026")
    codes = desk.page.locator(".hit-facts .code").all_inner_texts()
    assert {item["code"] for item in filed if item["series"] == "DYJS"} <= set(codes)
    assert foreign["code"] not in codes
    assert str(len(codes)) in desk.page.locator(".results-head").inner_text()


@pytest.mark.parametrize("part", ["", "history/", "diff/", "pages/1.jpg", "pages/1.json"])
def test_another_departments_record_does_not_exist_for_a_reader(desks: Desks, foreign, part):
    desk = desks.at("reader")
    answer = desk.page.request.get(f"{desk.archive.address}/items/{foreign['id']}/{part}")
    assert answer.status == 404


@pytest.mark.parametrize(
    "path", ["/accessions/", "/accessions/new/", "/quarantine/", "/confirm/", "/settings/staff/new/"]
)
def test_the_work_of_others_is_closed_to_a_reader(desks: Desks, path):
    desk = desks.at("reader")
    assert desk.page.request.get(desk.archive.address + path).status == 403


def test_a_reader_reads_but_takes_nothing_away(desks: Desks, filed):
    own = next(item for item in filed if item["series"] == "DYJS")
    desk = desks.at("reader")
    desk.go(f"/items/{own['id']}/")
    expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
    expect(desk.page.get_by_role("link", name="PDF")).to_have_count(0)
    expect(desk.page.get_by_role("tab", name="验真")).to_have_count(0)
    assert desk.page.request.get(f"{desk.archive.address}/items/{own['id']}/download.pdf").status == 403


def test_a_reader_may_not_search_for_an_id_number(desks: Desks, filed):
    desk = desks.at("reader")
    desk.search("身份证:110101199003074610")
    expect(desk.page.get_by_role("main")).to_contain_text("身份证")
    expect(desk.page.locator(".hit")).to_have_count(0)
    assert "110101199003074610" not in desk.page.url
