"""The archivist: from a folder of scans to a record that can be read and proved."""

import re
from pathlib import Path

from playwright.sync_api import expect

from .journey import PATIENCE, Desk, Desks, hand_over, items, save
from .looking import broken


def test_a_dropped_folder_is_read_before_ones_eyes(desks: Desks, batch):
    assert batch["待确认"] == "4"
    assert batch["重复"] == "1"
    assert batch["已隔离"] == "1"
    page = desks.at("archivist").page
    page.goto(batch["url"])
    expect(page.get_by_role("heading", name="存在的问题")).to_be_visible()
    expect(page.get_by_text("空文件")).to_be_visible()


def test_the_receipt_names_every_file_with_its_digest(desks: Desks, batch):
    page = desks.at("archivist").page
    page.goto(batch["url"])
    page.get_by_role("link", name="接收凭证").click()
    expect(page.locator(".receipt-files tbody tr")).to_have_count(6)
    page.emulate_media(media="print")
    expect(page.get_by_text("移交人")).to_be_visible()
    expect(page.locator(".rail")).to_be_hidden()


def test_an_upload_can_be_paused_and_goes_on(desks: Desks, tmp_path: Path):
    folder = tmp_path / "大批"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_bytes(bytes([number]) * 300_000)
    desk = desks.at("archivist")
    page = desk.page
    page.route("**/files/", lambda route: (page.wait_for_timeout(60), route.continue_()))
    desk.go("/accessions/new/")
    page.get_by_label("类目").select_option("DYJS")
    page.locator("#pick-folder").set_input_files(folder)
    page.get_by_role("button", name="暂停").click()
    expect(page.locator("#upload-status")).to_contain_text("已暂停")
    page.get_by_role("button", name="继续").click()
    page.wait_for_selector("#progress", timeout=PATIENCE)
    expect(page.locator("#progress")).to_contain_text("/ 12")


def test_a_broken_off_upload_goes_on_at_its_accession(desks: Desks, tmp_path: Path):
    folder = tmp_path / "断续"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_bytes(bytes([number]) * 200_000)
    desk = desks.at("archivist")
    page = desk.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/files/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    desk.go("/accessions/new/")
    page.get_by_label("类目").select_option("DYJS")
    page.locator("#pick-folder").set_input_files(folder)
    expect(page.locator("#upload-status")).to_contain_text(re.compile("[2-6] / 8"), timeout=PATIENCE)
    accession = page.url
    page.unroute_all(behavior="ignoreErrors")
    desk.go("/")
    page.goto(accession)
    expect(page.locator(".callout")).to_contain_text("个文件")
    page.locator("#pick-folder").set_input_files(folder)
    page.wait_for_selector("#progress", timeout=PATIENCE)
    expect(page.locator("#progress")).to_contain_text("/ 8")


def work_for(desk: Desk, folder: Path, seed: int) -> None:
    """Two drafts of an accession of their own, opened at the desk."""
    save(folder, "甲", "diagnosis_certificate", seed)
    save(folder, "乙", "diagnosis_certificate", seed + 1)
    hand_over(desk, folder, "DYMZ")
    desk.follow(desk.page.get_by_role("link", name="去确认台"))
    expect(desk.page.locator("[data-first]")).to_be_focused()


def test_the_confirm_desk_needs_no_mouse(desks: Desks, tmp_path: Path):
    desk = desks.at("archivist")
    page = desk.page
    work_for(desk, tmp_path / "键盘", seed=21)
    filed_before = len(items(desk.archive))
    seen = {page.evaluate("document.activeElement.id")}
    for _ in range(3):
        page.keyboard.press("Enter")
        seen.add(page.evaluate("document.activeElement.id"))
    assert len(seen) == 4
    page.locator("#field-title").focus()
    expect(page.locator("#field-box")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("键盘确认的题名")
    page.keyboard.press("Alt+/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#field-title")).to_be_focused()
    for left in ("1", None):
        before = page.url
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        if left:
            expect(page.locator(".desk-head .tag")).to_contain_text(left)
    assert len(items(desk.archive)) == filed_before + 2


def test_a_refused_value_is_shown_at_its_field(desks: Desks, tmp_path: Path):
    desk = desks.at("archivist")
    page = desk.page
    work_for(desk, tmp_path / "有误", seed=31)
    page.locator("#field-formed_on").fill("昨天")
    page.keyboard.press("Control+Enter")
    field = page.locator("#field-formed_on")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("昨天")
    expect(field).to_be_focused()
    expect(page.locator("#hint-formed_on")).to_contain_text("请按日期填写")


def test_a_search_lights_the_words_on_the_page(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    desk.search("医疗")
    assert "医疗" not in page.url
    expect(page.locator(".hit mark").first).to_contain_text("医疗")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/**")
    page.wait_for_selector(".hit-box", state="attached", timeout=PATIENCE)
    page.get_by_role("tab", name="文字").click()
    expect(page.locator("#page-text mark").first).to_contain_text("医疗")


def test_a_filter_narrows_and_stands_in_the_address(desks: Desks, filed):
    desk = desks.at("archivist")
    desk.go("/search/?series=DYJS")
    all_hits = desk.page.locator(".hit").count()
    desk.page.locator(".facet", has_text="材料类型").locator(".choice").first.click()
    expect(desk.page).to_have_url(re.compile("type="))
    assert 0 < desk.page.locator(".hit").count() <= all_hits


def test_the_pages_turn_by_key(desks: Desks, filed):
    several = next(item for item in filed if item["pages"] > 1)
    desk = desks.at("archivist")
    desk.go(f"/items/{several['id']}/")
    number = desk.page.locator("#page-number")
    desk.page.keyboard.press("ArrowRight")
    expect(number).to_have_value("2")
    desk.page.keyboard.press("Home")
    expect(number).to_have_value("1")
    expect(desk.page.locator("[data-thumbnail='1']")).to_have_attribute("aria-current", "page")


def test_not_one_byte_has_changed(desks: Desks, filed):
    desk = desks.at("archivist")
    desk.go(f"/items/{filed[0]['id']}/")
    desk.page.get_by_role("tab", name="验真").click()
    desk.page.get_by_role("button", name="立即核验").click()
    panel = desk.page.locator("#proof-panel")
    expect(panel).to_contain_text("一个字节也没有变")
    expect(panel.locator(".steps .ok")).to_have_count(3)
    expect(panel).to_contain_text("SM2")


def test_an_edit_makes_a_version_that_can_be_compared_and_taken_back(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    desk.go(f"/items/{filed[0]['id']}/")
    before = page.get_by_role("heading", level=1).inner_text()
    desk.go(f"/items/{filed[0]['id']}/describe/")
    page.get_by_label("题名").fill("改正后的题名")
    page.get_by_label("原因").fill("题名有误")
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("改正后的题名")
    desk.go(f"/items/{filed[0]['id']}/diff/?a=1&b=2")
    expect(page.locator("del")).to_have_text(before)
    expect(page.locator("ins")).to_have_text("改正后的题名")
    desk.go(f"/items/{filed[0]['id']}/history/")
    page.get_by_text("恢复").first.click()
    page.locator("[name=reason]").fill("改回")
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_a_masked_number_is_shown_for_a_reason_that_is_kept(desks: Desks, filed):
    desk = desks.at("archivist")
    page = desk.page
    for item in filed:
        desk.go(f"/items/{item['id']}/")
        if page.locator("#value-id_number").count():
            break
    value = page.locator("#value-id_number")
    expect(value).to_contain_text("****")
    value.get_by_text("显示完整内容").click()
    value.locator("[name=reason]").fill("核对待遇")
    value.get_by_role("button", name="显示").click()
    expect(value).not_to_contain_text("*")
    page.get_by_role("tab", name="历史").click()
    expect(page.locator("#panel-history")).to_contain_text("显示完整身份证号")


def test_a_bad_file_is_replaced_in_quarantine(desks: Desks, batch, scans: Path, tmp_path: Path):
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/quarantine/")
    row = page.locator(".quarantined", has_text="空.jpg")
    good = save(tmp_path, "替换", "invoice", 9) / "替换.jpg"
    row.locator("input[type=file]").set_input_files(good)
    expect(page.locator(".quarantined", has_text="空.jpg")).to_have_count(0, timeout=PATIENCE)


def test_a_file_is_discarded_with_a_reason(desks: Desks, tmp_path: Path):
    folder = tmp_path / "坏"
    folder.mkdir()
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4")
    desk = desks.at("archivist")
    hand_over(desk, folder, "DYJS")
    desk.go("/quarantine/")
    row = desk.page.locator(".quarantined", has_text="坏.pdf")
    row.get_by_text("弃置").first.click()
    row.locator("[name=reason]").fill("无法恢复")
    row.get_by_role("button", name="弃置").click()
    expect(desk.page.locator(".notice")).to_contain_text("已弃置")
    expect(desk.page.locator(".quarantined", has_text="坏.pdf")).to_have_count(0)


def test_the_columns_of_an_odd_catalogue_are_mapped_once(desks: Desks, tmp_path: Path):
    folder = save(tmp_path / "带目录", "甲", "other", 11)
    (folder / "目录.csv").write_text("材料,图片,经手\n关于某事的材料,甲.jpg,王五\n", encoding="gb18030")
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/accessions/new/")
    page.get_by_label("类目").select_option("DYJS")
    page.locator("#pick-folder").set_input_files(folder)
    page.wait_for_url("**/columns/")
    assert broken(page) == []
    page.get_by_label("材料").select_option("title")
    page.get_by_label("图片").select_option("file_name")
    page.get_by_role("button", name="记住并读取目录").click()
    expect(page.locator(".notice")).to_contain_text("已记住")
    page.wait_for_selector("#progress .tag.good", timeout=PATIENCE)
    expect(page.get_by_role("heading", name="存在的问题")).to_have_count(0)
    expect(page.locator("#progress")).to_contain_text("1 / 1")


def test_a_stack_is_split_by_hand(desks: Desks, tmp_path: Path):
    folder = save(tmp_path / "一叠", "合订", "other", 12, pages=2)
    desk = desks.at("archivist")
    page = desk.page
    hand_over(desk, folder, "DYZG")
    desk.follow(page.get_by_role("link", name="去确认台"))
    before = int(re.search(r"\d+", page.locator(".desk-head .tag").inner_text()).group())
    page.keyboard.press("Alt+s")
    page.get_by_label("从第 2 页开始").check()
    page.get_by_role("button", name="拆分", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("2 件")
    expect(page.locator(".desk-head .tag")).to_contain_text(str(before + 1))
