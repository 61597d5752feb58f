"""Models of doubt in a real browser: what one is worth, why it doubts, and two persons letting it be heard."""

import re

import pytest
from playwright.sync_api import expect

from .journey import Desks
from .looking import look_round

SCORED = """__import__('yidang.oversight.scores.night', fromlist=['x']).score_over(
  __import__('pathlib').Path('{folder}')).seconds"""
MEASURED = """(lambda m, told: [(setattr(one, 'metrics', {'training': {}, 'months': {'2099-01': told}}), one.save(),
  [str(one.id), 'M' + str(one.number)])[-1] for one in m.ScoreModel.objects.filter(level='claim', state='shadow')][0])(
  __import__('yidang.oversight.models', fromlist=['x']),
  (lambda high, low: {'capacity': 50, 'overall': high, 'groups': {'3': high}, 'baseline': low,
    'baseline_groups': {'3': low}, 'brier': 0.1, 'ece': 0.05, 'bins': [[0.2, 0.25, 40.0]]})(
    {'judged': 60, 'confirmed': 20, 'ap': 0.6, 'precision': 0.5},
    {'judged': 60, 'confirmed': 20, 'ap': 0.4, 'precision': 0.3}))"""


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def model(archive, tmp_path_factory) -> list[str]:
    """Id and name of a model on trial that was measured on a month to come."""
    from yidang.claims.generator.making import generate

    folder = tmp_path_factory.mktemp("scored") / "history"
    generate(lines=2000, seed=12, out=folder, workers=1)
    archive.ask(one_line(SCORED.format(folder=folder)))
    return archive.ask(one_line(MEASURED))


def test_axe_finds_nothing_here(desks: Desks, model):
    paths = ["/oversight/models/", f"/oversight/models/{model[0]}/"]
    assert look_round(desks.at("inspector"), paths) == {}


def test_two_persons_let_a_model_be_heard(desks: Desks, model):
    desk = desks.at("inspector")
    desk.go("/oversight/models/")
    desk.follow(desk.page.get_by_role("link", name=model[1], exact=True))
    expect(desk.page.get_by_text("未校准").first).to_be_visible()
    expect(desk.page.get_by_text("单列基准").first).to_be_visible()
    expect(desk.page.locator("#top")).to_be_visible()
    desk.page.get_by_label("启用理由").fill("次月指标均未下降")
    desk.follow(desk.page.get_by_role("button", name="提交另一人审批"))
    expect(desk.page.get_by_text(re.compile("等待"))).not_to_have_count(0)

    signer = desks.at("decision_signer")
    signer.go(f"/oversight/models/{model[0]}/")
    signer.follow(signer.page.locator(".callout").get_by_role("link"))
    signer.press("批准并执行")
    expect(signer.page.get_by_text("已批准并执行。")).to_be_visible()
    signer.go(f"/oversight/models/{model[0]}/")
    expect(signer.page.get_by_text(re.compile("二人启用"))).to_be_visible()
