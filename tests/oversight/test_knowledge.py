"""Official tables of the knowledge base: read with their reasons, in force from their day, confirmed by another."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given as generated
from hypothesis import strategies as st

from people import employ
from yidang.claims.naming import names_of_items
from yidang.identity.factors import HAS_PROVED
from yidang.identity.models import Staff
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, Invalid
from yidang.oversight.knowledge import current, operations
from yidang.oversight.knowledge.forms import forms
from yidang.oversight.knowledge.rules import difference, in_turn
from yidang.oversight.knowledge.shipped import shipped
from yidang.oversight.precheck.check import check

SHEET = """医保编码,限制类型,性别,最大年龄,生效日期
A1,限性别,男,,2026-01-01
A2,限性别,女,,
A2,限性别,女,,
A3,限年龄,60,18,
A4,没有这种,1,,
,限性别,男,,
A5,限性别,许多,,
A6,限性别,男,,2026-13-01
"""


@pytest.fixture
def inspector(db):
    yield grant_for(employ("jicha", "inspector"))
    current.path_of_base().unlink(missing_ok=True)


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "limits.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def table(path, **more):
    return operations.Given(path, more.pop("kind", "limits"), "医保函〔2026〕1号", date(2026, 6, 1), **more)


def test_what_holds_comes_in_and_the_rest_says_why(inspector, sheet):
    version = operations.draft(grant=inspector, given=table(sheet))
    assert [(row["item"], row["kind"], row["low"]) for row in version.rows] == [("A1", "sex", 1.0), ("A2", "sex", 2.0)]
    assert [(bad["row"], bad["code"]) for bad in version.quarantined] == [
        (4, "knowledge_row_twice"),
        (5, "knowledge_bounds_wrong"),
        (6, "knowledge_kind_wrong"),
        (7, "knowledge_cell_missing"),
        (8, "knowledge_number_wrong"),
        (9, "knowledge_date_wrong"),
    ]
    assert (version.difference["added"], version.difference["removed"]) == (2, len(shipped()["limits"]))
    assert not version.verified
    assert current.base()["limits"] == shipped()["limits"]


@pytest.mark.django_db(transaction=True)
def test_rules_read_the_version_of_the_day_of_service(inspector, tmp_path):
    path = tmp_path / "sex.csv"
    item = next(row["item"] for row in shipped()["limits"] if row["kind"] == "resale")
    path.write_text(f"编码,性别\n{item},男\n", encoding="utf-8")
    version = operations.draft(grant=inspector, given=table(path, kind="limits:限性别"))
    operations.put_in_force(grant=inspector, version_id=version.id)
    doubted = {day: {one.rule for one in check(claim_of(item, day))} for day in ("2026-05-31", "2026-06-10")}
    assert ("01" in doubted["2026-05-31"], "01" in doubted["2026-06-10"]) == (False, True)
    others = [row for row in shipped()["limits"] if row["kind"] != "sex"]
    assert len([row for row in current.base()["limits"] if row["kind"] != "sex"]) == len(others)
    with pytest.raises(Conflict, match="knowledge_own"):
        operations.confirm(grant=inspector, version_id=version.id)
    other = grant_for(employ("lingyi", "inspector"))
    assert operations.confirm(grant=other, version_id=version.id).verified
    with pytest.raises(Conflict, match="knowledge_not_draft"):
        operations.discard(grant=other, version_id=version.id)


def claim_of(item, day):
    head = {"visit": "outpatient", "provider": "H1", "doctor": "D1", "total_fen": 3600, "fund_fen": 2000}
    head |= dict.fromkeys(("admitted_at", "discharged_at", "settled_at"), f"{day}T09:00:00")
    line = {"item": item, "class": "drug", "fee_category": "09", "quantity": 1, "unit_price_fen": 1, "amount_fen": 3600}
    return {"settlement": head, "person": {"sex": 2, "born_on": "1980-01-01"}, "lines": [line]}


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("编码\nA1\n", "limits", "knowledge_columns_missing"),
        ("编码,item,类型\nA1,A1,sex\n", "limits", "knowledge_columns_twice"),
        ("编码,类型\nA1,nothing\n", "limits", "knowledge_nothing"),
        ("编码\nA1\n", "dreams", "knowledge_kind_unknown"),
    ],
)
def test_a_table_of_another_form_is_refused(inspector, tmp_path, text, kind, code):
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=code):
        operations.draft(grant=inspector, given=table(path, kind=kind))


@pytest.fixture
def visiting(inspector, client, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client.force_login(Staff.objects.get(username="jicha"))
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    return client


def test_the_page_compares_and_puts_in_force(visiting, sheet):
    client = visiting
    form = {"kind": "limits", "source": "通知", "effective_from": "2026-06-01"}
    with sheet.open("rb") as file:
        answer = client.post(reverse("oversight:knowledge"), form | {"file": file})
    page = client.get(answer.url)
    assert "与前面的某一行重复" in page.content.decode()
    assert client.get(f"{answer.url}rows/").content.decode().count("knowledge_") == 6
    client.post(answer.url, {"step": "put"})
    assert "未确认" in client.get(answer.url).content.decode()


def price(day, fen, level=1):
    return {"item": "A1", "level": level, "ceiling_fen": fen, "valid_from": day, "valid_until": None}


def told(before, after):
    return [(what, row["valid_from"], was and was["valid_from"]) for what, row, was in compared(before, after)["rows"]]


def compared(before, after):
    return difference(before, after, forms()["prices"])


def test_a_row_of_another_first_day_is_the_same_row_changed():
    found = compared(
        [price("2026-01-01", 5), price(None, 7, level=2)], [price("2026-06-01", 5), price(None, 7, level=2)]
    )
    assert (found["added"], found["removed"], found["changed"]) == (0, 0, 1)
    assert told([price(None, 5)], [price("2026-06-01", 6)]) == [("changed", "2026-06-01", None)]


def test_a_row_is_held_against_the_one_most_like_it():
    was = [price("2026-01-01", 5)]
    assert told(was, [price("2026-03-01", 9), price("2026-06-01", 5)]) == [
        ("changed", "2026-06-01", "2026-01-01"),
        ("added", "2026-03-01", None),
    ]
    assert told(was, [price("2026-01-01", 9), price("2026-06-01", 5)]) == [
        ("changed", "2026-01-01", "2026-01-01"),
        ("added", "2026-06-01", None),
    ]


_PRICES = st.lists(st.tuples(st.sampled_from([None, "2026-01-01", "2026-06-01"]), st.integers(1, 3), st.integers(1, 2)))


@generated(_PRICES, _PRICES)
def test_every_row_of_either_version_is_told_once(before, after):
    was, now = ({(one[0], one[2]): price(*one) for one in rows} for rows in (before, after))
    found = compared(was.values(), now.values())
    assert found["added"] - found["removed"] == len(now) - len(was)
    assert found["added"] + found["changed"] <= len(now)
    assert {row["level"] for what, row, _was in found["rows"] if what == "added"} <= {level for _day, level in now}


def test_an_item_without_trace_codes_needs_no_choice(inspector, tmp_path):
    path = tmp_path / "choices.csv"
    path.write_text("类型,编码,限定值\n无追溯码,A1,\n适应症,A2,\n", encoding="utf-8")
    version = operations.draft(grant=inspector, given=table(path, kind="choices"))
    assert [row["item"] for row in version.rows] == ["A1"]
    assert [(bad["row"], bad["code"]) for bad in version.quarantined] == [(3, "knowledge_cell_missing")]
    path.write_text("编码\nA1\n", encoding="utf-8")
    assert operations.draft(grant=inspector, given=table(path, kind="no_trace")).rows
    with pytest.raises(Invalid, match="knowledge_columns_missing"):
        operations.draft(grant=inspector, given=table(path, kind="indication"))


def test_a_long_comparison_says_that_it_is_cut(inspector, visiting, sheet):
    version = operations.draft(grant=inspector, given=table(sheet))
    page = visiting.get(reverse("oversight:knowledge_version", args=[version.id])).content.decode()
    assert "每类变更只列前 50 行" in page


def test_the_page_names_the_first_day_as_what_changed(inspector, visiting, tmp_path):
    path = tmp_path / "prices.csv"
    for day in ("2026-06-01", "2026-07-01"):
        path.write_text(f"编码,级别,限价（分）,生效日期\nA1,2,500,{day}\n", encoding="utf-8")
        version = operations.draft(grant=inspector, given=table(path, kind="prices"))
        operations.put_in_force(grant=inspector, version_id=version.id)
    assert [version.difference[what] for what in ("added", "removed", "changed")] == [0, 0, 1]
    page = visiting.get(reverse("oversight:knowledge_version", args=[version.id])).content.decode()
    assert ">生效日期 2026-06-01</td>" in page


def test_codes_are_shown_with_their_names(inspector, visiting, tmp_path):
    item, other = (row["item"] for row in shipped()["items"][:2])
    name, other_name = (names_of_items({code})[code] for code in (item, other))
    path = tmp_path / "choices.csv"
    path.write_text(f"类型,编码,取值\n二线,{item},{other}\n适应症,{other},{item}\n", encoding="utf-8")
    version = operations.draft(grant=inspector, given=table(path, kind="choices"))
    page = visiting.get(reverse("oversight:knowledge_version", args=[version.id])).content.decode()
    assert f"编码 {item} {name} · " in page
    assert f"{other} {other_name} ·" in page or f"{other} {other_name}</td>" in page
    assert f"限定值 {item}</td>" in page, "an indication is an illness, whatever item bears its code"


_DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))


@generated(st.lists(_DAYS, max_size=4), _DAYS)
def test_on_every_day_one_version_speaks(firsts, day):
    versions = [(None, [{"v": 0}]), *((first, [{"v": at}]) for at, first in enumerate(sorted(firsts), 1))]
    said = day.isoformat()
    speaking = [
        row["v"] for row in in_turn(versions) if (row["valid_from"] or "") <= said <= (row["valid_until"] or "9999")
    ]
    assert speaking == [sum(first <= day for first in firsts)]
