"""Inspection in a real browser: a doubt judged by keyboard, an institution asked and heard, a decision by two, paid.

And one that falls: what it took goes back, and so do the points it gave.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from yidang.intake.samples.specials import _Maker

from .journey import Desks
from .looking import look_round
from .test_credit import agree

PASSWORD = "jihe-bu-xiang-rong-26"
RUN = """__import__('yidang.oversight.nightly', fromlist=['x']).run_over(
  __import__('pathlib').Path('{folder}'))"""
BUSIEST = """(lambda models, count: list(models.Finding.objects.exclude(provider='').filter(state='open')
  .values_list('provider').annotate(n=count('pk')).order_by('-n')[0]))(
  __import__('yidang.oversight.models', fromlist=['x']), __import__('django.db.models', fromlist=['x']).Count)"""
EMPLOY = """__import__('django.db.transaction', fromlist=['x']).atomic(lambda staff, posts, clock, places, policy: [
  places.register_institution(grant=policy.system_grant('test'), code='{provider}', name='测试医院').pk,
  [(lambda one: (one.set_password('{password}'), one.save(),
   posts.give_post(one, role=role, department=section, since=clock.today(), actor='system:test'), str(one.pk))[-1])(
   staff.objects.create(username=name, display_name=name, duty='records'))
  for name, role, section in [('jihe9', 'inspector', None), ('yiban', 'institution_clerk', '{provider}')]]])(
  __import__('yidang.identity.models', fromlist=['x']).Staff,
  __import__('yidang.identity.appointing', fromlist=['x']),
  __import__('yidang.kernel.clock', fromlist=['x']),
  __import__('yidang.identity.institutions', fromlist=['x']),
  __import__('yidang.identity.policy', fromlist=['x']))"""
DOUBTED = """[str(one.id) for one in __import__('yidang.oversight.models', fromlist=['x']).Finding.objects.filter(
  provider='{provider}', state='open', claim__isnull=False).exclude(doctor='').exclude(counted_fen=0)[:2]]"""
TERM = "points:A15-8"
FILED = "[i.state for i in intake.Accession.objects.filter(series='JHWS', channel='oversight')]"


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def provider(archive, tmp_path_factory) -> str:
    """The institution that a night over claims of its own doubts most often, with a clerk and a second inspector."""
    from yidang.claims.generator.making import generate

    folder = tmp_path_factory.mktemp("claims") / "history"
    generate(lines=2000, seed=11, out=folder, workers=1)
    archive.ask(one_line(RUN.format(folder=folder)))
    found = archive.ask(one_line(BUSIEST))[0]
    archive.ask(one_line(EMPLOY.format(provider=found, password=PASSWORD)))
    archive.logins |= {"colleague": ["jihe9", PASSWORD], "clerk": ["yiban", PASSWORD]}
    return found


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> Path:
    from random import Random

    path = tmp_path_factory.mktemp("answer") / "说明.pdf"
    path.write_bytes(_Maker(Random("journey/oversight"), None).with_lost_page().content)
    return path


def test_a_doubt_is_judged_by_keyboard(desks: Desks, provider):
    desk = desks.at("inspector")
    page = desk.page
    desk.go(f"/oversight/?provider={provider}&order=amount")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oversight/findings/**")
    first = page.url
    expect(page.locator("#law + .aside, #law")).to_be_visible()
    expect(page.locator("tr.lit").first).to_be_visible()
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.get_by_text("的结论已记录。")).to_be_visible()
    page.keyboard.press("u")
    page.wait_for_url(re.compile(re.escape(first.split("?")[0])))
    expect(page.get_by_text("结论已撤回。")).to_be_visible()
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.startswith(first.split("?")[0]))


def test_from_a_case_to_money_and_record(desks: Desks, provider, paper, archive):  # noqa: PLR0915 - one way in order
    inspector, clerk = desks.at("inspector"), desks.at("clerk")
    page = inspector.page
    inspector.go(f"/oversight/cases/open/?provider={provider}")
    page.locator("input[name=finding]").first.check()
    page.get_by_label(re.compile("jihe9")).check()
    page.get_by_role("button", name="立案", exact=True).click()
    expect(page.locator("#case-state")).to_have_text("已立案")
    address = page.url
    page.get_by_label("要求内容").fill("请提供相关病历与医嘱")
    page.get_by_role("button", name="向机构发出要求").click()
    expect(page.locator("#case-state")).to_have_text("已调取材料")

    clerk.go("/oversight/requests/")
    clerk.page.locator("tbody a").first.click()
    expect(clerk.page.get_by_text("请提供相关病历与医嘱")).to_be_visible()
    clerk.page.get_by_label("陈述和申辩").fill("确有重复，愿意退回")
    clerk.page.get_by_label(re.compile("附件")).set_input_files(paper)
    clerk.page.get_by_role("button", name="提交答复").click()
    expect(clerk.page.get_by_text("答复已送达医保部门。")).to_be_visible()
    assert clerk.page.request.get(address).status == 403

    page.goto(address)
    expect(page.get_by_text("确有重复，愿意退回")).to_be_visible()
    page.get_by_label("听取情况记录").fill("机构当面陈述，无异议")
    page.get_by_role("button", name="记录听取情况").click()
    expect(page.locator("#case-state")).to_have_text("已听取陈述申辩")
    page.get_by_label("认定违规").check()
    page.get_by_label("违规行为").select_option("A15-8")
    page.get_by_label("罚款倍数（0 为不罚款）").fill("1")
    page.get_by_label("认定理由").fill("重复收费属实")
    page.get_by_role("button", name="签署并提交审批").click()
    expect(page.locator("#case-state")).to_have_text("待审批人签署")

    signer = desks.at("decision_signer")
    signer.page.goto(address)
    signer.page.get_by_role("link", name="查看", exact=True).click()
    signer.press("批准并执行")
    expect(signer.page.get_by_text("已批准并执行。")).to_be_visible()

    page.goto(address)
    with page.expect_download() as notice:
        page.get_by_role("button", name="处理决定书（PDF）").click()
    assert Path(notice.value.path()).read_bytes().startswith(b"%PDF")
    page.goto(address)
    expect(page.locator("#case-state")).to_have_text("已送达")
    due = page.locator("#recovery").locator("xpath=../..").locator("dd.num").first.inner_text().replace(",", "")
    page.get_by_label("每行一期：日期 金额（元）").fill(f"2026-12-31 {due}")
    page.get_by_role("button", name="保存分期计划").click()
    expect(page.locator("#case-state")).to_have_text("追回中")
    page.get_by_label("到账日期").fill("2026-01-05")
    page.get_by_label("金额（元）", exact=True).fill(due)
    page.get_by_label("凭证号").fill("SK-1")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("待他人复核").first).to_be_visible()
    expect(page.get_by_role("button", name="复核到账")).to_have_count(0)

    colleague = desks.at("colleague")
    colleague.page.goto(address)
    colleague.page.get_by_role("button", name="复核到账").click()
    expect(colleague.page.get_by_text("到账已复核。")).to_be_visible()
    page.goto(address)
    page.get_by_role("button", name="结案归档").click()
    expect(page.locator("#case-state")).to_have_text("已结案归档")
    assert archive.ask(FILED)

    head = desks.at("manager")
    head.go("/oversight/measures/")
    expect(head.page.get_by_text("无需人工审核的结算")).to_be_visible()
    head.go("/oversight/cases/?show=closed")
    expect(head.page.get_by_text(provider).first).to_be_visible()


def sign(desks: Desks, address: str) -> None:
    signer = desks.at("decision_signer")
    signer.page.goto(address)
    signer.page.get_by_role("link", name="查看", exact=True).click()
    signer.press("批准并执行")
    expect(signer.page.get_by_text("已批准并执行。")).to_be_visible()


def test_points_and_money_go_back_with_the_decision(desks: Desks, provider, archive):  # noqa: PLR0915 - one way in order
    admin = desks.at("credit_admin")
    admin.go("/credit/terms/")
    admin.page.get_by_role("button", name=f"申请本地确认 {TERM}").click()
    agree(desks.at("decision_signer"), "条款确认")

    inspector, clerk = desks.at("inspector"), desks.at("clerk")
    page = inspector.page
    chosen = archive.ask(one_line(DOUBTED.format(provider=provider)))
    for one in chosen:
        inspector.go(f"/oversight/findings/{one}/")
        page.keyboard.press("y")
        page.keyboard.press("Enter")
        expect(page.get_by_text("的结论已记录。")).to_be_visible()
    inspector.go(f"/oversight/cases/open/?provider={provider}")
    for box in page.locator("input[name=finding]").all():
        box.check()
    page.get_by_label(re.compile("jihe9")).check()
    page.get_by_role("button", name="立案", exact=True).click()
    address = page.url
    page.locator("#ask-words").fill("请提供相关病历与医嘱")
    page.get_by_role("button", name="向机构发出要求").click()
    page.locator("#hear-words").fill("机构当面陈述，无异议")
    page.get_by_role("button", name="记录听取情况").click()
    expect(page.locator("#case-state")).to_have_text("已听取陈述申辩")

    clerk.go("/oversight/requests/")
    clerk.page.locator("tbody a").first.click()
    clerk.page.get_by_label("陈述和申辩").fill("听证之后补充：确有重复")
    clerk.page.get_by_role("button", name="提交答复").click()
    expect(clerk.page.get_by_text("答复已送达医保部门。")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("听证之后补充：确有重复")).to_be_visible()

    page.locator("#against").check()
    page.locator("#behaviour").select_option("A15-8")
    page.locator("#ratio").fill("1")
    page.locator("#propose-words").fill("重复收费属实")
    doctor = page.locator("input[name=staff]").first.get_attribute("value")
    page.locator("input[name=staff]").first.check()
    page.get_by_role("button", name="签署并提交审批").click()
    expect(page.locator("#case-state")).to_have_text("待审批人签署")
    sign(desks, address)
    page.goto(address)
    with page.expect_download():
        page.get_by_role("button", name="处理决定书（PDF）").click()
    page.goto(address)
    due = page.locator("#recovery").locator("xpath=../..").locator("dd.num").first.inner_text().replace(",", "")
    page.locator("#paid_on").fill("2026-01-05")
    page.locator("#amount").fill(due)
    page.locator("#voucher").fill("SK-9")
    page.get_by_role("button", name="登记", exact=True).click()
    colleague = desks.at("colleague")
    colleague.page.goto(address)
    colleague.page.get_by_role("button", name="复核到账").click()
    expect(colleague.page.get_by_text("到账已复核。")).to_be_visible()

    admin.go("/")
    admin.page.locator("main").get_by_role("link", name=re.compile("可录入记分")).first.click()
    expect(admin.page.locator("#code")).to_have_value(doctor)
    admin.page.locator("#issuer").fill("990100")
    admin.page.get_by_role("button", name="提交决定").click()
    card = admin.page.url
    signer = desks.at("decision_signer")
    signer.go("/credit/to-decide/")
    signer.prove()
    agree(signer, doctor)
    admin.go("/")
    expect(admin.page.get_by_role("link", name=re.compile("可录入记分"))).to_have_count(0)

    clerk.go("/credit/own/")
    row = clerk.page.locator("tr", has_text=doctor)
    row.get_by_label("申诉理由").select_option("facts")
    row.get_by_role("button", name="申诉").click()
    expect(clerk.page.get_by_text("申诉已登记。")).to_be_visible()
    admin.go("/credit/appeals/")
    admin.page.locator("li", has_text=doctor).get_by_role("button", name="维持原决定").click()
    agree(signer, doctor)
    clerk.go("/credit/own/")

    page.goto(address)
    page.locator("summary", has_text="撤销或变更决定").click()
    page.locator("#fall-words").fill("复议决定：事实不清")
    page.get_by_role("button", name="提请撤销").first.click()
    sign(desks, address)
    admin.go("/")
    admin.page.locator("main").get_by_role("link", name=re.compile("请撤回所依据的记分")).first.click()
    assert admin.page.url == card
    admin.page.locator("select[name=ground]").first.select_option("overturned")
    admin.page.get_by_role("button", name="登记申诉").first.click()
    admin.go("/credit/appeals/")
    admin.page.locator("li", has_text=doctor).get_by_role("button", name="申诉成立").click()
    agree(signer, doctor)
    admin.page.goto(card)
    admin.go("/")
    expect(admin.page.get_by_role("link", name=re.compile("请撤回所依据的记分"))).to_have_count(0)

    page.goto(address)
    owed = page.locator("#owed").inner_text().replace(",", "")
    page.locator("#refunded_on").fill("2026-01-06")
    page.locator("#refund").fill(owed)
    page.locator("#refund-voucher").fill("TK-9")
    page.get_by_role("button", name="登记退还").click()
    colleague.page.goto(address)
    colleague.page.get_by_role("button", name="复核到账").click()
    page.goto(address)
    with page.expect_download():
        page.get_by_role("button", name="送达机构的通知书（PDF）").click()
    page.goto(address)
    page.get_by_role("button", name="结案归档").click()
    expect(page.locator("#case-state")).to_have_text("已结案归档")

    case = address.removeprefix(archive.address)
    own = card.removeprefix(archive.address)
    found = look_round(inspector, [case]) | look_round(admin, ["/", own, "/credit/", "/credit/appeals/"])
    found |= look_round(clerk, ["/", "/credit/own/", "/oversight/requests/"])
    found |= look_round(desks.at("storekeeper"), ["/"])
    assert found == {}


def test_axe_finds_nothing_here(desks: Desks, provider, archive):
    finding, case, asked = archive.ask(
        "(lambda m: [str(m.Finding.objects.filter(state='open').first().id), str(m.Case.objects.first().id),"
        " str(m.PaperRequest.objects.first().id)])(__import__('yidang.oversight.models', fromlist=['x']))"
    )
    pages = ["", f"findings/{finding}/", f"cases/{case}/", "measures/", "cases/open/"]
    assert look_round(desks.at("inspector"), [f"/oversight/{page}" for page in pages]) == {}
    assert look_round(desks.at("clerk"), [f"/oversight/requests/{asked}/"]) == {}
