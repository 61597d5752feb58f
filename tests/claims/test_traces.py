"""One box, one sale: judged at the scan, whatever its code looks like."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people import employ
from settlements import LINE, PERSON, SETTLEMENT
from yidang.claims.importing.operations import import_claims
from yidang.claims.models import Box, BoxAlert, BoxMove, Product
from yidang.claims.traces import entering, queries, rules, scanning
from yidang.claims.traces.rules import Kind, Scan, Verdict
from yidang.collection.capture import systems
from yidang.identity.policy import SYSTEM, grant_for
from yidang.kernel.errors import Conflict

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
CODE = "81000070000000000123"
GS1 = "(01)06901234567892(17)270101(10)LOT7(21)SER99"
HOSPITAL, PHARMACY = "H99010000001", "P99010000002"


def sale(code=CODE, *, provider=PHARMACY, person=1, document="R1", after=0, **more):
    at = AT + timedelta(hours=after)
    return Scan(code, Kind.SALE, provider, at, more.pop("region", "990101"), person=person, document=document, **more)


def scan(*scans):
    return [one.verdict for one in scanning.scan(SYSTEM, list(scans))]


@pytest.mark.parametrize(
    ("code", "family"),
    [
        (CODE, "A"),
        (" 8100 0070000000000123 ", "A"),
        (GS1, "C"),
        ("MAKER-77/我", "B"),
        ("x" * 300, "B"),
        ("１" * 20, "A"),
    ],
)
def test_every_code_has_a_family_and_none_is_refused(code, family):
    assert rules.family(rules.normal(code)) == family


def test_two_readers_of_one_box_read_one_code():
    raw = "]d2010690123456789217270101" + "10LOT7\x1d21SER99"
    assert rules.normal(raw) == rules.normal(GS1) == "010690123456789221SER99"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(code):
    once = rules.normal(code)
    assert rules.normal(once) == once


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=12))
def test_pieces_are_doubted_exactly_when_they_are_more_than_a_box(shares):
    known, doubted = None, False
    for at, share in enumerate(shares):
        given_scan = sale(quantity=share, is_split=True, after=at, document=f"R{at}")
        judged = rules.judge(given_scan, known)
        doubted = doubted or judged.verdict == Verdict.OVERSPLIT
        if doubted:
            break
        known = rules.Standing(judged.sold, 1, PHARMACY, "990101", None, AT)
    assert doubted == any(sum(shares[: n + 1]) > 1 + 1e-5 for n in range(len(shares))) or abs(sum(shares) - 1) < 1e-4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "grade"),
    [
        ({"person": 1}, 1),
        ({"person": 2}, 2),
        ({"person": 2, "provider": HOSPITAL}, 3),
        ({"person": 2, "provider": HOSPITAL, "region": "990200"}, 4),
    ],
)
def test_a_second_sale_is_seen_at_once_and_locks_the_box(second, grade):
    assert scan(sale()) == [Verdict.SOLD]
    (told,) = scanning.scan(SYSTEM, [sale(document="R2", after=3, **second)])
    assert (told.verdict, told.grade, told.holds) == (Verdict.DOUBLED, grade, True)
    assert Box.objects.get().is_locked
    assert BoxAlert.objects.get().grade == grade
    assert scan(sale(document="R3", after=4)) == [Verdict.LOCKED]


@pytest.mark.django_db
def test_what_is_no_second_sale():
    assert scan(sale(), sale()) == [Verdict.SOLD, Verdict.REPEATED]
    back = Scan(CODE, Kind.RETURN, PHARMACY, AT + timedelta(hours=1), "990101")
    assert scan(back) == [Verdict.RETURNED]
    assert scan(sale(person=2, document="R9", after=2)) == [Verdict.SOLD]
    pieces = [sale("B-1", quantity=0.5, is_split=True, person=n, document=f"S{n}", after=n) for n in range(3)]
    assert scan(*pieces) == [Verdict.SPLIT, Verdict.SPLIT, Verdict.OVERSPLIT]


@pytest.mark.django_db
def test_without_a_code_it_is_told_and_taken():
    herb = next(iter(scanning.without_codes()))
    assert scan(sale("", item=herb), sale("", item="XC08CAA011A001010100001")) == [Verdict.WITHOUT, Verdict.MISSING]
    assert not BoxAlert.objects.exists()


@pytest.mark.django_db
def test_three_codes_belong_together():
    Product.objects.create(trace_prefix=CODE[:7], product="6999000000017", item="X1")
    assert scan(sale(item="X1", product="6999000000017")) == [Verdict.SOLD]
    assert scan(sale(CODE[:-1] + "4", item="X2")) == [Verdict.UNBOUND]
    assert scan(sale("8100014" + "0" * 13, item="X2")) == [Verdict.SOLD]  # an unknown product says nothing


@pytest.mark.django_db
def test_the_way_of_a_box_and_a_doubt_cleared():
    inspector = grant_for(employ("jihe", "inspector"))
    stock = Scan(CODE, Kind.STOCK, PHARMACY, AT - timedelta(days=3), "990101")
    scan(stock, sale())
    scan(sale(document="R2", person=2, after=1))
    found = queries.way(inspector, f" {CODE} ")
    assert [step.verdict for step in found.steps] == ["stocked", "sold", "doubled"]
    (alert,) = queries.alerts(inspector)
    queries.close_alert(grant=inspector, alert_id=alert.pk, outcome="explained")
    assert not Box.objects.get().is_locked
    assert (list(queries.alerts(inspector)), list(queries.alerts(inspector, judged=True))) == ([], [alert])
    with pytest.raises(Conflict, match="trace_alert_closed"):
        queries.close_alert(grant=inspector, alert_id=alert.pk, outcome="explained")


@pytest.mark.django_db
def test_a_counter_asks_by_its_token_in_the_words_of_the_national_interface(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    admin = grant_for(employ("xitong", "system_admin"))
    entered = systems.enter_system(admin, code="counter", name="柜台", scopes=["traces:scan"], series=[])
    given = {"drug_trac_codg": CODE, "fixmedins_code": PHARMACY, "rtal_docno": "R1", "moved_at": "2026-03-02T09:00:00"}
    given |= {"psn_no": "P-1", "trdn_flag": "0"}
    body = {"scans": [given, given | {"rtal_docno": "R2", "psn_no": "P-2", "moved_at": "2026-03-02T10:00:00"}]}

    def post(what, token=entered.token):
        text = what if isinstance(what, str) else json.dumps(what)
        bearer = {"Authorization": f"Bearer {token}"}
        return Client().post("/api/v1/traces/scan", text, content_type="application/json", headers=bearer)

    answers = post(body).json()["answers"]
    assert [(one["verdict"], one["hold"]) for one in answers] == [("sold", False), ("doubled", True)]
    assert post(body, token="yd_none").status_code == 401
    for wrong in ("[]", "{", {"scans": []}, {"scans": [{"code": CODE}]}, {"scans": [given | {"quantity": 5}]}):
        assert post(wrong).status_code == 422
    assert BoxMove.objects.count() == 2


def test_counters_and_the_way_know_boxes_that_left_with_claims(importer, sheets):
    stocked = {"trace": CODE, "provider": HOSPITAL, "stocked_at": "2026-03-01 08:00:00"}
    sold = {"trace": CODE, "claim": "900001", "line": "1", "moved_at": "2026-03-02 08:00:00", "kind": "sale"}
    given = {"settlements": [SETTLEMENT], "lines": [LINE], "persons": [PERSON]}
    import_claims(grant=importer, path=sheets(**given, traces=[sold], stock_in=[stocked]))
    assert entering.waiting()
    assert entering.enter_published() == 1
    assert not entering.waiting()
    assert scan(sale(person=2, after=1)) == [Verdict.DOUBLED]
    found = queries.way(importer, CODE)
    told = [(step.verdict, step.is_scanned) for step in found.steps]
    assert told == [("stocked", False), ("sold", False), ("doubled", True)]
