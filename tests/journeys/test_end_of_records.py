"""The end of a record in a real browser: due, appraised, listed, on record, approved, waited for, witnessed, gone."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desk, Desks, confirm_all, hand_over, items, save
from .looking import look_round

PEOPLE = {"business": "daiyu", "head": "zhuren", "archivist": "dangan", "authority": "jiandang"}
MAKE_DUE = """[models.Item.objects.filter(pk='{item}').update(year=2010, term='D10', formed_on=None)] and
 [models.RetentionRule.objects.filter(code='YBD01').update(is_verified=True)] and 1"""
EMPLOY = """__import__('django.db.transaction', fromlist=['x']).atomic(lambda staff, posts, clock: [
  (lambda one: (one.set_password('{password}'), one.save(),
   posts.give_post(one, role=role, department=section, since=clock.today(), actor='system:test'), str(one.pk))[-1])(
   staff.objects.create(username=name, display_name=name, duty='records'))
  for name, role, section in [('jiandang', 'archivist', None), ('jianxiao', 'reader', 'cbg')]])(
  __import__('yidang.identity.models', fromlist=['x']).Staff,
  __import__('yidang.identity.appointing', fromlist=['x']),
  __import__('yidang.kernel.clock', fromlist=['x']))"""
WAIT = """__import__('yidang.disposition.models', fromlist=['x']).DestructionList.objects.update(
  not_before=__import__('yidang.kernel.clock', fromlist=['x']).today())"""
PASSWORD = "zhongyao-jianxiao-26"


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def due(archive, browser, filed, tmp_path_factory):
    """A record of its own: the others' are wanted by the journeys after this one."""
    archive.ask(one_line(EMPLOY.format(password=PASSWORD)))
    archive.logins |= {"authority": ["jiandang", PASSWORD], "second": ["jianxiao", PASSWORD]}
    desks = Desks(browser, archive)
    desk = desks.at("archivist")
    before = {item["id"] for item in items(archive)}
    hand_over(desk, save(tmp_path_factory.mktemp("old") / "旧档", "旧结算", "settlement_list", 77), "DYJS")
    confirm_all(desk)
    desks.close()
    item = next(item for item in items(archive) if item["id"] not in before and item["series"] == "DYJS")
    archive.ask(one_line(MAKE_DUE.format(item=item["id"])))
    return item


def give_opinion(desk: Desk, address: str) -> None:
    desk.page.goto(address)
    desk.page.get_by_role("button", name="用于本组全部档案").click()
    expect(desk.page.get_by_text("意见已保存。")).to_be_visible()


def status_of(desk: Desk, path: str, method: str = "get") -> int:
    return getattr(desk.page.request, method)(desk.archive.address + path).status


def test_from_due_to_gone(desks: Desks, due, archive):  # noqa: PLR0915 - one way, told in its order
    archivist = desks.at("archivist")
    page = archivist.page
    archivist.go("/disposition/due/")
    page.locator("input[name=series]").first.check()
    for part, name in PEOPLE.items():
        page.locator(f"#part-{part}").select_option(
            label=next(text for text in page.locator(f"#part-{part} option").all_inner_texts() if f"({name})" in text)
        )
    archivist.press("组成小组")
    address = page.url
    expect(page.get_by_text(due["code"])).to_be_visible()
    expect(page.get_by_role("button", name="出具报告")).to_have_count(0)
    for role in ("archivist", "reader", "manager", "authority"):
        give_opinion(archivist if role == "archivist" else desks.at(role), address)
    page.goto(address)
    page.get_by_label("鉴定报告").fill("期限已满，无继续保存价值。")
    page.get_by_role("button", name="出具报告").click()
    expect(page.get_by_text("鉴定报告已出具。")).to_be_visible()

    choose = {"#witness-1": "daiyu", "#witness-2": "jianxiao"}
    for field, name in choose.items():
        label = next(text for text in page.locator(f"{field} option").all_inner_texts() if f"({name})" in text)
        page.locator(field).select_option(label=label)
    page.get_by_role("button", name="编制清册").click()
    expect(page.locator("#list-state")).to_have_text("已编制")
    listed = page.url
    path = listed.removeprefix(archive.address)

    # Out of turn, and by who is not the one: refused, and nothing has happened.
    reader = desks.at("reader")
    reader.page.goto(listed)
    expect(reader.page.get_by_role("button", name="监销签字")).to_have_count(0)
    assert status_of(desks.at("doctor"), path) == 403
    assert status_of(desks.at("system_admin"), path) == 403
    expect(page.get_by_role("button", name="立即销毁")).to_have_count(0)

    page.get_by_label("行政主管部门").fill("市人力资源和社会保障局")
    page.get_by_label("备案号").fill("备〔2026〕7号")
    page.get_by_role("button", name="登记备案").click()
    page.get_by_label("原因").fill("期限已满，鉴定小组一致同意")
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("等待主要负责人批准")).to_be_visible()

    manager = desks.at("manager")
    manager.go("/approvals/")
    manager.page.locator("tr", has_text="批准销毁清册").locator("a").first.click()
    expect(manager.page.get_by_text("市人力资源和社会保障局").first).to_be_visible()
    manager.press("批准并执行")
    expect(manager.page.get_by_text("已批准并执行。")).to_be_visible()

    reader.page.goto(listed)
    expect(reader.page.locator("#list-state")).to_have_text("已批准，等待期")
    expect(reader.page.get_by_role("button", name="监销签字")).to_be_disabled()
    archive.ask(one_line(WAIT))
    for desk in (reader, desks.at("second")):
        desk.page.goto(listed)
        desk.press("监销签字")
        expect(desk.page.get_by_text("监销签字已记录。")).to_be_visible()
    page.goto(listed)
    page.on("dialog", lambda dialog: dialog.accept())
    archivist.press("立即销毁")
    expect(page.locator("#list-state")).to_have_text(re.compile("已销毁|销毁中"))
    expect(page.get_by_role("cell", name="已销毁")).to_be_visible()

    archivist.go(f"/items/{due['id']}/")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(due["code"])
    assert status_of(archivist, f"/items/{due['id']}/pages/1.jpg") == 404
    assert due["id"] not in {item["id"] for item in items(archive)}
    page.goto(listed + "print/")
    expect(page.get_by_text(due["code"])).to_be_visible()


def test_axe_finds_nothing_here(desks: Desks, due, archive):
    ids = archive.ask(
        "[[str(x.id), str(x.appraisal.id)] for x in"
        " __import__('yidang.disposition.models', fromlist=['x']).DestructionList.objects.all()[:1]]"
    )
    paths = ["due", "appraisals", "lists", "holds", "terms"]
    paths += [path for one, group in ids for path in (f"lists/{one}", f"lists/{one}/print", f"appraisals/{group}")]
    assert look_round(desks.at("archivist"), [f"/disposition/{path}/" for path in paths]) == {}
