"""Vouchers laid into a volume and sealed, and a stray paper put in its place: what a mixed folder asks for."""

from pathlib import Path

from playwright.sync_api import expect
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from .journey import Desks, hand_over


def paper(path: Path, *lines: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    canvas.setFont("STSong-Light", 14)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 24 * number, line)
    canvas.save()


def test_vouchers_are_sealed_in_a_volume_and_a_stray_is_put_in_its_place(desks: Desks, tmp_path: Path):
    folder = tmp_path / "三月凭证"
    folder.mkdir()
    paper(folder / "凭证一.pdf", "记账凭证第一号", "2026年3月2日", "借方合计壹佰元整")
    paper(folder / "走错的通知.pdf", "关于年度缴费标准的通知", "2023年6月1日")
    desk = desks.at("archivist")
    page = desk.page
    batch = hand_over(desk, folder, "CWPZ")
    assert batch["待确认"] == "2"

    desk.go("/volumes/")
    page.get_by_label("案卷题名").fill("三月会计凭证")
    page.get_by_label("年度").fill("2026")
    page.get_by_role("button", name="建卷").click()
    expect(page.get_by_text("卷内还没有文件")).to_be_visible()
    volume = page.url

    desk.go(f"/confirm/?accession={batch['url'].split('/')[-2]}")
    while page.locator("#confirm-form").count():
        title = page.locator("#field-title")
        is_stray = "通知" in title.input_value()
        if is_stray:
            page.locator("#place-series").select_option("CBGR")
            page.locator("#place-year").fill("2023")
        title.fill(title.input_value() or "记账凭证第一号")
        before = page.url
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, before=before: url != before)

    page.goto(volume)
    page.once("dialog", lambda dialog: dialog.accept())
    desk.press("封卷")
    expect(page.locator("tbody .code")).to_have_text(["J001-KU·YB·CWPZ·2026·D30-0001-0001"])
    desk.search("年度缴费标准")
    expect(page.locator(".hit .code").first).to_contain_text("CBGR·2023")
