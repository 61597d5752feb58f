"""One claim before it is settled: the same rules, asked by an institution's token."""

import json
from time import process_time

import pytest
from django.test import Client

from people import employ
from yidang.collection.capture import systems
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Invalid
from yidang.oversight.knowledge.shipped import shipped
from yidang.oversight.precheck.check import ADVICE, check

ITEMS = {row["name"]: row["item"] for row in shipped()["items"]}
FOR_MEN = ITEMS["非那雄胺片"]


def claim(*, sex=2, item=FOR_MEN, **more):
    head = {"visit": "outpatient", "provider": "H1", "doctor": "D1", "scheme": "310", "main_diagnosis": "N20.x"}
    head |= {"admitted_at": "2026-06-10T09:00:00", "discharged_at": "2026-06-10T09:30:00"}
    head |= {"settled_at": "2026-06-10T09:31:00", "total_fen": 3600, "fund_fen": 2000, "own_fen": 1600} | more
    line = {"item": item, "class": "drug", "fee_category": "09", "quantity": 1, "unit_price_fen": 3600}
    line |= {"amount_fen": 3600, "days_supply": 28, "trace": "81000010000000000001", "prescription": 1}
    return {
        "settlement": head,
        "person": {"sex": sex, "born_on": "1960-01-01"},
        "provider": {"kind": "hospital", "level": 2, "region": "310100"},
        "lines": [line],
        "diagnoses": [{"seq": 1, "code": "N20.x", "is_main": True}],
    }


def rules_of(asked, **more):
    return {one.rule for one in check(asked, **more)}


def test_a_claim_is_doubted_before_it_is_settled_and_the_sentence_says_why():
    (found,) = [one for one in check(claim()) if one.rule == "01"]
    assert (found.stops, found.lines, found.amount_fen) == (True, (0,), 3600)
    assert "非那雄胺片" in found.text
    assert "第三十八条" in found.law
    assert "01" in rules_of(claim(), stage=ADVICE)
    assert rules_of(claim(sex=1)) == set()


def test_the_history_counts_and_is_forgotten_with_the_next_claim():
    filled = {"line": 5, "claim": 4, "person": 7, "provider": "P2", "visit": "pharmacy", "item": FOR_MEN}
    filled |= {"served_at": "2026-06-01T09:00:00", "class": "drug", "quantity": 1, "amount_fen": 3600}
    filled |= {"days_supply": 28, "unit_price_fen": 3600, "reversed": False, "month": "2026-06"}
    early = claim(sex=1, person=7) | {"history": {"lines": [filled]}}
    assert rules_of(early) == {"44"}
    assert rules_of(claim(sex=1, person=7)) == set()


@pytest.mark.parametrize("spoil", [{"lines": []}, {"settlement": {"visit": "dream"}}, {"history": 3}, {"lines": ["x"]}])
def test_a_body_of_another_shape_is_refused(spoil):
    with pytest.raises(Invalid):
        check(claim() | spoil)


def test_the_answer_comes_in_time():
    check(claim())
    begun = process_time()
    for _ in range(10):
        check(claim())
    assert (process_time() - begun) / 10 < 0.4  # 50 ms on a machine that does nothing else


@pytest.mark.django_db
def test_an_institution_asks_by_its_token(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    admin = grant_for(employ("xitong", "system_admin"))
    entered = systems.enter_system(admin, code="desk", name="结算窗口", scopes=["claims:check"], series=[])

    def post(what, token=entered.token, path="precheck"):
        bearer = {"Authorization": f"Bearer {token}"}
        text = what if isinstance(what, str) else json.dumps(what)
        return Client().post(f"/api/v1/oversight/{path}", text, content_type="application/json", headers=bearer)

    answer = post(claim(person="P-1")).json()
    assert answer["stops"]
    assert [one["rule"] for one in answer["doubts"]] == ["01"]
    assert post(claim(), path="advice").status_code == 200
    assert post(claim(), token="yd_none").status_code == 401
    assert [post(wrong).status_code for wrong in ("{", "[]", {"settlement": 1})] == [422, 422, 422]
