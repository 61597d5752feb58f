"""Passkeys, one-time codes and forced steps, in a real browser with an authenticator of its own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from harness import Archive
from yidang.identity import totp
from yidang.kernel import clock

from .journey import Desk, Desks
from .looking import broken, look_round


@pytest.fixture(scope="module")
def strict() -> Iterator[Archive]:
    """An archive that asks its administrators for a second factor, and readers for none."""
    made = Archive()
    administrators = "manager,system_admin,security_admin,audit_admin"
    made.settings |= {"language": "zh-hans", "ocr_workers": 0, "second_factor_roles": administrators}
    made.serve()
    made.logins = made.ask(  # type: ignore[attr-defined]
        "{login.username: [login.username, login.password]"
        " for login in __import__('yidang.identity.demo', fromlist=['x']).create_demo_staff()}"
    )
    yield made
    made.remove()


class NamedArchive:
    """The same archive by its name: passkeys are bound to names."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.logins = archive.logins  # type: ignore[attr-defined]

    @property
    def address(self) -> str:
        return self._archive.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def rooms(browser: Browser, strict: Archive) -> Iterator[Desks]:
    made = Desks(browser, NamedArchive(strict))  # type: ignore[arg-type]
    yield made
    made.close()
    assert made.complaints == []


def authenticator(page: Page) -> None:
    """One built into the machine, unlocked by a finger that always fits."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def knock(desk: Desk, username: str) -> None:
    name, password = desk.archive.logins[username]  # type: ignore[attr-defined]
    desk.go("/sign-in/")
    desk.page.get_by_label("用户名").fill(name)
    desk.page.get_by_label("密码").fill(password)
    desk.page.get_by_role("button", name="登录", exact=True).click()


def code_of(secret: str) -> str:
    return totp.hotp(secret.replace(" ", ""), int(clock.now().timestamp()) // totp.STEP_SECONDS + 1)


def test_an_administrator_adds_a_passkey_and_signs_in_with_it_alone(rooms: Desks):
    desk = rooms.at()
    page = desk.page
    authenticator(page)
    knock(desk, "anquan")
    page.wait_for_url("**/account/")
    expect(page.get_by_role("alert").first).to_contain_text("第二重验证")
    desk.go("/")
    page.wait_for_url("**/account/")
    page.get_by_label("新通行密钥的名称").fill("办公室电脑")
    page.get_by_role("button", name="登记通行密钥").click()
    expect(page.locator("#factors ~ .aside, .card-header .tag.good").first).to_contain_text("已启用")
    expect(page.get_by_role("row", name=re.compile("办公室电脑"))).to_be_visible()
    desk.go("/posts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("人员与岗位")

    page.get_by_role("button", name=re.compile("账号")).first.click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url(desk.archive.address + "/")
    desk.go("/account/")
    expect(page.get_by_text("上次登录")).to_be_visible()

    other = rooms.at()
    knock(other, "anquan")
    other.page.wait_for_url("**/sign-in/second/")
    other.go("/posts/")
    assert "/sign-in/" in other.page.url


def test_an_administrator_adds_an_app_and_is_asked_for_its_code(rooms: Desks):
    desk = rooms.at()
    page = desk.page
    knock(desk, "xitong")
    page.wait_for_url("**/account/")
    page.get_by_role("link", name="登记验证器").click()
    expect(page.get_by_alt_text("验证器应用的二维码")).to_be_visible()
    secret = page.locator("[data-secret]").inner_text()
    page.get_by_label("六位数字").fill("000000")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")
    page.get_by_label("六位数字").fill(totp.hotp(secret.replace(" ", ""), int(clock.now().timestamp()) // 30))
    page.get_by_role("button", name="登记").click()
    page.wait_for_url("**/account/")
    desk.press("生成恢复码")
    codes = page.locator("main li.code").all_inner_texts()
    assert len(codes) == 10
    assert broken(page) == []

    other = rooms.at()
    knock(other, "xitong")
    other.page.wait_for_url("**/sign-in/second/")
    assert broken(other.page) == []
    other.page.get_by_label("验证码").fill(codes[0])
    other.page.get_by_role("button", name="继续").click()
    other.page.wait_for_url(other.archive.address + "/")

    third = rooms.at()
    knock(third, "xitong")
    third.page.get_by_label("验证码").fill(code_of(secret))
    third.page.get_by_role("button", name="继续").click()
    third.page.wait_for_url(third.archive.address + "/")


def test_a_passkey_that_is_refused_says_so(rooms: Desks):
    desk = rooms.at()
    page = desk.page
    authenticator(page)
    desk.go("/sign-in/")
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.locator("[data-passkey-problem]")).to_contain_text("没有用上通行密钥", timeout=60_000)


def test_axe_finds_nothing_on_the_pages_of_an_account(rooms: Desks):
    desk = rooms.at()
    knock(desk, "daiyu")
    desk.page.wait_for_url(desk.archive.address + "/")
    own = ["/account/", "/account/password/", "/account/app/", "/sign-in/again/?next=/"]
    assert look_round(desk, own) == {}
