"""The month by groups: figures that can be reckoned by hand, the page and the workbook."""

import re
from io import BytesIO

import pytest
from django.test import Client

from people import employ
from yidang.claims.drg.analysis import COLUMNS, analyse
from yidang.claims.drg.reading import synthetic
from yidang.claims.drg.rules import Grouper
from yidang.claims.drg.stays import lay_stays
from yidang.claims.generator.making import generate
from yidang.claims.history import connect
from yidang.claims.models import Provider
from yidang.identity.factors import HAS_PROVED
from yidang.ledger.models import LedgerEntry


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("drg") / "made"
    generate(lines=20_000, seed=3, out=made, workers=1)
    return made


@pytest.fixture
def history(folder):
    opened = connect(folder, memory="300MB", threads=1)
    yield opened
    opened.close()


def test_every_stay_of_a_month_is_grouped_as_it_was_told(history):
    lay_stays(history, Grouper(synthetic()), "2025-02")
    wrong = "select claim from stays where told_drg <> '' and drg <> told_drg"
    assert history.execute("select count(*) from stays").fetchone()[0] > 0
    assert not history.execute(wrong).fetchall()


def test_groups_add_up_to_the_month(history):
    made = analyse(history, Grouper(synthetic()), "2026-01")
    rows = [dict(zip(COLUMNS["groups"], row, strict=True)) for row in made.tables["groups"]]
    assert sum(row["cases"] for row in rows) == made.total.grouped
    assert sum(row["cases"] * row["weight"] for row in rows) / made.total.grouped == pytest.approx(made.total.cmi)
    assert sum(row["cases"] * row["margin_fen"] for row in rows) == pytest.approx(0, abs=100)


def test_one_institution_is_measured_by_the_whole_region(history):
    whole = analyse(history, Grouper(synthetic()), "2026-01")
    provider = whole.tables["departments"][0][0]
    alone = analyse(history, Grouper(synthetic()), "2026-01", provider)
    assert 0 < alone.total.cases < whole.total.cases
    mine = [row for row in whole.tables["departments"] if row[0] == provider]
    assert sorted(alone.tables["departments"]) == sorted(mine)


def test_complications_nothing_speaks_for_are_found(history, folder):
    planted = history.execute(f"""
        select claim, month from settlements join '{folder}/truth.csv' t using (claim)
        where t.scheme = 'complication_without_support' and t.planted = 1""").fetchall()
    for claim, month in planted:
        made = analyse(history, Grouper(synthetic()), month)
        assert claim in {row[0] for row in made.tables["doubted"]}


@pytest.fixture
def visit(db, settings, monkeypatch, folder):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    monkeypatch.setattr("yidang.claims.drg.showing.connect", lambda **how: connect(folder, **how))

    def visiting(role):
        client = Client()
        client.force_login(employ(f"x{role}", role))
        session = client.session
        session[HAS_PROVED] = True
        session.save()
        return client

    return visiting


def test_the_page_shows_the_month_asked_for_and_says_so_in_the_ledger(visit):
    desk = visit("inspector")
    page = desk.get("/claims/drg/?month=2026-01").content.decode()
    code = re.search(r">(H\d{11})<", page)[1]
    Provider.objects.create(code=code, name="测试县医院")
    page = desk.get("/claims/drg/?month=2026-01").content.decode()
    assert f">{code} 测试县医院<" in page
    assert "ES25 肺炎" in page
    assert "未与官方文本核对" in page
    assert LedgerEntry.objects.filter(action="claims.drg_shown").count() == 2


def test_the_workbook_holds_numbers_as_numbers(visit):
    from openpyxl import load_workbook

    answer = visit("manager").get("/claims/drg/book.xlsx?month=2026-01")
    book = load_workbook(BytesIO(answer.content))
    assert len(book.sheetnames) == len(COLUMNS)
    assert isinstance(book.worksheets[0]["D2"].value, float)


def test_who_may_not_see_claims_sees_no_groups(visit):
    assert visit("storekeeper").get("/claims/drg/").status_code == 403


def test_without_any_stay_the_page_says_what_to_do(visit, monkeypatch, tmp_path):
    monkeypatch.setattr("yidang.claims.drg.showing.connect", lambda **how: connect(tmp_path, **how))
    assert "尚无住院病例" in visit("inspector").get("/claims/drg/").content.decode()
