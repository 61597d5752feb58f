"""An archivist arranges a stack: suggested, ordered by keyboard, split, merged, sealed, printed, supplemented."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .journey import Desk, Desks, hand_over
from .looking import broken
from .test_end_of_records import one_line
from .test_volumes import paper

PAPERS = {
    "退费申请书": ("周小兰", "2025-03-02"),
    "退费审批表": ("周小兰", "2025-03-09"),
    "退费付款凭证": ("周小兰", "2025-03-12"),
    "补缴申请书": ("吴大山", "2025-04-01"),
    "补缴凭证": ("吴大山", "2025-04-08"),
}
LATE = {"退费银行回单": ("", "2025-05-06")}
# The vouchers of this year are another journey's.
OF_LAST_YEAR = "models.Item.objects.filter(series='CWPZ', state='waiting', volume=None).update(year=2025)"
EMPLOY = """__import__('django.db.transaction', fromlist=['x']).atomic(lambda staff, posts, clock:
  (lambda one: (one.set_password('{password}'), one.save(),
   posts.give_post(one, role='archivist', department=None, since=clock.today(), actor='system:test'), str(one.pk))[-1])(
   staff.objects.create(username='jiancha', display_name='检查员', duty='records')))(
  __import__('yidang.identity.models', fromlist=['x']).Staff,
  __import__('yidang.identity.appointing', fromlist=['x']),
  __import__('yidang.kernel.clock', fromlist=['x']))"""
PASSWORD = "zhengli-jiancha-26"
CLASS = "J001-KU·YB·CWPZ·2025·D30"


@pytest.fixture(scope="module")
def stack(archive, browser, tmp_path_factory) -> None:
    """Drafts and a second archivist of this journey's own."""
    archive.ask(one_line(EMPLOY.format(password=PASSWORD)))
    archive.logins |= {"checker": ["jiancha", PASSWORD]}
    receive(browser, archive, tmp_path_factory.mktemp("arranged") / "退费", PAPERS)


def receive(browser, archive, folder: Path, papers) -> None:
    """Handed over, described at the desk, and left to be arranged."""
    folder.mkdir()
    for title, (_, day) in papers.items():
        paper(folder / f"{title}.pdf", title, day)
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    batch = hand_over(desk, folder, "CWPZ")
    archive.ask(OF_LAST_YEAR)
    desk.go(f"/confirm/?accession={batch['url'].split('/')[-2]}")
    while "accession=" in desk.page.url and desk.page.locator("#confirm-form").count():
        describe(desk.page, papers)
    desks.close()
    assert desks.complaints == []


def describe(page: Page, papers) -> None:
    read = page.locator("#field-formed_on").input_value()
    title, (name, _) = next(told for told in papers.items() if told[1][1] == read)
    page.locator("#field-title").fill(title)
    page.locator("#field-person_name").fill(name)
    page.locator("#place-volume").select_option("later")
    before = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != before)


def titles(page: Page) -> list[str]:
    return page.locator("#volume-order [data-row] [data-label=题名]").all_inner_texts()


def confirm_suggestion(desk: Desk, name: str, title: str) -> str:
    desk.go("/volumes/suggestions/?series=CWPZ&year=2025")
    card = desk.page.locator("form.card", has_text=name)
    expect(card.get_by_text("同一人")).to_be_visible()
    expect(card.get_by_text("仅凭姓名")).to_be_visible()
    if title:
        card.get_by_label("案卷题名").fill(title)
    card.get_by_role("button", name="按此建卷").click()
    expect(desk.page.get_by_text("封卷前不编档号")).to_be_visible()
    return desk.page.url


def seal(page: Page) -> None:
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="封卷").click()
    expect(page.get_by_text("已封卷，归档")).to_be_visible()


def assert_accessible(page: Page) -> None:
    assert broken(page) == []


def test_from_a_stack_to_a_sealed_volume(desks: Desks, stack, archive, browser, tmp_path):  # noqa: PLR0915 - one way
    desk = desks.at("archivist")
    page = desk.page
    desk.go("/volumes/suggestions/?series=CWPZ&year=2025")
    assert_accessible(page)
    other = confirm_suggestion(desk, "吴大山", "补缴材料")
    volume = confirm_suggestion(desk, "周小兰", "")
    before = titles(page)
    assert len(before) == 3

    first = page.locator(".place-input").first
    first.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    assert titles(page) == [before[1], before[2], before[0]]
    page.get_by_role("button", name="保存卷内顺序").click()
    expect(page.get_by_text("顺序已保存")).to_be_visible()
    assert titles(page) == [before[1], before[2], before[0]]
    page.locator("[data-row]").nth(2).drag_to(page.locator("[data-row]").first)
    assert titles(page) == before
    page.reload()
    assert_accessible(page)

    page.locator("#volume-order [data-row] [name=item]").last.check()
    page.get_by_label("新案卷题名").fill("分出的卷")
    page.get_by_role("button", name="把所选文件另立一卷").click()
    expect(page.get_by_text("所选文件已另立一卷")).to_be_visible()
    assert len(titles(page)) == 2
    page.get_by_label("分出的卷").check()
    page.get_by_role("button", name="并卷", exact=True).click()
    expect(page.get_by_text("案卷已合并")).to_be_visible()
    for left in (2, 3):  # the merging, then the splitting
        page.get_by_role("button", name="撤销").click()
        expect(page.get_by_text("已撤销该步骤")).to_be_visible()
        assert len(titles(page)) == left
    assert titles(page) == [before[1], before[2], before[0]]

    page.get_by_label("本卷情况说明（记入备考表）").fill("付款凭证缺一联")
    seal(page)
    expect(page.locator("tbody .code")).to_have_text([f"{CLASS}-0001-{n:04d}" for n in (1, 2, 3)])
    page.goto(other)
    seal(page)
    expect(page.locator("tbody .code").first).to_have_text(f"{CLASS}-0002-0001")

    receive(browser, archive, tmp_path / "迟到", LATE)
    page.goto(volume)
    page.get_by_label("选择 W").last.check()
    page.get_by_label("理由").select_option(label="迟到材料")
    page.get_by_label("补充情况").fill("银行五月才送回单")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="补充入卷").click()
    expect(page.locator("tbody .code").last).to_have_text(f"{CLASS}-0001-0004")
    assert_accessible(page)
    page.get_by_role("button", name="我已检查该卷").click()
    expect(page.get_by_text("须由另一人检查").first).to_be_visible()
    checker = desks.at("checker")
    checker.page.goto(volume)
    checker.page.get_by_role("button", name="我已检查该卷").click()
    expect(checker.page.get_by_text("已由另一人检查")).to_be_visible()
    see_the_sheets(desk, volume)
    see_the_stamp(desk, volume)


def see_the_sheets(desk: Desk, volume: str) -> None:
    page = desk.page
    wanted = {
        "contents": "周**2025年会计凭证",
        "reference": "银行五月才送回单",
        "cover": "本卷共 4 件",
        "spine": "30年",
    }
    for sheet, words in wanted.items():
        page.goto(f"{volume}sheets/{sheet}/")
        expect(page.locator(".paper")).to_contain_text(words)
        expect(page.locator(".paper")).not_to_contain_text("周小兰")
        assert_accessible(page)
        assert page.request.get(f"{volume}sheets/{sheet}/?as=pdf").body().startswith(b"%PDF")
    page.goto(f"{volume}sheets/contents/")
    page.get_by_text("显示完整姓名").click()
    page.get_by_label("查看原因（记入账本）").fill("打印入卷")
    page.get_by_role("button", name="显示", exact=True).click()
    expect(page.locator(".paper")).to_contain_text("周小兰2025年会计凭证")
    desk.go("/filing-list/?series=CWPZ&year=2025")
    expect(page.locator(".paper tbody tr")).to_have_count(6)
    assert_accessible(page)


def see_the_stamp(desk: Desk, volume: str) -> None:
    page = desk.page
    page.goto(volume)
    desk.follow(page.locator("tbody .code").first)
    with page.expect_response(lambda answer: "/stamped/1.jpg" in answer.url) as answer:
        page.get_by_role("button", name="显示归档章").click()
    assert answer.value.ok
    item = page.url.split("/items/")[1].split("/")[0]
    desk.go(f"/items/{item}/stamped/")
    expect(page.locator(".stamped img")).to_be_visible()
    assert_accessible(page)
    assert page.request.get(f"{desk.archive.address}/items/{item}/stamped.pdf").body().startswith(b"%PDF")


def test_a_reader_neither_sees_nor_arranges_volumes(desks: Desks, stack):
    desk = desks.at("reader")
    for path in ("/volumes/", "/volumes/suggestions/?series=CWPZ&year=2025", "/filing-list/?series=CWPZ&year=2025"):
        assert desk.page.request.get(desk.archive.address + path).status == 403
    found = json.loads(json.dumps(desk.archive.ask("[str(v.pk) for v in models.Volume.objects.filter(year=2025)]")))
    for step in ("order", "split", "merge", "undo", "seal", "supplement", "check"):
        answer = desk.page.request.post(f"{desk.archive.address}/volumes/{found[0]}/{step}/")
        assert answer.status == 403
