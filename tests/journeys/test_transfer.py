"""A transfer in a real browser: due, proposed, approved by the head, packed, downloaded and judged, received."""

import pytest
from playwright.sync_api import expect

from yidang.preservation.packages import read_package, validate

from .journey import Desk, Desks, confirm_all, hand_over, items, save
from .looking import look_round

SERIES = "DYMZ"
MAKE_OLD = "models.Item.objects.filter(pk='{item}').update(year=2010, term='Y', formed_on=None)"


@pytest.fixture(scope="module")
def old(archive, browser, filed, tmp_path_factory):
    """A record of its own: the others' are wanted by the journeys after this one."""
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    before = {item["id"] for item in items(archive)}
    hand_over(desk, save(tmp_path_factory.mktemp("old") / "移交", "移交结算", "settlement_list", 93), SERIES)
    confirm_all(desk)
    desks.close()
    item = next(item for item in items(archive) if item["id"] not in before and item["series"] == SERIES)
    archive.ask(MAKE_OLD.format(item=item["id"]))
    return item


def prove(desk: Desk, address: str) -> None:
    """So that the next grave step goes through at once."""
    desk.go(f"/sign-in/again/?next={address}")
    desk.prove()


def status_of(desk: Desk, path: str, method: str = "get") -> int:
    return getattr(desk.page.request, method)(desk.archive.address + path).status


def test_from_due_to_received(desks: Desks, old, archive, tmp_path):
    archivist = desks.at("archivist")
    page = archivist.page
    archivist.go("/disposition/transfers/new/")
    page.locator(f"input[name=group][value='{SERIES}/2010']").check()
    page.locator("#receiver").fill("某县国家档案馆")
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.locator("#transfer-state")).to_have_text("已提出")
    expect(page.get_by_text(old["code"])).to_be_visible()
    address = page.url
    path = address.removeprefix(archive.address)

    # Out of turn, and by who is not the one: refused, and nothing has happened.
    for name in ("制作封装包", "下载封装包", "登记回执"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    for role in ("reader", "doctor", "system_admin"):
        assert status_of(desks.at(role), path) == 403
    manager = desks.at("manager")
    assert status_of(manager, "/disposition/transfers/new/") == 403

    page.locator("#reason").fill("满十年，应向国家档案馆移交")
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("等待主要负责人批准")).to_be_visible()
    manager.go("/approvals/")
    manager.page.locator("tr", has_text="批准移交").locator("a").first.click()
    expect(manager.page.get_by_text("某县国家档案馆").first).to_be_visible()
    manager.press("批准并执行")
    expect(manager.page.get_by_text("已批准并执行。")).to_be_visible()

    page.goto(address)
    if page.get_by_role("button", name="制作封装包").count():  # the keeper may have been quicker
        archivist.press("制作封装包")
    page.goto(address)
    expect(page.locator("#transfer-state")).to_have_text("已封装")
    prove(archivist, path)
    page.goto(address)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载封装包").click()
    package = tmp_path / "package.tar"
    waiting.value.save_as(package)
    verdict = validate(package)
    assert (verdict.form, verdict.errors) == ("bagit", ())
    with read_package(package) as (parcel,):
        assert parcel.code == old["code"]

    page.locator("#medium").select_option("online")
    page.get_by_role("button", name="已移交", exact=True).click()
    expect(page.locator("#transfer-state")).to_have_text("已移交，待回执")
    digest = page.locator("#package-digest").inner_text()
    receive(archivist, "0" * 128)
    expect(page.get_by_text("对方收到的不是这一份")).to_be_visible()
    receive(archivist, digest)
    expect(page.get_by_text("档案已移交。")).to_be_visible()
    expect(page.locator("#transfer-state")).to_have_text("已接收")
    assert status_of(archivist, path + "form.pdf") == 200
    assert old["id"] in {item["id"] for item in items(archive)}  # kept here as well


def receive(desk: Desk, digest: str) -> None:
    page = desk.page
    page.locator("#number").fill("收〔2026〕3号")
    page.locator("#signer").fill("李某某")
    page.locator("#digest").fill(digest)
    page.get_by_role("button", name="登记回执").click()


def test_axe_finds_nothing_here(desks: Desks, old, archive):
    ids = archive.ask(
        "[str(x.id) for x in __import__('yidang.disposition.models', fromlist=['x']).Transfer.objects.all()[:1]]"
    )
    paths = ["disposition/transfers/", "disposition/transfers/new/", "holdings/tiers/"]
    paths += [f"disposition/transfers/{one}/" for one in ids]
    assert look_round(desks.at("archivist"), [f"/{path}" for path in paths]) == {}
