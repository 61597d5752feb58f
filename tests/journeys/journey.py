"""One person at one browser, and what people do there more than once."""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from harness import Archive
from yidang.intake.samples.drawing import draw, scanned

PATIENCE = 120_000  # milliseconds: the first page waits until the reading engine has started
AT_HAND = 15_000  # milliseconds for what a page does by itself, on a machine that does much else
expect.set_options(timeout=AT_HAND)
EXPECTED = ("403", "404", "409", "422")  # a refusal is an answer, and the browser's console names it


@dataclass
class Desk:
    """One person at one browser."""

    page: Page
    archive: Archive
    complaints: list[str]
    role: str = ""

    def go(self, path: str) -> None:
        self.page.goto(self.archive.address + path)

    def follow(self, leading: Locator) -> None:
        """A click that leads to another page, waited for: the browser does not wait by itself."""
        with self.page.expect_navigation():
            leading.click()

    def press(self, name: str) -> None:
        """A grave step may send the person away to prove who they are, and back to the same button."""
        button = self.page.get_by_role("button", name=name).first
        self.follow(button)
        if self.prove() and button.count():
            self.follow(button)

    def prove(self) -> bool:
        """Who has no second factor here gives the password once more."""
        if "/sign-in/again/" not in self.page.url:
            return False
        self.page.get_by_label("密码").fill(self.archive.logins[self.role][1])  # type: ignore[attr-defined]
        self.follow(self.page.get_by_role("button", name="继续"))
        return True

    def sign_in(self, role: str) -> "Desk":
        self.role = role
        username, password = self.archive.logins[role]  # type: ignore[attr-defined]
        self.go("/sign-in/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(self.archive.address + "/")
        return self

    def search(self, words: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        with self.page.expect_navigation(url="**/search/**"):
            self.page.keyboard.press("Enter")


class Desks:
    def __init__(self, browser: Browser, archive: Archive) -> None:
        self.browser = browser
        self.archive = archive
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def at(self, role: str = "", **options: object) -> Desk:
        settings = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"} | options
        context = self.browser.new_context(**settings)  # type: ignore[arg-type]
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(AT_HAND)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        desk = Desk(page, self.archive, self.complaints)
        return desk.sign_in(role) if role else desk

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(status in message.text for status in EXPECTED):
            self.complaints.append(message.text)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def save(folder: Path, name: str, kind: str, seed: int, pages: int = 1) -> Path:
    """One drawn document as JPEGs: a file, or a folder of several pages."""
    rng = Random(f"journey/{kind}/{seed}")
    scans = [scan for _ in range(pages) for scan in scanned(draw(kind, rng), rng, clean_share=1.0).scans][:pages]
    folder.mkdir(parents=True, exist_ok=True)
    for number, scan in enumerate(scans, start=1):
        path = folder / (f"{name}.jpg" if len(scans) == 1 else f"{name}/{number}.jpg")
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(scan.pixels).save(path, quality=scan.quality, dpi=(scan.dpi, scan.dpi))
    return folder


def hand_over(desk: Desk, folder: Path, series: str) -> dict[str, str]:
    page = desk.page
    desk.go("/accessions/new/")
    page.get_by_label("类目").select_option(series)
    page.locator("#pick-folder").set_input_files(folder)
    page.wait_for_selector("#progress", timeout=PATIENCE)
    page.wait_for_selector("#progress .tag.good", timeout=PATIENCE)
    counts = page.locator("#progress .figures div").all_inner_texts()
    figures = dict(text.split("\n") for text in counts)
    return {"url": page.url} | figures


def confirm_all(desk: Desk) -> int:
    """Ctrl+Enter until the desk is empty; blank titles are filled in."""
    desk.go("/confirm/")
    done = 0
    while desk.page.locator("#confirm-form").count():
        title = desk.page.locator("#field-title")
        if not title.input_value():
            title.fill("无题名材料")
        before = desk.page.url
        desk.page.keyboard.press("Control+Enter")
        desk.page.wait_for_url(lambda url, before=before: url != before)
        done += 1
    return done


def items(archive: Archive) -> list[dict[str, Any]]:
    found = archive.ask(
        "[{'id': str(i.id), 'code': i.reference_code, 'series': i.series_id, 'pages': i.page_count}"
        " for i in models.Item.objects.filter(state='filed').order_by('reference_code')]"
    )
    return json.loads(json.dumps(found))
