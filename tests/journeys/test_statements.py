"""From a record to a stranger's phone: issued at the desk, checked without an account, and without a network."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from harness import wait_for
from yidang.crypto.sm import sm3

from .journey import PATIENCE, Desks
from .looking import broken, look_round


@pytest.fixture(scope="session")
def issued(browser: Browser, archive, filed) -> dict[str, str]:
    """A statement about the first record: its number, the address in its code, its file."""
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    desk.go(f"/items/{filed[0]['id']}/")
    desk.page.get_by_role("tab", name="验真").click()
    desk.page.get_by_role("button", name="出具未变动证明").click()
    desk.page.wait_for_url("**/statements/*/")
    number = desk.page.locator("#statement-number").inner_text()
    address = desk.page.get_by_role("link", name="像外人一样核验").get_attribute("href")
    proof = f"{archive.address}/statements/{number}/statement.json"
    wait_for(lambda: desk.page.request.get(proof).ok)  # the keeper has laid it into the log
    file = desk.page.request.get(proof).text()
    desks.close()
    assert desks.complaints == []
    return {"number": number, "digits": address.split("#")[1], "file": file, "code": filed[0]["code"]}


def test_a_phone_that_opens_the_code_sees_what_holds(desks: Desks, issued):
    phone = desks.at(viewport={"width": 390, "height": 844})
    phone.go(f"/check/#{issued['digits']}")
    expect(phone.page.get_by_role("status").filter(has_text="证明真实有效")).to_be_visible()
    expect(phone.page.get_by_role("main")).to_contain_text(issued["code"])
    assert issued["digits"] not in phone.page.url
    assert broken(phone.page) == []


def test_the_desk_has_no_fault_either(desks: Desks, issued):
    paths = ["/statements/", f"/statements/{issued['number']}/", "/disputes/new/", "/check/"]
    assert look_round(desks.at("archivist"), paths) == {}


def carried(desks: Desks, tmp_path: Path, name: str) -> Path:
    """The page for use without a network, as it is at this moment."""
    answer = desks.at().page.request.get(f"{desks.archive.address}/check/offline/")
    (tmp_path / name).write_bytes(answer.body())
    return tmp_path / name


def without_network(desks: Desks, page_file: Path) -> Page:
    page = desks.at(viewport={"width": 390, "height": 844}).page
    page.context.set_offline(True)
    page.goto(page_file.as_uri())
    return page


def judged(page: Page, text: str) -> str:
    page.locator("#statement-text").fill(text)
    page.get_by_role("button", name="核验", exact=True).click()
    return page.locator("#result").inner_text()


def altered(digits: str) -> str:
    """A digit within the signature."""
    at = len(digits) - 40
    return digits[:at] + ("0" if digits[at] != "0" else "1") + digits[at + 1 :]


def test_without_a_network_valid_altered_and_foreign_are_told_apart(desks: Desks, issued, tmp_path):
    page = without_network(desks, carried(desks, tmp_path, "check.html"))
    assert "证明真实有效" in judged(page, issued["digits"])
    assert issued["code"] in judged(page, issued["digits"])
    assert "二维码太小" in judged(page, issued["digits"])
    assert "被改动" in judged(page, altered(issued["digits"]))
    assert "不是证明" in judged(page, "12345")
    other = page.evaluate(
        "digits => { const c = JSON.parse(document.getElementById('known').textContent);"
        " const l = YidangCheck.revocations(YidangCheck.unhex(c.revocations), c.keys);"
        " return YidangCheck.check(digits, {keys: {}, list: l}, 0).outcome }",
        issued["digits"],
    )
    assert other == "unknown_key"
    assert broken(page) == []


def test_without_a_network_the_file_proves_the_ledger(desks: Desks, issued, tmp_path):
    page = without_network(desks, carried(desks, tmp_path, "check.html"))
    (tmp_path / "s.json").write_text(issued["file"], encoding="utf-8")
    page.locator("#statement-file").set_input_files(tmp_path / "s.json")
    expect(page.locator("#result")).to_contain_text("都在已签名的账本中")
    broken = json.loads(issued["file"])
    broken["issued"]["entry"] = broken["issued"]["entry"].replace("statement.issued", "statement.issueD")
    (tmp_path / "b.json").write_text(json.dumps(broken), encoding="utf-8")
    page.locator("#statement-file").set_input_files(tmp_path / "b.json")
    expect(page.locator("#result")).to_contain_text("账本不能印证")


def test_a_picture_of_the_code_is_read_without_a_network(desks: Desks, issued, tmp_path):
    picture = tmp_path / "code.png"
    desk = desks.at("archivist")
    desk.go(f"/statements/{issued['number']}/")
    desk.page.locator(".statement-code").screenshot(path=picture)
    page = without_network(desks, carried(desks, tmp_path, "check.html"))
    page.locator("#statement-file").set_input_files(picture)
    expect(page.locator("#result")).to_contain_text("证明真实有效")


def test_sm3_and_signatures_agree_with_the_published_answers(desks: Desks, issued, tmp_path):
    page = without_network(desks, carried(desks, tmp_path, "check.html"))
    digest = "text => YidangCheck.hex(YidangCheck.sm3(new TextEncoder().encode(text)))"
    assert page.evaluate(digest, "abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert page.evaluate(digest, "abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    for length in (0, 55, 56, 63, 64, 119, 120, 1000):
        assert page.evaluate(digest, "x" * length) == sm3(b"x" * length).hex()


def test_a_dispute_file_is_made_with_one_click_and_checked_by_python(desks: Desks, filed, tmp_path):
    desk = desks.at("archivist")
    desk.go(f"/items/{filed[0]['id']}/")
    desk.page.get_by_role("tab", name="验真").click()
    desk.page.get_by_role("button", name="制作争议卷宗").click()
    expect(desk.page.get_by_text("卷宗已就绪")).to_be_visible(timeout=PATIENCE)
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="下载卷宗").click()
    zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())).extractall(tmp_path / "case")
    done = subprocess.run(
        [sys.executable, "verify.py"], cwd=tmp_path / "case", capture_output=True, text=True, check=False
    )
    assert "结论：全部成立。" in done.stdout, done.stdout + done.stderr


def test_what_was_revoked_is_named_on_both_pages(desks: Desks, issued, tmp_path):
    """The last of this file: it takes the statement back."""
    desk = desks.at("archivist")
    desk.go(f"/statements/{issued['number']}/")
    desk.page.get_by_label("撤销原因").select_option("misused")
    desk.page.get_by_role("button", name="撤销证明").click()
    expect(desk.page.get_by_text("被不当使用").first).to_be_visible()
    phone = desks.at(viewport={"width": 390, "height": 844})
    phone.go(f"/check/#{issued['digits']}")
    expect(phone.page.get_by_role("alert").filter(has_text="已被撤销")).to_be_visible()
    page = without_network(desks, carried(desks, tmp_path, "check.html"))
    assert "已被撤销" in judged(page, issued["digits"])
