"""The audit administrator: the log narrowed down, taken along as a file, and no record in reach."""

import json
from pathlib import Path

from playwright.sync_api import expect

from .journey import Desks


def test_the_log_is_narrowed_and_taken_along(desks: Desks, filed):
    desk = desks.at("audit_admin")
    page = desk.page
    page.locator(".rail").get_by_role("link", name="审计日志").click()
    page.get_by_label("事项").select_option("item.filed")
    page.get_by_role("button", name="显示").click()
    page.wait_for_url("**action=item.filed**")
    kinds = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert len(kinds) >= len(filed)  # other journeys file records into the same archive
    assert len(set(kinds)) == 1
    page.get_by_label("档案", exact=True).fill(filed[0]["code"])
    page.get_by_role("button", name="显示").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON Lines").click()
    (line,) = [json.loads(text) for text in Path(waiting.value.path()).read_text().splitlines()]
    assert line["action"] == "item.filed"
    assert line["reference_code"] == filed[0]["code"]
    desk.go("/audit/?action=audit.exported")
    expect(page.locator("tbody tr")).to_have_count(1)  # taking it along is itself in the log


def test_who_watches_reads_no_record(desks: Desks, filed):
    desk = desks.at("audit_admin")
    desk.go(f"/items/{filed[0]['id']}/")
    expect(desk.page.locator("#viewer")).to_have_count(0)
    desk.go("/audit/unusual/")
    expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
