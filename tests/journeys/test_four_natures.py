"""四重校验 in a real browser: screened, answered for, sampled, handed over, returned, sent in again, accepted."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desks, confirm_all, hand_over, items, save
from .looking import look_round

PASSWORD = "disanfang-yanshou-26"
EMPLOY = (
    "__import__('django.db.transaction', fromlist=['x']).atomic(lambda staff, posts, clock:"
    " (lambda one: (one.set_password('{password}'), one.save(), posts.give_post(one, role='acceptor', department=None,"
    " since=clock.today(), actor='system:test'), str(one.pk))[-1])(staff.objects.create(username='yanshouyuan',"
    " display_name='验收员甲', duty='records')))(__import__('yidang.identity.models', fromlist=['x']).Staff,"
    " __import__('yidang.identity.appointing', fromlist=['x']), __import__('yidang.kernel.clock', fromlist=['x']))"
)
ANSWER = (
    "[__import__('yidang.checks.attesting', fromlist=['x']).attest("
    "__import__('yidang.identity.policy', fromlist=['x']).grant_for("
    "__import__('yidang.identity.models', fromlist=['x']).Staff.objects.get(username='dangan')),"
    " result_id=one.id, verdict='passed', reason='已逐件查看') and 1 for one in"
    " __import__('yidang.checks.queries', fromlist=['x']).unanswered("
    "__import__('yidang.checks.queries', fromlist=['x']).newest_run('{accession}'))]"
)


@pytest.fixture(scope="module")
def accession(archive, browser, filed, tmp_path_factory):
    """An accession of its own."""
    archive.ask(EMPLOY.format(password=PASSWORD))
    archive.logins |= {"acceptor": ["yanshouyuan", PASSWORD]}
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    before = {item["id"] for item in items(archive)}
    hand_over(desk, save(tmp_path_factory.mktemp("yanshou") / "验收批", "验收结算", "settlement_list", 91), "DYJS")
    confirm_all(desk)
    desks.close()
    item = next(item for item in items(archive) if item["id"] not in before and item["series"] == "DYJS")
    return archive.ask(f"str(models.Item.objects.get(pk='{item['id']}').accession)")


def press(page, name):
    follow(page, page.get_by_role("button", name=name, exact=True).first)


def follow(page, button):
    """Every button here sends a form; what is pressed next has to stand on the page that answers."""
    with page.expect_navigation():
        button.click()


def sample(page):
    press(page, "抽取样本")
    drawn = page.locator("form[action^='/checks/sampled/']")
    assert drawn.count()
    for place in range(drawn.count()):
        follow(page, drawn.nth(place).get_by_role("button"))
    press(page, "完成抽检")
    expect(page.locator("#course-state")).to_have_text("已抽检")


def hand(page):
    page.get_by_label("第三方", exact=True).select_option(label="验收员甲")
    press(page, "交第三方验收")
    expect(page.locator("#course-state")).to_have_text("待第三方验收")


def test_from_screening_to_acceptance(desks: Desks, accession, archive):
    path = f"/checks/accessions/{accession}/"
    archivist = desks.at("archivist")
    archivist.go(path)
    page = archivist.page
    expect(page.locator("#course-state")).to_have_text(re.compile("已挂接|已筛查"))
    press(page, "四性检测")
    expect(page.locator("#course-state")).to_have_text("已筛查")
    expect(page.get_by_text("标准原文尚未取得").first).to_be_visible()

    # Out of turn, and by who is not the one.
    acceptor = desks.at("acceptor")
    assert acceptor.page.request.get(archive.address + path).status == 404
    assert desks.at("reader").page.request.get(archive.address + path).status == 403
    expect(page.get_by_role("button", name="交第三方验收")).to_have_count(0)

    sample(page)
    archive.ask(ANSWER.format(accession=accession))
    page.reload()
    hand(page)
    expect(page.get_by_role("button", name="验收通过")).to_have_count(0)

    acceptor.go("/checks/")
    acceptor.page.locator(f"a[href='{path}']").click()
    acceptor.page.get_by_label("原因").fill("第一件有阴影")
    press(acceptor.page, "退回")
    assert acceptor.page.request.get(archive.address + path).status == 404

    archivist.go(path)
    expect(page.get_by_text("第一件有阴影")).to_be_visible()
    page.locator("#reason-resubmit").fill("已补扫")
    press(page, "重新提交")
    press(page, "四性检测")
    sample(page)
    archive.ask(ANSWER.format(accession=accession))
    page.reload()
    hand(page)
    acceptor.go(path)
    press(acceptor.page, "验收通过")
    archivist.go(path)
    expect(page.locator("#course-state")).to_have_text("第三方已验收")


def test_axe_finds_nothing_here(desks: Desks, accession):
    paths = ["/checks/", f"/checks/accessions/{accession}/", "/checks/schemes/J001/"]
    assert look_round(desks.at("archivist"), paths) == {}
