"""Quality in a real browser: a lost page found and judged, a sample compared by keyboard, what was wrong put right."""

import re
from random import Random

import pytest
from playwright.sync_api import expect

from yidang.intake.samples import specials

from .journey import Desk, Desks, confirm_all, hand_over
from .looking import look_round

SERIES = "XYGL"
LOOKED = 120  # seconds: the keeper comes by every half minute


@pytest.fixture(scope="module")
def faulty(archive, browser, tmp_path_factory):
    """A settlement list without its second page, in a series that no other journey files into."""
    folder = tmp_path_factory.mktemp("faulty") / "缺页"
    folder.mkdir()
    (folder / "清单.pdf").write_bytes(specials._Maker(Random("journey/quality"), None).with_lost_page().content)
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    hand_over(desk, folder, SERIES)
    confirm_all(desk)
    desks.close()
    assert desks.complaints == []
    return archive.ask(
        f"[[str(i.pk), i.reference_code] for i in models.Item.objects.filter(series='{SERIES}', state='filed')]"
    )[0]


def wait_for_doubt(desk: Desk, item: str) -> None:
    for _ in range(LOOKED // 3):
        desk.go(f"/items/{item}/")
        if desk.page.get_by_text("缺第 2 页").count():
            return
        desk.page.wait_for_timeout(3000)
    pytest.fail("nobody looked at the record")


def test_a_lost_page_is_found_and_confirmed(desks: Desks, faulty):
    item, code = faulty
    desk = desks.at("archivist")
    wait_for_doubt(desk, item)
    desk.page.get_by_role("link", name=re.compile("缺第 2 页")).click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("缺第 2 页（共 3 页）")
    expect(desk.page.locator(".pages-beside img")).to_be_visible()
    desk.page.get_by_label("原因").fill("原件即缺第二页，已通知医院补送")
    desk.page.get_by_role("button", name="确认属实").click()
    expect(desk.page.get_by_text("疑点已认定。")).to_be_visible()
    desk.go("/quality/findings/?state=confirmed&kind=page_missing")
    expect(desk.page.get_by_role("row", name=re.compile(re.escape(code)))).to_be_visible()
    reader = desks.at("reader")
    reader.go(f"/items/{item}/")
    expect(reader.page.get_by_text("缺第 2 页")).to_have_count(0)
    assert reader.page.request.get(reader.archive.address + "/quality/findings/").status == 403


def test_the_filing_rate_opens_the_list_behind_it(desks: Desks, faulty, archive):
    quarter = archive.ask(
        "[str(__import__('yidang.quality.filing.rules', fromlist=['x']).Quarter.of(i.formed_on or"
        f" i.created_at.date())) for i in models.Item.objects.filter(pk='{faulty[0]}')][0]"
    )
    desk = desks.at("archivist")
    desk.go(f"/quality/rates/{quarter}/")
    desk.page.get_by_role("button", name="重新统计").click()
    expect(desk.page.get_by_text("本季度已重新统计。")).to_be_visible()
    row = desk.page.get_by_role("row").filter(has_text=SERIES).first
    expect(row).to_contain_text("100.00%")
    row.get_by_role("link").last.click()
    expect(desk.page.get_by_text(faulty[1])).to_be_visible()


def test_a_sample_is_compared_and_what_was_wrong_put_right(desks: Desks, faulty, tmp_path):
    archivist = desks.at("archivist")
    page = archivist.page
    archivist.go("/quality/samples/")
    page.get_by_role("button", name=re.compile(f"抽样 {SERIES}")).click()
    expect(page.locator("#sample-state")).to_have_text("比对中")
    expect(page.get_by_text("重新抽取：结果一致")).to_be_visible()
    address = page.url
    page.get_by_role("button", name="比对下一件").click()  # who filed it does not compare it
    expect(page.get_by_text("没有可由您比对的件")).to_be_visible()

    head = desks.at("section_head")
    desk = head.page
    desk.goto(address)
    head.follow(desk.get_by_role("button", name="比对下一件"))
    expect(desk.locator("#page-picture")).to_be_visible()
    fields = desk.locator("fieldset:has(input[value=right])").count()
    desk.keyboard.press("2")
    desk.keyboard.type("原页所载与著录不同")
    desk.keyboard.press("Enter")
    for _ in range(fields - 1):
        desk.keyboard.press("1")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url(address)
    expect(desk.locator("#sample-state")).to_have_text("比对完毕")
    expect(desk.get_by_text("Clopper–Pearson").first).to_be_visible()

    head.go("/quality/cases/?show=mine")
    head.follow(desk.get_by_role("row").filter(has_text=SERIES).get_by_role("link").first)
    case = desk.url
    desk.get_by_label("整改情况").fill("已按原页改正著录，并复核同批。")
    evidence = tmp_path / "证明.pdf"
    evidence.write_bytes(b"%PDF-1.4 evidence")
    desk.get_by_label(re.compile("佐证材料")).set_input_files(evidence)
    desk.get_by_role("button", name="提交", exact=True).click()
    expect(desk.locator("#case-state")).to_contain_text("待验收")
    expect(desk.get_by_role("button", name="验收通过")).to_have_count(0)

    page.goto(case)
    page.get_by_label("原因").fill("抽查五件，均已改正")
    page.get_by_role("button", name="验收通过").click()
    expect(page.locator("#case-state")).to_contain_text("已验收")
    page.get_by_role("button", name="销号").click()
    expect(page.locator("#case-state")).to_contain_text("已销号")


def test_axe_finds_nothing_here(desks: Desks, faulty, archive):
    models = "__import__('yidang.quality.models', fromlist=['x'])"
    kinds = "('Finding', 'Sample', 'Case')"
    ids = archive.ask(f"[[str(x.id) for x in getattr({models}, one).objects.all()[:1]] for one in {kinds}]")
    quarter = "2026Q3"
    paths = ["", "thresholds/", f"rates/{quarter}/", f"rates/{quarter}/records/", "findings/", "samples/", "cases/"]
    named = zip(("findings", "samples", "cases"), ids, strict=True)
    paths += [f"{name}/{one}/" for name, known in named for one in known]
    assert look_round(desks.at("archivist"), [f"/quality/{path}" for path in paths]) == {}
